// Preloaded into every Node process that the host starts, and inherited by its children: ends the
// process when the pipe to its parent closes, which the system does however the parent ends.
const threads = require('node:worker_threads');

const end = () => process.kill(process.pid, 'SIGTERM');

if (threads.isMainThread && process.channel) {
  process.once('disconnect', end);
} else if (threads.isMainThread) {
  process.stdin.on('error', end).on('end', end).resume();
  // Standard input from a file has no `unref`.
  if ('unref' in process.stdin) process.stdin.unref();
}
