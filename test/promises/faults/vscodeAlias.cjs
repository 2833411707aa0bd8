// The wording of src/ui runs in plain Node here: `vscode` stands for ./vscode.ts.
const Module = require('node:module');
const path = require('node:path');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'vscode'
    ? path.join(__dirname, 'vscode.ts')
    : resolve.call(this, request, ...rest);
};
