import type { Payload } from '../../../kafka';
import { inEnglish, type Phrase } from '../../../phrase';

/** Why the inside of a key or value cannot be taken out. */
export class UnwrapError extends Error {
  /** @param detail what is wrong; missing: it would become too large */
  constructor(readonly detail?: Phrase) {
    super(detail ? inEnglish(detail) : 'too large');
  }
}

/** Something around the bytes of a key or value, such as a compression. */
export interface Wrapper {
  readonly name: string;
  /** Returns what is inside. Throws an `UnwrapError`. */
  unwrap(bytes: Buffer): Buffer;
  /** Missing: it is for reading only. */
  readonly wrap?: (bytes: Buffer) => Payload;
}

/** How many bytes may come out of a key or value. Brokers refuse larger ones, unless told not to. */
export const MAX_UNWRAPPED = 16 * 1024 * 1024;

/** How many bytes may come out of all keys or values that are decoded together. */
export const MAX_TOGETHER = 8 * MAX_UNWRAPPED;
