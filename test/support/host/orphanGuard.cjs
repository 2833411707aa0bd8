// Every Node process that the host starts preloads this, and so do its children. It ends the
// process when the pipe to the parent closes, which happens however the parent ends.
const threads = require('node:worker_threads');

const end = () => process.kill(process.pid, 'SIGTERM');

if (threads.isMainThread && process.channel) {
  process.once('disconnect', end);
} else if (threads.isMainThread) {
  process.stdin.on('error', end).on('end', end).resume();
  // Standard input from a file has no `unref`.
  if ('unref' in process.stdin) process.stdin.unref();
}
