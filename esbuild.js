// Bundles the extension to dist/. `--watch` rebuilds on change, `--production` minifies.
const esbuild = require('esbuild');
const { rmSync } = require('node:fs');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * VS Code puts its proxy settings and the system's certificates in force by intercepting `require`
 * of exactly these bare names. node-fetch imports them as `node:http`, which would pass it by.
 * @type {esbuild.Plugin}
 */
const interceptableNames = {
  name: 'interceptable-names',
  setup(build) {
    build.onResolve({ filter: /^node:(http|https|net|tls)$/ }, ({ path }) => ({
      path: path.slice('node:'.length),
      external: true,
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const options = {
  entryPoints: { extension: 'src/extension.ts', emulator: 'src/emulator/server.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins: [interceptableNames],
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
};

async function main() {
  rmSync('dist', { recursive: true, force: true });
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
}

main().catch(() => {
  process.exitCode = 1;
});
