import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** A program and its first arguments. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** What the system knows about programs. */
export interface ProgramSystem {
  readonly platform: NodeJS.Platform;
  /** The folders in which the system looks for programs, as in the variable `PATH`. */
  readonly searchPath: string;
  readonly isProgram: (file: string) => Promise<boolean>;
}

const thisSystem: ProgramSystem = {
  platform: process.platform,
  get searchPath() {
    return process.env['PATH'] ?? '';
  },
  isProgram: (file) =>
    access(file, constants.X_OK).then(
      () => true,
      () => false,
    ),
};

/**
 * Returns the Azure CLI: the one at `path`, which must be absolute, or that of the system if `path`
 * is empty. Returns `undefined` if there is none.
 *
 * Only absolute folders of the search path count, so that a program in the current folder, which a
 * workspace could bring along, is never run. On Windows the Azure CLI is a batch file, which needs
 * a shell, whose quoting cannot be relied on: https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2.
 * So the Python beside it runs, with the arguments that the batch file gives it.
 */
export async function findAzureCli(
  path: string,
  system: ProgramSystem = thisSystem,
): Promise<Program | undefined> {
  const paths = system.platform === 'win32' ? win32 : posix;
  const names = system.platform === 'win32' ? ['az.cmd', 'az.bat', 'az.exe'] : ['az'];
  const folders = system.searchPath
    .split(paths.delimiter)
    .map((folder) => folder.replaceAll('"', ''));
  const files = path
    ? [path]
    : folders.flatMap((folder) => names.map((name) => paths.join(folder, name)));
  for (const file of files.filter((each) => paths.isAbsolute(each))) {
    if (!(await system.isProgram(file))) continue;
    const program = await runnable(file, system);
    if (program) return program;
  }
  return undefined;
}

/** Returns how to run a program without a shell. */
async function runnable(file: string, system: ProgramSystem): Promise<Program | undefined> {
  if (system.platform !== 'win32' || !/\.(cmd|bat)$/i.test(file)) return { file, args: [] };
  const folder = win32.dirname(file);
  // Where Microsoft's installer puts it, and where `pip` does.
  for (const python of [win32.join(folder, '..', 'python.exe'), win32.join(folder, 'python.exe')]) {
    if (await system.isProgram(python)) return { file: python, args: ['-IBm', 'azure.cli'] };
  }
  return undefined;
}
