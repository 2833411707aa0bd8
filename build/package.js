// Packs the extension to kafka-rest-explorer.vsix: from the same working copy and with the same Node,
// the same bytes.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const root = path.dirname(__dirname);

/**
 * A ZIP archive tells times by the clock of the place, from 1980 on. With SOURCE_DATE_EPOCH, vsce gives
 * all files that time and sorts them, in the order of the language of the system.
 */
const reproducible = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC', LC_ALL: 'C' };

/** @param {readonly string[]} args a Node program of the working copy and what it is given */
function run(...args) {
  execFileSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...reproducible },
    stdio: 'inherit',
  });
}

run('esbuild.js', '--production');
run(
  require.resolve('@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  '--out',
  'kafka-rest-explorer.vsix',
);
