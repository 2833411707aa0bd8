import { readFile } from 'node:fs/promises';
import { mostBytes } from '../../support/checkPackage';
import { vsix } from '../../support/host/processes';
import type { Benchmark } from './benchmark';
import type { Row } from './rows';

const KB = 1000;

/** The size of the packed extension, and what its parts take of that, beside the size that it may have. */
export const benchSize: Benchmark = async () => {
  const archive = await readFile(vsix);
  const parts = new Map<string, number>();
  for (const [name, bytes] of packedSizes(archive)) {
    const part = partOf(name);
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const row = (name: string, bytes: number): Row => ({
    name: `size/${name}`,
    what: name === 'vsix' ? 'the VSIX' : `of it, packed: ${name}`,
    unit: 'KB',
    ours: bytes / KB,
    yardstick: { what: 'limit of all', value: mostBytes / KB },
  });
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  return [row('vsix', archive.length), ...sorted.map(([name, bytes]) => row(name, bytes))];
};

/** A bundle by its name, whatever its files, and what bundles share; the media together, and all the rest. */
function partOf(name: string): string {
  const [, bundle] = /^extension\/dist\/(\w+)(?:-\w+)?\.(?:js|css|br)$/.exec(name) ?? [];
  return bundle ?? (name.startsWith('extension/media/') ? 'media' : 'other');
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;

/**
 * The files of a ZIP archive and the bytes that each takes in it, from its central directory (APPNOTE
 * of PKWARE, 4.3.12 and 4.3.16). Throws a `RangeError` for something else.
 */
export function* packedSizes(archive: Buffer): Generator<[string, number]> {
  let end = archive.length - END_BYTES;
  while (end > 0 && archive.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new RangeError('no ZIP archive');
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + length);
    yield [name, archive.readUInt32LE(at + 20)];
    at += ENTRY_BYTES + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}
