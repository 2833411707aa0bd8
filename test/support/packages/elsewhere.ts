import {
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { root, run, vsix } from '../host/processes';

/** What is made from the working copy or belongs to its owner, and so is not there in another. */
const notCopied = new Set([
  '.git',
  '.kafka-test',
  '.vscode-test',
  'coverage',
  'dist',
  'node_modules',
  'out',
  path.basename(vsix),
]);

/** The account, the time zone and the language of somebody else. */
const environment = { ...process.env, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: '' };
const withUmask = "process.umask(0o077); require('./build/package.js')";

/**
 * Packs the extension as somebody else would: in a folder of another name, whose files only its
 * owner may read, in another time zone and language.
 *
 * @returns the bytes of the package
 * @throws if it cannot be packed there
 */
export async function packElsewhere(): Promise<Buffer> {
  await mkdir(path.join(root, 'out'), { recursive: true });
  // Beside the working copy's own files, because a link may not lead to another disk.
  const folder = await mkdtemp(path.join(root, 'out/another folder, '));
  try {
    for (const entry of await readdir(root, { withFileTypes: true })) {
      if (notCopied.has(entry.name)) continue;
      await copy(path.join(root, entry.name), path.join(folder, entry.name), copyPrivately);
    }
    await copy(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), link);
    await run(process.execPath, ['--eval', withUmask], { cwd: folder, env: environment });
    return await readFile(path.join(folder, path.basename(vsix)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

type CopyFile = (from: string, to: string) => Promise<void>;

/** Copies a file, or a folder with all that is in it but symbolic links, which no package needs. */
async function copy(from: string, to: string, copyOne: CopyFile): Promise<void> {
  if ((await stat(from)).isFile()) return copyOne(from, to);
  await mkdir(to);
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries
      .filter((entry) => !entry.isSymbolicLink())
      .map(({ name }) => copy(path.join(from, name), path.join(to, name), copyOne)),
  );
}

async function copyPrivately(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o600);
}
