// Bundles the extension to dist/. `--watch` rebuilds on change. `--production` minifies. `--tests`
// also bundles the integration tests to out/, which are never minified.
const esbuild = require('esbuild');
const { readFileSync, rmSync, writeFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
const { bomOf } = require('./build/bom');
const {
  interceptableNames,
  librariesBeside,
  loadedByCall,
  vscodeByName,
} = require('./build/plugins');
const { splitCommonJs } = require('./build/splitCommonJs');
const { noticesOf, packagesIn } = require('./build/thirdPartyNotices');
const manifest = require('./package.json');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/**
 * The entry points, by bundle, of code that `import()` loads and that shares no code with the
 * extension.
 */
const libraries = {
  emulator: './src/emulator/server.ts',
  gateway: './src/emulator/gateway.ts',
  faker: './src/kafkaFile/faker/library.ts',
  msal: './src/auth/entra/library.ts',
  nodeFetch: 'node-fetch',
  oauth: './src/auth/oauth/library.ts',
};

const plugins = [interceptableNames, vscodeByName, librariesBeside(libraries)];

/** @satisfies {esbuild.BuildOptions} */
const options = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins,
  // Turns `import()` into `require`, which VS Code intercepts.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
  logOverride: { 'import-is-undefined': 'error' },
};

/**
 * The extension: the code that VS Code starts with, and the code that `import()` loads later.
 * esbuild puts shared code into separate files, so that it exists only once.
 *
 * @type {esbuild.BuildOptions}
 */
const extensionOptions = {
  ...options,
  entryPoints: {
    extension: 'src/extension.ts',
    commands: 'src/ui/shell/loadedCommands.ts',
    administration: 'src/ui/administration/administration.ts',
    clusters: 'src/ui/clusters/manage/clusterManager.ts',
    exchange: 'src/ui/clusters/exchange/exchange.ts',
    connect: 'src/ui/clusters/connect.ts',
    schemas: 'src/ui/schemas/schemas.ts',
    registries: 'src/ui/clusters/registry/registries.ts',
    transfers: 'src/ui/transfer/transfers.ts',
    languageClient: 'src/ui/kafkaFiles/languageClient.ts',
  },
  chunkNames: 'shared-[hash]',
  plugins: [...plugins, splitCommonJs('extension.js')],
};

/**
 * The emulator and the gateway, which serve the same faces.
 *
 * @type {esbuild.BuildOptions}
 */
const proxyOptions = {
  ...options,
  entryPoints: { emulator: libraries.emulator, gateway: libraries.gateway },
  chunkNames: 'faces-[hash]',
  plugins: [...plugins, splitCommonJs()],
};

/**
 * Code that runs in other processes, and the other libraries.
 *
 * @type {esbuild.BuildOptions}
 */
const otherOptions = {
  ...options,
  entryPoints: {
    server: 'src/language/server.ts',
    filterWorker: 'src/viewer/index/filterWorker.ts',
    decodingWorker: 'src/decoding/decodingWorker.ts',
    faker: libraries.faker,
    msal: libraries.msal,
    nodeFetch: libraries.nodeFetch,
    oauth: libraries.oauth,
  },
  plugins: [...plugins, loadedByCall('jsonwebtoken', 'sign')],
};

/**
 * Code that runs in the viewer's webview: `webview.js` and `webview.css`.
 *
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
  // The packages in the tests are not shipped and need no notice.
  metafile: false,
};

/**
 * Packs faker's words for the languages that the settings offer for templates, except English,
 * which is in the bundle of faker. One file for all of them takes half the space of separate files.
 */
async function packLocales() {
  const { allLocales } = await import('@faker-js/faker');
  const words = new Map(Object.entries(allLocales));
  const names = manifest.contributes.configuration.flatMap(
    ({ properties }) => properties['kafkaRest.templates.locale']?.enum ?? [],
  );
  const locales = Object.fromEntries(
    names.filter((name) => name !== 'en').map((name) => [name, words.get(name)]),
  );
  const quality = production ? constants.BROTLI_MAX_QUALITY : constants.BROTLI_MIN_QUALITY;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync('dist/locales.br', brotliCompressSync(JSON.stringify(locales), { params }));
}

/**
 * Writes what ships of other packages: their licences, and the bill of materials.
 *
 * @param {readonly esbuild.Metafile[]} metafiles
 */
function listPackages(metafiles) {
  const packages = packagesIn(metafiles);
  writeFileSync('dist/THIRD_PARTY_NOTICES.md', noticesOf(packages.keys()));
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const lock = /** @type {import('./build/bom').Lock} */ (parsed);
  writeFileSync('dist/sbom.cdx.json', bomOf(manifest, packages, lock));
}

async function main() {
  for (const folder of tests ? ['dist', 'out/test'] : ['dist']) {
    rmSync(folder, { recursive: true, force: true });
  }
  const shipped = [extensionOptions, proxyOptions, otherOptions, webviewOptions];
  const bundles = tests ? [...shipped, testOptions] : shipped;
  /** @type {esbuild.Metafile[]} */
  const metafiles = [];
  for (const each of bundles) {
    if (watch) {
      await (await esbuild.context(each)).watch();
    } else {
      const { metafile } = await esbuild.build(each);
      if (metafile) metafiles.push(metafile);
    }
  }
  await packLocales();
  if (production) listPackages(metafiles);
}

main().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
