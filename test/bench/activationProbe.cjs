// Runs in the extension host: writes to BENCH_RESULT how many milliseconds the activation of the
// extension BENCH_EXTENSION takes, its code not yet loaded, once the start of VS Code is over.
const { writeFileSync } = require('node:fs');
const { cpus } = require('node:os');
const { setTimeout: wait } = require('node:timers/promises');
const vscode = require('vscode');

/** The share of the processors' time that nothing used, from now on for so many milliseconds. */
async function idleShare(milliseconds) {
  const before = cpus();
  await wait(milliseconds);
  let idle = 0;
  let all = 0;
  cpus().forEach(({ times }, index) => {
    for (const [kind, time] of Object.entries(times)) {
      const used = time - (before[index]?.times[kind] ?? 0);
      all += used;
      if (kind === 'idle') idle += used;
    }
  });
  return all === 0 ? 1 : idle / all;
}

exports.run = async () => {
  const extension = vscode.extensions.getExtension(process.env.BENCH_EXTENSION);
  // The window and its other processes are busy for some seconds more, which would be measured too.
  const limit = performance.now() + 20_000;
  for (let calm = 0; calm < 5 && performance.now() < limit;) {
    calm = (await idleShare(200)) > 0.8 ? calm + 1 : 0;
  }
  if (extension.isActive) throw new Error('It is active already.');
  const from = performance.now();
  await extension.activate();
  writeFileSync(process.env.BENCH_RESULT, String(performance.now() - from));
};
