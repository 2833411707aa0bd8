import type { CallOptions, Payload } from '../../kafka';

/** Why a text has no bytes in a format. */
export type EncodeProblem =
  /** Not a number, or not text of the encoding. */
  | 'not-in-format'
  /** A number that does not fit. */
  | 'out-of-range';

/** The payload that a text stands for, or why there is none. */
export type Encoded =
  | { readonly payload: Payload; readonly problem?: never }
  | { readonly payload?: never; readonly problem: EncodeProblem };

/** Why a key or value has no text in a format. */
export type DecodeProblem =
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** On the way through a proxy that deals in text, bytes that are not UTF-8 were replaced. */
  | { readonly kind: 'lossy' }
  /** The decoder itself failed. */
  | { readonly kind: 'failed'; readonly cause: unknown };

/** What is shown of a key or value: its text, or why there is none; then its bytes are shown. */
export type Shown =
  | { readonly text: string; readonly problem?: never }
  | { readonly text?: never; readonly problem: DecodeProblem };

/** Makes text of the bytes of keys or values, and bytes of text. */
export interface Decoder {
  /** As `key-format` and `value-format` name it, such as `string(base64)`. */
  readonly name: string;
  /**
   * What to show of each payload, in the same order. May wait, for a schema for example; then it
   * rejects with the signal's reason once that aborts.
   */
  decode(
    payloads: readonly Payload[],
    options?: CallOptions,
  ): readonly Shown[] | Promise<readonly Shown[]>;
  /** The payload that a text stands for. Missing: the format is for reading only. */
  encode?(text: string): Encoded;
}

/** The bytes of a payload; `undefined` if the proxy has replaced some of them on the way. */
export function intactBytes(payload: Payload): Buffer | undefined {
  if (typeof payload === 'string' && payload.includes('\ufffd')) return undefined;
  return Buffer.from(payload);
}
