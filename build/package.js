// Packs the extension to kafka-rest-explorer.vsix. The same files and the same version of Node always
// give the same bytes, in whatever folder, by whatever account and on whatever day.
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { repository } = require('../package.json');

const root = path.dirname(__dirname);

/**
 * A ZIP archive stores local times from 1980 on. With SOURCE_DATE_EPOCH, vsce gives all files that
 * time and sorts them in the order of the system's language.
 */
const reproducible = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC', LC_ALL: 'C' };

/** @param {string[]} args a Node program of the working copy, and its arguments */
function run(...args) {
  execFileSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...reproducible },
    stdio: 'inherit',
  });
}

/**
 * Writes the README to pack. vsce makes its links and images point to the repository, but not its
 * images for dark themes.
 */
function writeReadme() {
  const images = `${repository.url.replace(/\.git$/, '')}/raw/HEAD`;
  const text = readFileSync(path.join(root, 'README.md'), 'utf8');
  const packed = text.replaceAll('srcset="media/', `srcset="${images}/media/`);
  writeFileSync(path.join(root, 'dist/README.md'), packed);
}

/**
 * Gives all files of a ZIP archive the same permissions. vsce gives them those that they have in the
 * working copy, which depend on who made it. An entry of the central directory ends with the name,
 * extra fields and comment (APPNOTE of PKWARE, 4.3.12); zip programs of Unix keep the mode in the
 * upper half of the attributes.
 *
 * @param {string} file
 */
function unifyModes(file) {
  const archive = readFileSync(file);
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    archive.writeUInt16LE(0o100644, at + 40);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + archive.readUInt16LE(at + field), 0);
  }
  writeFileSync(file, archive);
}

run('esbuild.js', '--production');
writeReadme();
const vsix = 'kafka-rest-explorer.vsix';
const files = ['--readme-path', 'dist/README.md', '--out', vsix];
run(require.resolve('@vscode/vsce/vsce'), 'package', '--no-dependencies', ...files);
unifyModes(path.join(root, vsix));
