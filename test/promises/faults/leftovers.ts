import { type AsyncHook, createHook } from 'node:async_hooks';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** Node's names of the resources that must be closed, cleared or ended. */
const ENDED_BY_SOMEONE = new Set([
  'Timeout',
  ...['TCPWRAP', 'TCPSERVERWRAP', 'TCPCONNECTWRAP', 'PIPEWRAP', 'PIPESERVERWRAP', 'UDPWRAP'],
  ...['FSEVENTWRAP', 'STATWATCHER', 'PROCESSWRAP', 'WORKER', 'MESSAGEPORT'],
]);
/**
 * Mocha's timer of the test that is running, Node's of the date in its responses, and that of
 * `AbortSignal.timeout`, which nobody can end, and which keeps nothing alive.
 */
const OF_OTHERS =
  /resetTimeout \(.*mocha|utcDate \(node:internal|timeout \(node:internal\/abort_controller/;
/** Where Linux has a link for each. */
const OPEN_FILES = '/proc/self/fd';
/** Where temporary files go. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'] as const;

/**
 * Watches what this process opens from now on, and what it puts into the folder for temporary
 * files, until `end`.
 */
export class Leftovers {
  /**
   * Where each resource that has not ended yet was created. A stack is made from an error only when
   * it is read, which takes long, and nearly all of these are never read.
   */
  readonly #open = new Map<number, Error>();
  readonly #hook: AsyncHook;
  readonly #variables = VARIABLES.map((name) => [name, process.env[name]] as const);
  /** Temporary files go there meanwhile. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'leftovers-'));

  constructor() {
    for (const name of VARIABLES) process.env[name] = this.#folder;
    this.#hook = createHook({
      init: (id, type) => {
        if (ENDED_BY_SOMEONE.has(type)) this.#open.set(id, new Error(type));
      },
      destroy: (id) => {
        this.#open.delete(id);
      },
    }).enable();
  }

  /**
   * Returns what is still there after a second, in which the system may close what was ended: the
   * names of files, and for each resource the stack of where it was created.
   */
  async found(): Promise<readonly string[]> {
    const end = performance.now() + 1000;
    while (this.#stacks().length > 0 && performance.now() < end) await setImmediate();
    return [...readdirSync(this.#folder), ...this.#openFiles(), ...this.#stacks()];
  }

  #stacks(): readonly string[] {
    return [...this.#open.values()]
      .map(({ stack = '' }) => stack)
      .filter((stack) => !OF_OTHERS.test(stack));
  }

  /** The open files of the folder, removed or not; none where the system does not tell. */
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
