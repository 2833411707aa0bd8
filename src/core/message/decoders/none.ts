import type { Decoder } from './decoder';

/** Hides a key or value: an empty text stands for whatever it is. */
export const none = {
  name: 'none',
  openDecode: () => (payloads) => payloads.map(() => ({ text: '' })),
} as const satisfies Decoder;
