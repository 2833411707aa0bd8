// Splits the code that bundles share into files of its own, in the form that VS Code can load.
const esbuild = require('esbuild');
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** An ES module is always strict; CommonJS must say so. */
const strict = '"use strict";';

/** @typedef {esbuild.CommonOptions & { format: 'cjs' }} CommonJs */

/**
 * Splits ES modules and converts each file to CommonJS. VS Code loads CommonJS, which esbuild
 * cannot split.
 *
 * @param {string} [first] the file that is loaded before all others, such as `extension.js`. The
 *   shared files that it needs become part of it: to find and read dozens of files takes longer than
 *   to run them.
 * @returns {esbuild.Plugin}
 */
function splitCommonJs(first) {
  return {
    name: 'split-common-js',
    setup(build) {
      const { target, supported, minify, outdir, sourcemap } = build.initialOptions;
      if (outdir === undefined) throw new Error('The plugin split-common-js needs an outdir.');
      const inline = sourcemap === false ? false : 'inline';
      Object.assign(build.initialOptions, {
        format: 'esm',
        splitting: true,
        supported: {},
        sourcemap: inline,
        write: false,
        metafile: true,
      });
      /** @type {CommonJs} */
      const commonJs = {
        format: 'cjs',
        platform: 'node',
        sourcemap: inline,
        ...(target !== undefined && { target }),
        ...(supported !== undefined && { supported }),
        ...(minify !== undefined && { minify }),
      };
      build.onEnd(async ({ outputFiles = [], metafile }) => {
        const modules = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
        const joined = first && metafile ? joinOutputs(metafile.outputs, outdir, first) : new Set();
        mkdirSync(outdir, { recursive: true });
        for (const [name, text] of modules) {
          if (joined.has(name)) continue;
          const code =
            name === first
              ? await joinModules(name, joined, modules, commonJs)
              : (await esbuild.transform(text, { ...commonJs, banner: strict })).code;
          writeFileSync(path.join(outdir, name), requireFrom(first, joined, code));
        }
      });
    },
  };
}

/**
 * Makes the files that `first` imports, and those that they import, part of it.
 *
 * @param {esbuild.Metafile['outputs']} outputs
 * @param {string} folder
 * @param {string} first
 * @returns {ReadonlySet<string>} the names of these files
 */
function joinOutputs(outputs, folder, first) {
  const whole = outputs[`${folder}/${first}`];
  /** @type {Set<string>} */
  const joined = new Set();
  /** @param {esbuild.Metafile['outputs'][string] | undefined} output */
  const join = (output) => {
    for (const { path: file, kind } of output?.imports ?? []) {
      const name = path.basename(file);
      const imported = outputs[file];
      if (kind !== 'import-statement' || !imported || joined.has(name)) continue;
      joined.add(name);
      join(imported);
      Object.assign(whole?.inputs ?? {}, imported.inputs);
      Reflect.deleteProperty(outputs, file);
    }
  };
  join(whole);
  return joined;
}

/**
 * Returns the code of `first` with that of the files that it joins, whose exports it exports too.
 *
 * @param {string} first
 * @param {ReadonlySet<string>} joined
 * @param {ReadonlyMap<string, string>} modules the text of each file
 * @param {CommonJs} commonJs
 */
async function joinModules(first, joined, modules, commonJs) {
  const exported = [...joined].map((name) => `export * as ${exportOf(name)} from './${name}';`);
  const { outputFiles } = await esbuild.build({
    ...commonJs,
    stdin: { contents: [`export * from './${first}';`, ...exported].join('\n') },
    bundle: true,
    external: ['vscode'],
    banner: { js: strict },
    plugins: [
      {
        name: 'joined',
        setup(build) {
          build.onResolve({ filter: /^\.\// }, (args) => {
            const name = path.basename(args.path);
            const isPart = name === first || joined.has(name);
            return isPart
              ? { path: name, namespace: 'joined' }
              : { path: args.path, external: true };
          });
          build.onLoad({ filter: /^/, namespace: 'joined' }, (args) => ({
            contents: modules.get(args.path) ?? '',
          }));
        },
      },
    ],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * Makes code that needs one of the joined files take what `first` exports of it.
 *
 * @param {string | undefined} first
 * @param {ReadonlySet<string>} joined
 * @param {string} code
 */
function requireFrom(first, joined, code) {
  return code.replace(/require\("\.\/([\w-]+\.js)"\)/g, (call, /** @type {string} */ name) =>
    joined.has(name) ? `require("./${first}").${exportOf(name)}` : call,
  );
}

/** @param {string} file such as `shared-2JU27RXS.js` */
function exportOf(file) {
  return path.parse(file).name.replace('-', '_');
}

module.exports = { splitCommonJs };
