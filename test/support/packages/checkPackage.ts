import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm, root, vsix } from '../host/processes';
import { problemsOfBom } from './cyclonedx';
import { packElsewhere } from './elsewhere';
import { packedSizes } from './packedSizes';

/** The maximum size of the packed extension, in bytes. */
export const maxBytes = 2_000_000;

/**
 * The files of the packed extension, as vsce names them. Each pattern must match, and no other file
 * may be there.
 */
const files = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/package\.nls\.json$/,
  /^extension\/package\.nls\.zh-cn\.json$/,
  /^extension\/l10n\/bundle\.l10n\.zh-cn\.json$/,
  /^extension\/readme\.md$/,
  /^extension\/changelog\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/SECURITY\.md$/,
  /^extension\/docs\/azure-setup(\.zh-cn)?\.md$/,
  ...[
    'extension',
    'decodingWorker',
    'emulator',
    'exchange',
    'faker',
    'filterWorker',
    'gateway',
    'languageClient',
    'msal',
    'nodeFetch',
    'oauth',
    'server',
    'shared-[A-Z0-9]{8}',
    'faces-[A-Z0-9]{8}',
    'administration',
    'clusters',
    'commands',
    'connect',
    'registries',
    'schemas',
    'transfers',
    'webview',
  ].map((name) => new RegExp(`^extension/dist/${name}\\.js$`)),
  /^extension\/dist\/webview\.css$/,
  /^extension\/dist\/locales\.br$/,
  /^extension\/dist\/THIRD_PARTY_NOTICES\.md$/,
  /^extension\/dist\/sbom\.cdx\.json$/,
  /^extension\/media\/language\/[\w.-]+\.json$/,
  /^extension\/media\/icon\.png$/,
  /^extension\/media\/activity-bar\.svg$/,
  /^extension\/media\/viewer-(?:dark|light)\.svg$/,
  /^extension\/media\/walkthrough\/[\w-]+\.webp$/,
  /^extension\/media\/walkthrough\/setup\.svg$/,
];

/**
 * Packs the extension here and in another folder, and checks the results.
 *
 * @throws if vsce warns, if a file is missing or unexpected, if the package is too large, if its bill
 *   of materials is not valid, or if the two differ
 */
export async function checkPackage(): Promise<void> {
  const output = await npm(['run', 'package']);
  const problems = output.split('\n').filter((line) => /\bWARN/.test(line));
  const archive = await readFile(vsix);
  if (archive.length > maxBytes) {
    problems.push(`The package has ${archive.length} bytes, more than ${maxBytes}.`);
  }
  const packed = [...packedSizes(archive)].map(([name]) => name);
  for (const file of packed) {
    if (!files.some((pattern) => pattern.test(file))) problems.push(`${file} is not expected.`);
  }
  for (const pattern of files) {
    if (!packed.some((file) => pattern.test(file))) problems.push(`${pattern.source} is missing.`);
  }
  const readme = await readFile(path.join(root, 'dist/README.md'), 'utf8');
  if (/srcset="(?!https:)/.test(readme)) {
    problems.push('The README names an image for dark themes by a relative address.');
  }
  const bom = await readFile(path.join(root, 'dist/sbom.cdx.json'), 'utf8');
  problems.push(...problemsOfBom(bom).map((problem) => `The bill of materials: ${problem}`));
  if (!archive.equals(await packElsewhere())) {
    problems.push('The package of another folder has other bytes.');
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
