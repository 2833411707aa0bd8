// The wording of src/ui runs in plain Node here: `vscode` stands for ./vscode.ts.
const Module = require('node:module');
const path = require('node:path');

/** @typedef {(request: string, ...rest: unknown[]) => string} Resolve finds the file of a module */
const loader = /** @type {typeof Module & { _resolveFilename: Resolve }} */ (Module);
const resolve = loader._resolveFilename.bind(loader);

/** @type {Resolve} */
loader._resolveFilename = (request, ...rest) =>
  request === 'vscode' ? path.join(__dirname, 'vscode.ts') : resolve(request, ...rest);
