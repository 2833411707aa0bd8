// Runs in the extension host: writes to BENCH_RESULT how many milliseconds the activation of the
// extension BENCH_EXTENSION takes, its code not yet loaded, once the start of VS Code is over.
const { writeFileSync } = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');
const vscode = require('vscode');

exports.run = async () => {
  const extension = vscode.extensions.getExtension(process.env.BENCH_EXTENSION);
  const limit = performance.now() + 10_000;
  for (let calm = 0; calm < 30 && performance.now() < limit;) {
    const from = performance.now();
    await wait(10);
    calm = performance.now() - from < 20 ? calm + 1 : 0;
  }
  if (extension.isActive) throw new Error('It is active already.');
  const from = performance.now();
  await extension.activate();
  writeFileSync(process.env.BENCH_RESULT, String(performance.now() - from));
};
