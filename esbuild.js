// Bundles the extension to dist/. `--watch` rebuilds on change, `--production` minifies, `--tests`
// bundles the integration tests to out/ as well, which are never minified.
const esbuild = require('esbuild');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
const { contributes } = require('./package.json');
const { noticesOf, packagesIn } = require('./thirdPartyNotices');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

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

/**
 * One `require` of VS Code's API for all files of a bundle, by its names: of each `import *` esbuild
 * would make a copy of the API, at the start of VS Code.
 * @type {esbuild.Plugin}
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup(build) {
    const types = readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
    const values = /^\texport (?:class|const|enum|function|namespace) (\w+)/gm;
    const names = new Set(Array.from(types.matchAll(values), ([, name]) => name));
    build.onResolve({ filter: /^vscode$/ }, ({ kind, namespace }) =>
      kind === 'import-statement' && namespace !== 'vscode'
        ? { path: 'vscode', namespace: 'vscode' }
        : undefined,
    );
    build.onLoad({ filter: /^/, namespace: 'vscode' }, () => ({
      contents: `export { ${[...names].join()} } from 'vscode'`,
    }));
  },
};

/** What `import()` loads that shares no code with the extension. */
const libraries = {
  emulator: 'src/emulator/server.ts',
  faker: 'src/kafkaFile/faker.ts',
  msal: '@azure/msal-node',
  nodeFetch: 'node-fetch',
};

/** @type {esbuild.Plugin} */
const librariesBeside = {
  name: 'libraries-beside',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import') return undefined;
      const wanted = path.replace(/^(\.+\/)+/, '');
      const library = Object.entries(libraries).find(([, source]) =>
        source.replace(/\.ts$/, '').endsWith(wanted),
      );
      return library && { path: `./${library[0]}.js`, external: true };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const options = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins: [interceptableNames, vscodeByName, librariesBeside],
  // `import()` becomes `require`, which VS Code intercepts.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
  logOverride: { 'import-is-undefined': 'error' },
};

/**
 * VS Code loads CommonJS, which esbuild does not split: splits ES modules, and converts each file.
 * @type {esbuild.Plugin}
 */
const splitCommonJs = {
  name: 'split-common-js',
  setup(build) {
    const { target, supported, minify, outdir } = build.initialOptions;
    const sourcemap = production ? false : 'inline';
    const esm = { format: 'esm', splitting: true, supported: {}, sourcemap, write: false };
    Object.assign(build.initialOptions, esm);
    /** @type {esbuild.TransformOptions} */
    const cjs = { format: 'cjs', platform: 'node', target, supported, minify, sourcemap };
    build.onEnd(async ({ outputFiles = [] }) => {
      mkdirSync(outdir, { recursive: true });
      for (const { path, text } of outputFiles) {
        // An ES module is strict without saying so.
        const { code } = await esbuild.transform(text, { ...cjs, banner: '"use strict";' });
        writeFileSync(path, code);
      }
    });
  },
};

/**
 * The extension: what VS Code starts with, and what `import()` loads of it when it is first needed.
 * What these share, so that it is there once, esbuild puts into files of its own.
 * @type {esbuild.BuildOptions}
 */
const extensionOptions = {
  ...options,
  entryPoints: {
    extension: 'src/extension.ts',
    commands: 'src/ui/shell/loadedCommands.ts',
    languageClient: 'src/ui/kafkaFiles/languageClient.ts',
  },
  chunkNames: 'shared-[hash]',
  plugins: [...options.plugins, splitCommonJs],
};

/**
 * What runs elsewhere, and the libraries.
 * @type {esbuild.BuildOptions}
 */
const otherOptions = {
  ...options,
  entryPoints: {
    server: 'src/language/server.ts',
    filterWorker: 'src/viewer/index/filterWorker.ts',
    ...libraries,
  },
};

/**
 * What runs in the viewer's webview: `webview.js` and `webview.css`.
 * @type {esbuild.BuildOptions}
 */
const webviewOptions = {
  entryPoints: { webview: 'src/webview/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'chrome138',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
};

/** @type {esbuild.BuildOptions} */
const testOptions = {
  ...options,
  entryPoints: [
    'test/integration/index.ts',
    'test/integration/**/*.test.ts',
    'test/promises/canary/host/*.test.ts',
    'test/promises/canary/restrictedHost/*.test.ts',
  ],
  outdir: 'out/test',
  outbase: 'test',
  external: ['vscode', 'mocha'],
  plugins: [interceptableNames],
  minify: false,
  sourcemap: 'linked',
  // Its packages do not ship, and need no notice.
  metafile: false,
};

/**
 * Packs the words of the languages that the settings offer for templates, but for English, which the
 * chunk of faker has. In one file they take half of what a file each takes.
 */
async function packLocales() {
  const { allLocales } = await import('@faker-js/faker');
  const names = contributes.configuration.properties['kafkaRest.templates.locale'].enum;
  const locales = Object.fromEntries(
    names.filter((name) => name !== 'en').map((name) => [name, allLocales[name]]),
  );
  const quality = production ? constants.BROTLI_MAX_QUALITY : constants.BROTLI_MIN_QUALITY;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync('dist/locales.br', brotliCompressSync(JSON.stringify(locales), { params }));
}

async function main() {
  for (const folder of tests ? ['dist', 'out/test'] : ['dist']) {
    rmSync(folder, { recursive: true, force: true });
  }
  const metafiles = [];
  for (const each of [
    extensionOptions,
    otherOptions,
    webviewOptions,
    ...(tests ? [testOptions] : []),
  ]) {
    if (watch) await (await esbuild.context(each)).watch();
    else metafiles.push((await esbuild.build(each)).metafile);
  }
  await packLocales();
  if (production)
    writeFileSync('dist/THIRD_PARTY_NOTICES.md', noticesOf(packagesIn(metafiles.filter(Boolean))));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
