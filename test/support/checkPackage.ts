import { stat } from 'node:fs/promises';
import path from 'node:path';
import { npm, root, run, vsix } from './host/processes';

/** What the packed extension may take. */
export const mostBytes = 1_600_000;

/** What the packed extension holds, and nothing else; each at least once. */
const files = [
  /^package\.json$/,
  /^package\.nls\.json$/,
  /^README\.md$/,
  /^CHANGELOG\.md$/,
  /^LICENSE$/,
  /^SECURITY\.md$/,
  ...[
    'extension',
    'emulator',
    'faker',
    'filterWorker',
    'languageClient',
    'msal',
    'nodeFetch',
    'server',
    'shared-[A-Z0-9]{8}',
    'commands',
    'webview',
  ].map((name) => new RegExp(`^dist/${name}\\.js$`)),
  /^dist\/webview\.css$/,
  /^dist\/locales\.br$/,
  /^dist\/THIRD_PARTY_NOTICES\.md$/,
  /^media\/language\/[\w.-]+\.json$/,
  /^media\/icon\.png$/,
  /^media\/activity-bar\.svg$/,
  /^media\/viewer-(?:dark|light)\.svg$/,
  /^media\/walkthrough\/[\w-]+\.png$/,
];

/**
 * Packs the extension and checks what came out.
 *
 * @throws if vsce warns, if a file is missing or not expected, or if it is too large
 */
export async function checkPackage(): Promise<void> {
  const output = await npm(['run', 'package']);
  const problems = output.split('\n').filter((line) => /\bWARN/.test(line));
  const { size } = await stat(vsix);
  if (size > mostBytes) problems.push(`It has ${size} bytes, more than ${mostBytes}.`);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const listed = await run(process.execPath, [vsce, 'ls', '--no-dependencies']);
  const packed = listed.split(/\r?\n/).filter((line) => line !== '');
  for (const file of packed) {
    if (!files.some((pattern) => pattern.test(file))) problems.push(`${file} is not expected.`);
  }
  for (const pattern of files) {
    if (!packed.some((file) => pattern.test(file))) problems.push(`${pattern.source} is missing.`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
