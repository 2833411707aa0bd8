import { type AsyncHook, createHook } from 'node:async_hooks';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** Node's names of what somebody must close, clear or end, whether or not it keeps the process alive. */
const ENDED_BY_SOMEONE = new Set([
  'Timeout',
  ...['TCPWRAP', 'TCPSERVERWRAP', 'TCPCONNECTWRAP', 'PIPEWRAP', 'PIPESERVERWRAP', 'UDPWRAP'],
  ...['FSEVENTWRAP', 'STATWATCHER', 'PROCESSWRAP', 'WORKER', 'MESSAGEPORT'],
]);
/** Mocha's timer of the test that is running. */
const MOCHAS_OWN = /resetTimeout \(.*mocha/;
/** Where Linux has a link for each. */
const OPEN_FILES = '/proc/self/fd';
/** Where temporary files go. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'] as const;

/** Watches what this process opens from now on and puts into the folder for temporary files, until `end`. */
export class Leftovers {
  /** Where each that was not ended yet was begun. */
  readonly #open = new Map<number, string>();
  readonly #hook: AsyncHook;
  readonly #variables = VARIABLES.map((name) => [name, process.env[name]] as const);
  /** Temporary files go there meanwhile. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'leftovers-'));

  constructor() {
    for (const name of VARIABLES) process.env[name] = this.#folder;
    this.#hook = createHook({
      init: (id, type) => {
        if (!ENDED_BY_SOMEONE.has(type)) return;
        const { stack = '' } = new Error(type);
        if (!MOCHAS_OWN.test(stack)) this.#open.set(id, stack);
      },
      destroy: (id) => {
        this.#open.delete(id);
      },
    }).enable();
  }

  /**
   * What is there, and does not go within a second, in which the system may close what was ended: names
   * of files, and of each resource the stack of where it came from.
   */
  async found(): Promise<readonly string[]> {
    const end = performance.now() + 1000;
    while (this.#open.size > 0 && performance.now() < end) await setImmediate();
    return [...readdirSync(this.#folder), ...this.#openFiles(), ...this.#open.values()];
  }

  /** Those of the folder that are open, removed or not; none where the system does not tell. */
  #openFiles(): readonly string[] {
    if (!existsSync(OPEN_FILES)) return [];
    return readdirSync(OPEN_FILES).flatMap((name) => {
      try {
        const file = readlinkSync(join(OPEN_FILES, name));
        return file.startsWith(this.#folder) ? [`open: ${file}`] : [];
      } catch {
        // What the list was read with.
        return [];
      }
    });
  }

  end(): void {
    this.#hook.disable();
    for (const [name, value] of this.#variables) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
