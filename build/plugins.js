// Plugins that the bundles need in addition to esbuild's own options.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);

/**
 * Removes `node:` from imports of the network modules. VS Code applies its proxy settings and the
 * system's certificates by intercepting `require` of exactly these bare names. node-fetch imports
 * `node:http`, which would bypass that.
 *
 * @type {import('esbuild').Plugin}
 */
const interceptableNames = {
  name: 'interceptable-names',
  setup(build) {
    build.onResolve({ filter: /^node:(http|https|net|tls)$/ }, (args) => ({
      path: args.path.slice('node:'.length),
      external: true,
    }));
  },
};

/**
 * Makes all files of a bundle share one `require` of VS Code's API and use its members by name.
 * Otherwise esbuild would copy the API for each `import *` when VS Code starts.
 *
 * @type {import('esbuild').Plugin}
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

/**
 * Makes an `import()` of a library load the library's own bundle.
 *
 * @param {Readonly<Record<string, string>>} libraries the entry point of each bundle by its name: a
 *   package, or a file that is given relative to the working copy and begins with `./`
 * @returns {import('esbuild').Plugin} a plugin that fails the build if a library is not found
 */
function librariesBeside(libraries) {
  return {
    name: 'libraries-beside',
    setup(build) {
      const kind = /** @type {const} */ ('dynamic-import');
      // Marks imports that this plugin resolves itself and that esbuild must handle.
      const own = {};
      /** @type {Promise<Map<string, string>> | undefined} */
      let bundles;
      const findBundles = async () => {
        /** @type {Map<string, string>} */
        const found = new Map();
        for (const [bundle, source] of Object.entries(libraries)) {
          const result = await build.resolve(source, { kind, resolveDir: root, pluginData: own });
          if (result.errors.length > 0) throw new Error(`The library ${source} was not found.`);
          found.set(result.path, bundle);
        }
        return found;
      };
      build.onResolve({ filter: /./ }, async ({ path: name, pluginData, ...args }) => {
        if (args.kind !== kind || pluginData === own) return undefined;
        bundles ??= findBundles();
        const { importer, namespace, resolveDir } = args;
        const wanted = { kind, importer, namespace, resolveDir, pluginData: own };
        const result = await build.resolve(name, wanted);
        const bundle = (await bundles).get(result.path);
        return bundle === undefined ? undefined : { path: `./${bundle}.js`, external: true };
      });
    },
  };
}

/**
 * Makes a package that a library needs for one of its functions load when that is called first. Of
 * MSAL this halves what it takes to load: only a sign-in by certificate signs a token.
 *
 * @param {string} name of the package
 * @param {string} method what is used of it
 * @returns {import('esbuild').Plugin}
 */
function loadedByCall(name, method) {
  return {
    name: 'loaded-by-call',
    setup(build) {
      const namespace = 'loaded-by-call';
      build.onResolve({ filter: new RegExp(`^${name}$`) }, (args) =>
        args.namespace === namespace
          ? undefined
          : { path: name, namespace, pluginData: args.resolveDir },
      );
      build.onLoad({ filter: /^/, namespace }, ({ pluginData }) => ({
        contents: `exports.${method} = (...given) => require('${name}').${method}(...given);`,
        resolveDir: String(pluginData),
      }));
    },
  };
}

module.exports = { interceptableNames, librariesBeside, loadedByCall, vscodeByName };
