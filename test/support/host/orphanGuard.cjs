// Preloaded into every Node process that the host starts, and inherited by theirs: ends it when the
// line to its parent closes, which the system does when the parent ends, however that came about.
const { isMainThread } = require('node:worker_threads');

const end = () => process.kill(process.pid, 'SIGTERM');

if (isMainThread && process.channel) {
  process.once('disconnect', end);
} else if (isMainThread) {
  process.stdin.on('error', end).on('end', end).resume();
  process.stdin.unref?.();
}
