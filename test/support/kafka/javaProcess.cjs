// Runs Java so that it ends when this process does, which the guard of orphanGuard.cjs ends
// together with the tests.
const childProcess = require('node:child_process');

const [java = 'java', ...args] = process.argv.slice(2);
const child = childProcess.spawn(java, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.once('close', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 8000).unref();
});
