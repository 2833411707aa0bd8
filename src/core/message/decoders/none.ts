import type { Decoder } from './decoder';

/** Hides a key or value: an empty text stands for whatever it is. */
export const none: Decoder = {
  name: 'none',
  decode: (payloads) => payloads.map(() => ({ text: '' })),
};
