// Lists the third-party packages in the bundles, with their licences.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** Licences that require only that their own text is included with the code. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} [license]
 * @property {string} [homepage]
 * @property {string | { url: string }} repository
 */

/**
 * Returns the packages whose code these builds contain.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles with paths relative to the working copy
 * @returns {Map<string, string[]>} the bundles that hold code of each, sorted, by its folder, such as
 *   `node_modules/@azure/msal-node`, in the order of these
 */
function packagesIn(metafiles) {
  const found = metafiles
    .flatMap(({ outputs }) => Object.entries(outputs))
    .flatMap(([bundle, { inputs }]) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([file]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
        .map((folder) => ({ folder, bundle })),
    );
  /** @type {Map<string, Set<string>>} */
  const packages = new Map();
  for (const { folder, bundle } of found) {
    if (folder === undefined) continue;
    packages.set(folder, (packages.get(folder) ?? new Set()).add(bundle));
  }
  const folders = [...packages].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(folders.map(([folder, bundles]) => [folder, [...bundles].sort()]));
}

/**
 * Returns the name, version, home page and licence of each package, with the text of the licence,
 * as Markdown.
 *
 * @param {Iterable<string>} folders
 * @returns {string}
 * @throws if a licence is not allowed or its text is missing; the message lists all such packages
 */
function noticesOf(folders) {
  const problems = [];
  const sections = [];
  for (const folder of folders) {
    /** @type {unknown} */
    const parsed = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const manifest = /** @type {Manifest} */ (parsed);
    const { name, version, license, homepage, repository } = manifest;
    if (!isAllowed(license)) problems.push(`${name} has the licence ${license}.`);
    const texts = [...licenceTextsIn(folder), ...keptTexts(name)];
    if (texts.length === 0) problems.push(`${name} does not contain the text of its licence.`);
    sections.push(
      `## ${name} ${version}`,
      `${license}, ${homepage ?? addressOf(repository)}`,
      ...texts.map((text) => `~~~text\n${text.replaceAll('\r\n', '\n')}\n~~~`),
    );
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const intro = 'The bundles of Kafka REST Explorer hold code of these packages.';
  return `${['# Third-party notices', intro, ...sections].join('\n\n')}\n`;
}

/**
 * Whether all licences of an SPDX expression are allowed that joins them by `AND`, or that is one.
 *
 * @param {string | undefined} expression such as `(MIT AND ISC)`
 */
function isAllowed(expression) {
  const licences = String(expression)
    .replace(/^\((.*)\)$/, '$1')
    .split(' AND ');
  return licences.every((licence) => allowed.has(licence));
}

/**
 * Returns the address from the forms that package.json allows:
 * https://docs.npmjs.com/cli/configuring-npm/package-json#repository
 *
 * @param {string | { url: string }} repository
 */
function addressOf(repository) {
  const source = typeof repository === 'string' ? repository : repository.url;
  return source
    .replace(/^(git\+)?[a-z]+:\/\/|^git@/, 'https://')
    .replace(/^(https:\/\/[^/:]+):/, '$1/')
    .replace(/^(?!https:)/, 'https://github.com/')
    .replace(/\.git$/, '');
}

/**
 * Returns the text of each licence file, or else the licence's section of the README.
 *
 * @param {string} folder
 */
function licenceTextsIn(folder) {
  const files = readdirSync(folder);
  /** @param {string} file */
  const textOf = (file) => readFileSync(path.join(folder, file), 'utf8').trim();
  const own = files.filter((file) => /^(licen[cs]e|copying|notice)([.-]\w+)?$/i.test(file));
  if (own.length > 0) return own.map(textOf);
  return files
    .filter((file) => /^readme(\.\w+)?$/i.test(file))
    .map((file) => textOf(file).split(/^(?=#|.+\n-{3,}$)/m))
    .flatMap((sections) => sections.filter((section) => /^\W*licen[cs]e\b/i.test(section)))
    .filter((section) => /Permission is hereby granted/i.test(section))
    .map((section) => section.trim());
}

/**
 * Returns the text of the licence from `build/licences`, for a package that does not contain it.
 *
 * @param {string} name
 */
function keptTexts(name) {
  const file = path.join(__dirname, 'licences', `${name.replace('/', '+')}.txt`);
  return existsSync(file) ? [readFileSync(file, 'utf8').trim()] : [];
}

module.exports = { packagesIn, noticesOf };
