import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SecretStore, secretKeys } from '../../../src/auth/secretStore';
import { leftoversIn } from '../../../src/ui/clusters/leftovers';
import { Cell, type CellStorage, type World } from '../faults/cell';
import { Leftovers } from '../faults/leftovers';
import { assertMessage, within } from '../faults/matrix';
import type { Operation } from '../faults/operations/operation';
import type { PersonFacts } from '../faults/person';
import { Calls, type Strike, watch } from './calls';
import { FailingSecrets } from './seams/storage';

/** An operation, and where it runs. */
export interface Tortured {
  readonly world: World;
  /** Missing: it is no person who signs in. */
  readonly person?: PersonFacts;
  readonly operation: Operation;
  /** When it, or one of its steps, counts as hanging, in milliseconds. */
  readonly hangs?: number;
}

/** How one run of an operation went. */
export interface Ran {
  readonly calls: Calls;
  readonly outcome: string;
  /** What the person was told; empty where all went well. */
  readonly message: string;
  /** What did not hold: a line each. */
  readonly problems: readonly string[];
}

/** In milliseconds: longer than all that the product waits for here, on a machine that is busy. */
const HANGS = 15_000;

let count = 0;

/**
 * Runs an operation, one call of which may fail, and then once more with nothing that fails. Looks at
 * what was told, what is true, and what is left.
 */
export async function runOnce(
  { world, person, operation, hangs = HANGS }: Tortured,
  strike?: Strike,
): Promise<Ran> {
  const calls = new Calls(strike);
  const problems: string[] = [];
  const told = { outcome: 'none', message: '' };
  const note = (error: unknown): void => {
    problems.push(`unhandled: ${textOf(error)}`);
  };
  const step = async (name: string, work: () => Promise<void> | void): Promise<void> => {
    try {
      await within(
        Promise.resolve().then(() => work()),
        hangs,
      );
    } catch (error) {
      problems.push(`${name}: ${textOf(error)}`);
    }
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  const leftovers = new Leftovers();
  const notes = await mkdtemp(path.join(tmpdir(), 'notes-'));
  try {
    const cell = await Cell.open(world, {
      ...{ topic: `torture-${++count}`, plan: () => undefined, hangs: false },
      ...(person && { person }),
      storage: storageIn(notes, world.emulator.info.endpoint),
    });
    let verify: () => Promise<void> | void = () => undefined;
    await step('run', () =>
      counted(calls, async () => {
        const { verify: its, ...said } = await operation.run(cell);
        Object.assign(told, said);
        verify = its;
      }),
    );
    await step('told', () => {
      if (told.outcome !== 'ok') assertMessage(told.message, operation.says);
    });
    await step('true', () => counted(new Calls(), async () => verify()));
    const again = await cell.another(`torture-${count}-again`);
    await step('again', () =>
      counted(new Calls(), async () => {
        const { outcome, message, verify: its } = await operation.run(again);
        assert.equal(outcome, 'ok', message);
        await its();
      }),
    );
    await rm(again.folder, { recursive: true });
    await step('close', () => counted(calls, () => cell.close()));
    await step('notes', async () => {
      const left = await readdir(notes);
      // What the system does not remove is found by the next start.
      if (calls.struck?.name !== 'unlink') assert.deepEqual(left, []);
    });
  } catch (error) {
    problems.push(`preparing: ${textOf(error)}`);
  } finally {
    await rm(notes, { recursive: true });
    for (const left of await leftovers.found()) {
      const lines = left.split('\n');
      problems.push(
        ['left:', lines[0], ...lines.filter((line) => line.includes('/src/'))].join(' '),
      );
    }
    leftovers.end();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
  return { calls, ...told, problems };
}

async function counted(calls: Calls, work: () => Promise<void>): Promise<void> {
  const end = watch(calls);
  try {
    await work();
  } finally {
    end();
  }
}

function storageIn(folder: string, endpoint: string): CellStorage {
  return {
    notes: leftoversIn(folder)(endpoint),
    secrets: async (cluster, source) => {
      const store = new SecretStore(new FailingSecrets());
      for (const name of secretKeys(cluster).keys()) {
        const secret = await source(name);
        if (secret !== undefined) await store.set(cluster, { [name]: secret });
      }
      return (name) => store.get(cluster, name);
    },
  };
}

/** Returns an error with where it comes from, without the rest of its stack. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const places = (error.stack ?? '').split('\n').filter((line) => /^ +at .*\/src\//.test(line));
  return [error.message.slice(0, 500), ...places.slice(0, 3)].join('\n');
}
