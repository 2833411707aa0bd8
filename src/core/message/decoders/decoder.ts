import type { CallOptions, Payload } from '../../kafka';

/** Why a text does not name a format. */
export type FormatProblem =
  | 'format-unknown'
  /** The name is kept free for a decoder to come. */
  | 'format-reserved'
  | 'encoding-unknown';

/** Why a text has no bytes in a format. */
export type EncodeProblem =
  /** Not a number, or not text of the encoding. */
  | 'not-in-format'
  /** A number that does not fit. */
  | 'out-of-range';

/** The payload that a text stands for, or why there is none. */
export type Encoded =
  | {
      readonly payload: Payload;
      /** What was encoded, if that is not the whole text. */
      readonly used?: string;
      readonly problem?: never;
    }
  | { readonly payload?: never; readonly used?: never; readonly problem: EncodeProblem };

/** Why a key or value has no text in a format. */
export type DecodeProblem =
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** On the way through a proxy that carries only text, bytes that are not UTF-8 were replaced. */
  | { readonly kind: 'lossy' }
  /** The decoder itself failed. */
  | { readonly kind: 'failed'; readonly cause: unknown };

/** What is shown of a key or value: its text, or why there is none; then its bytes are shown. */
export type Shown =
  | { readonly text: string; readonly problem?: never }
  | { readonly text?: never; readonly problem: DecodeProblem };

/** What a decoder is opened for. */
export interface DecoderContext {
  /** Missing: a block that does not name its topic yet. */
  readonly topic: string | undefined;
  readonly part: 'key' | 'value';
}

/**
 * Returns what to show of each payload, in the same order. May wait, for example for a schema. If
 * it throws or rejects, the payloads are shown as bytes, with the error as the reason.
 */
export type Decode = (
  payloads: readonly Payload[],
  options?: CallOptions,
) => readonly Shown[] | Promise<readonly Shown[]>;

/**
 * Returns the payload that each text stands for, in the same order. May wait. If it throws or
 * rejects, nothing is sent.
 */
export type Encode = (
  texts: readonly string[],
  options?: CallOptions,
) => readonly Encoded[] | Promise<readonly Encoded[]>;

/** What stands in brackets after the name of a format, such as `base64` in `string(base64)`. */
export interface FormatArgument {
  /** The arguments that are suggested, the likeliest first. */
  readonly choices: readonly string[];
  /**
   * Reads an argument as it was written, without blanks around it; '' if there is none. Returns it
   * in its only spelling, which is read as itself. '' is the default.
   */
  parse(
    text: string,
  ):
    | { readonly argument: string; readonly problem?: never }
    | { readonly argument?: never; readonly problem: FormatProblem };
}

/**
 * Makes text of the bytes of keys or values, and bytes of text. Each decoder is a file in this
 * folder and a line in the registry.
 */
export interface Decoder<Name extends string = string> {
  /** The beginning of a format in `key-format` and `value-format`, such as `string`. */
  readonly name: Name;
  /** Missing: whatever stands in brackets is ignored. */
  readonly argument?: FormatArgument;
  /**
   * Opens it to read the keys or values of a topic. `argument` is what `argument.parse` returned.
   */
  readonly openDecode: (argument: string, context: DecoderContext) => Decode;
  /** Opens it to write the keys or values of a topic. Missing: the format is for reading only. */
  readonly openEncode?: (argument: string, context: DecoderContext) => Encode;
}

/** The bytes of a payload; `undefined` if the proxy has replaced some of them on the way. */
export function intactBytes(payload: Payload): Buffer | undefined {
  if (typeof payload === 'string' && payload.includes('\ufffd')) return undefined;
  return Buffer.from(payload);
}
