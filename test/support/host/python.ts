import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { installWhole } from './installWhole';
import { root, run } from './processes';
import { existsSync } from 'node:fs';

/** Says why no Python program can run here. The message is a sentence that tells what to do. */
export class PythonMissing extends Error {}

/**
 * Makes sure that there is a Python with the packages of a file of requirements. They are installed
 * once, from the index that the user's settings for pip name.
 *
 * @returns the path of its executable
 * @throws {PythonMissing} if there is no Python, or no index that has the packages
 */
export async function pythonWith(requirements: string): Promise<string> {
  const python = installedPython();
  if (python === undefined) throw new PythonMissing('There is no Python 3.9 or newer on the path.');
  const sum = createHash('sha256').update(await readFile(requirements));
  const name = `python-${sum.digest('hex').slice(0, 12)}`;
  const folder = path.join(root, '.kafka-test', name);
  const executable = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  if (!existsSync(folder)) {
    try {
      await installWhole(folder, async (draft) => {
        await run(python, ['-m', 'venv', draft]);
        const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
        await run(path.join(draft, ...executable), [...pip, '--requirement', requirements]);
      });
    } catch (error) {
      const [first = ''] = (error instanceof Error ? error.message : '').split('\n').slice(-2);
      throw new PythonMissing(
        `The packages of ${path.basename(requirements)} cannot be installed: ${first}`,
        { cause: error },
      );
    }
  }
  return path.join(folder, ...executable);
}

function installedPython(): string | undefined {
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 9))';
  return ['python3', 'python'].find(
    (python) => spawnSync(python, ['-c', isNewEnough]).status === 0,
  );
}
