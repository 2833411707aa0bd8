// What is mutated, and which tests are to notice it.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';

/**
 * A folder of `src`. The tests of the same folder of `test/unit` are to hold it, with those that stand
 * beside the folder, as they are about several.
 */
export interface Part {
  readonly name: string;
  readonly files: readonly string[];
  readonly testFiles: readonly string[];
}

/** Each folder in one of these is a part, and so are the files that stand beside the folders. */
const DIVIDED = ['core', 'transfer'];
const UNDIVIDED = ['auth', 'kafkaFile', 'viewer/filter'];

export function allParts(): readonly Part[] {
  const divided = DIVIDED.flatMap((folder) => {
    const entries = readdirSync(path.join(root, 'src', folder), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    const beside = partOf(folder, /^[^/]+\.ts$/);
    const shared = filesIn(`test/unit/${folder}`, /^[^/]+\.test\.ts$/);
    const parts = folders.map(({ name }) => partOf(`${folder}/${name}`));
    const all = parts.map((part) => ({ ...part, testFiles: [...part.testFiles, ...shared] }));
    return [...all, beside];
  });
  return [...divided, ...UNDIVIDED.map((folder) => partOf(folder))];
}

function partOf(name: string, pattern = /\.ts$/): Part {
  return {
    name,
    files: filesIn(`src/${name}`, pattern),
    testFiles: filesIn(`test/unit/${name}`, /\.test\.ts$/),
  };
}

/** The files below a folder whose names in it match. */
function filesIn(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** Narrows a part to files, and to what stands in folders. Without any, it stays as it is. */
export function narrow(part: Part, wanted: readonly string[]): Part {
  const isWanted = (file: string) =>
    wanted.some((name) => file === name || file.startsWith(`${name.replace(/\/$/, '')}/`));
  return wanted.length === 0 ? part : { ...part, files: part.files.filter(isWanted) };
}
