import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Fills a directory beside `directory` and renames it when it is complete, so that `directory` is
 * always whole, even if two processes install at once or one is killed.
 */
export async function installWhole(
  directory: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const parent = path.dirname(directory);
  const prefix = `${path.basename(directory)}.installing-`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
  const draft = path.join(parent, `${prefix}${process.pid}`);
  try {
    await mkdir(draft);
    await fill(draft);
    await rename(draft, directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
