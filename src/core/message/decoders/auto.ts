import type { WorkerDecoder } from './decoder';

/** Guesses the format of each message. */
export const auto = {
  name: 'auto',
  runsIn: 'worker',
  writes: false,
} as const satisfies WorkerDecoder;
