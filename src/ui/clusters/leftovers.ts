import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Leftovers } from '../../core/dialects/dialect';
import { object, string } from '../../core/schema';

const note = object({ endpoint: string, name: string });

/**
 * Returns the notes about what clients have open on the REST proxy of an endpoint. Each note is a
 * file in the folder, which begins with the ID of the process that wrote it: so windows do not
 * disturb each other, and what a process that has ended left is known. A folder that cannot be
 * written is not an error, because reading works without it.
 */
export function leftoversIn(
  folder: string,
  process: { readonly pid: number; readonly isRunning: (pid: number) => boolean } = thisProcess,
): (endpoint: string) => Leftovers {
  return (endpoint) => {
    /** The files of processes that have ended, by name. */
    const others = new Map<string, string>();
    const own = (name: string): string => {
      const hash = createHash('sha256').update(`${endpoint} ${name}`).digest('hex');
      return join(folder, `${process.pid}-${hash.slice(0, 32)}.json`);
    };
    return {
      add: (name) =>
        orNothing(async () => {
          await mkdir(folder, { recursive: true });
          await writeFile(own(name), JSON.stringify({ endpoint, name }));
        }),
      remove: (name) => orNothing(() => unlink(others.get(name) ?? own(name))),
      found: async () => {
        await orNothing(async () => {
          for (const file of await readdir(folder)) {
            const pid = Number(/^(\d+)-[\da-f]{32}\.json$/.exec(file)?.[1] ?? process.pid);
            if (pid === process.pid || process.isRunning(pid)) continue;
            const path = join(folder, file);
            const left = note(JSON.parse(await readFile(path, 'utf8')));
            if (left?.endpoint === endpoint) others.set(left.name, path);
          }
        });
        return [...others.keys()];
      },
    };
  };
}

const thisProcess = { pid: process.pid, isRunning };

/** Whether there is a process with an ID. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function orNothing(task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch {
    // See `leftoversIn`.
  }
}
