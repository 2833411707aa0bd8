import { readFile } from 'node:fs/promises';
import { maxBytes } from '../../../support/packages/checkPackage';
import { vsix } from '../../../support/host/processes';
import { packedSizes } from '../../../support/packages/packedSizes';
import type { Benchmark } from '../benchmark';
import type { Row } from '../rows';

const KB = 1000;

/**
 * The size of the packed extension, and what its parts take of that, beside the size that it may
 * have.
 */
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
    yardstick: { what: 'limit of all', value: maxBytes / KB },
  });
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  return [row('vsix', archive.length), ...sorted.map(([name, bytes]) => row(name, bytes))];
};

/**
 * A bundle by its name, whatever its files, and what bundles share; the translations together, the
 * media, and all the rest.
 */
function partOf(name: string): string {
  const [, bundle] = /^extension\/dist\/(\w+)(?:-\w+)?\.(?:js|css|br)$/.exec(name) ?? [];
  if (/^extension\/(?:l10n\/|package\.nls\.[\w-]+\.json)/.test(name)) return 'languages';
  return bundle ?? (name.startsWith('extension/media/') ? 'media' : 'other');
}
