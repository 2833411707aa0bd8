import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { librariesBeside, loadedByCall } from '../../../build/plugins';
import { root } from '../../support/host/processes';

/** The bundle of a module in `folder` that loads `name` when it is needed. */
async function bundleOf(
  folder: string,
  name: string,
  libraries: Readonly<Record<string, string>>,
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `void import('${name}')`, resolveDir: path.join(root, folder) },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    plugins: [librariesBeside(libraries)],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('libraries beside the bundles', () => {
  const libraries = { emulator: './src/emulator/server.ts', nodeFetch: 'node-fetch' };

  it('are loaded from their own bundle, from wherever they are named', async () => {
    const emulator = await bundleOf('src/ui', '../emulator/server', libraries);
    assert.match(emulator, /require\("\.\/emulator\.js"\)/);
    const fetch = await bundleOf('src/core', 'node-fetch', libraries);
    assert.match(fetch, /require\("\.\/nodeFetch\.js"\)/);
  });

  it('are not taken for another file of the same name', async () => {
    const code = await bundleOf('src/language', './server', libraries);
    assert.doesNotMatch(code, /emulator\.js/);
    assert.match(code, /vscode-languageserver/);
  });

  it('have to be there', async () => {
    await assert.rejects(
      bundleOf('src/ui', '../emulator/server', { emulator: './src/emulator/gone.ts' }),
      /The library \.\/src\/emulator\/gone\.ts was not found\./,
    );
  });
});

describe('a package that is loaded by a call', () => {
  it('runs when its function is called first, and gives what that returns', async () => {
    const contents = `import jwt from 'jsonwebtoken'; export const sign = () => jwt.sign('text', 'key');`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: path.join(root, 'node_modules/@azure/msal-node') },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      plugins: [loadedByCall('jsonwebtoken', 'sign')],
      write: false,
    });
    const required: string[] = [];
    const load = createRequire(import.meta.url);
    const module: { exports: { sign?: () => string } } = { exports: {} };
    const run = compileFunction(outputFiles[0]?.text ?? '', ['module', 'require']);
    const require = (name: string): unknown => {
      required.push(name);
      return load(name) as unknown;
    };
    Reflect.apply(run, undefined, [module, require]);
    assert.equal(required.length, 0);
    assert.match(module.exports.sign?.() ?? '', /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.ok(required.includes('crypto'));
  });
});
