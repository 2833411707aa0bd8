// Packs the extension to kafka-rest-explorer.vsix. The same working copy and the same version of
// Node always give the same bytes.
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

run('esbuild.js', '--production');
writeReadme();
const files = ['--readme-path', 'dist/README.md', '--out', 'kafka-rest-explorer.vsix'];
run(require.resolve('@vscode/vsce/vsce'), 'package', '--no-dependencies', ...files);
