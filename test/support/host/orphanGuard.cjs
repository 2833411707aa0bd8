// Preloaded into every Node process that the host starts, and inherited by theirs: ends it when the
// line to its parent closes, which the system does when the parent ends, however that came about.
const threads = require('node:worker_threads');

const end = () => process.kill(process.pid, 'SIGTERM');

if (threads.isMainThread && process.channel) {
  process.once('disconnect', end);
} else if (threads.isMainThread) {
  process.stdin.on('error', end).on('end', end).resume();
  // A file has none.
  if ('unref' in process.stdin) process.stdin.unref();
}
