import type { CallOptions, Payload, RecordHeader } from '../../kafka';
import type { Phrase } from '../../phrase';
import type { SchemaLookup } from '../../schemaRegistry/lookup';

/** Why a text does not name a format. */
export type FormatProblem =
  | 'format-unknown'
  | 'encoding-unknown'
  /** The name of a schema that no registry and no file can have. */
  | 'schema-invalid';

/** Why a text has no bytes in a format. */
export type EncodeProblem =
  /** Not a number, or not text of the encoding. */
  | 'not-in-format'
  /** A number that does not fit. */
  | 'out-of-range'
  /** It does not fit its schema. */
  | 'not-in-schema'
  /** There is no such schema, or it cannot be fetched or read. */
  | 'no-schema';

/** The payload that a text stands for, or why there is none. */
export type Encoded =
  | {
      readonly payload: Payload;
      /** What was encoded, if that is not the whole text. */
      readonly used?: string;
      readonly problem?: never;
    }
  | {
      readonly payload?: never;
      readonly used?: never;
      readonly problem: EncodeProblem;
      /** What is wrong, for the problems of schemas. */
      readonly detail?: Phrase;
      /** The names of members and the indexes of elements that lead to what does not fit. */
      readonly path?: readonly (string | number)[];
    };

/** Why a key or value has no text in a format. */
export type DecodeProblem =
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** On the way through a proxy that carries only text, bytes that are not UTF-8 were replaced. */
  | { readonly kind: 'lossy' }
  /** The bytes do not begin as this format does, or end too early. */
  | { readonly kind: 'not-in-format'; readonly detail?: Phrase }
  /** The schema is not known, or cannot be fetched or read. */
  | { readonly kind: 'no-schema'; readonly detail: Phrase }
  /** The bytes do not fit the schema. */
  | { readonly kind: 'not-in-schema'; readonly detail: Phrase }
  /** It would become larger than is reasonable, or take too long. */
  | { readonly kind: 'too-large' }
  /** The decoder itself failed. */
  | { readonly kind: 'failed'; readonly cause: unknown };

/**
 * How a key or value was decoded. Those that were decoded in the same way share one object where
 * that is easy.
 */
export interface DecodedFacts {
  /** The format as it can be chosen, such as `base64(avro)`. */
  readonly format: string;
  /** Whether the format is a guess, and nobody has chosen it. */
  readonly isGuess: boolean;
  readonly schema?: UsedSchema;
  /** Why it does not fit its schema although it can be shown. */
  readonly misfit?: Phrase;
}

/** The schema with which a key or value was decoded, as far as it is known. */
export interface UsedSchema {
  readonly id?: number;
  readonly subject?: string;
  readonly version?: number;
  /** The file that it was read from. */
  readonly file?: string;
  /** The full name of the record or message, such as `com.contoso.Order`. */
  readonly name?: string;
}

/** What is shown of a key or value: its text, or why there is none; then its bytes are shown. */
export type Shown =
  | { readonly text: string; readonly problem?: never; readonly facts?: DecodedFacts }
  | { readonly text?: never; readonly problem: DecodeProblem; readonly facts?: DecodedFacts };

/** What a decoder is opened for. */
export interface DecoderContext {
  /** Missing: a block that does not name its topic yet. */
  readonly topic: string | undefined;
  readonly part: 'key' | 'value';
  /** Where schemas come from. Missing: there are none. */
  readonly schemas?: SchemaLookup;
  /** What runs the decoders that do not run here. Missing: they fail. */
  readonly worker?: DecodingWorker;
}

export interface DecodeOptions extends CallOptions {
  /** The headers of the record of each payload. Some serializers put the id of the schema there. */
  readonly headers?: readonly (readonly RecordHeader[] | undefined)[];
}

/**
 * Returns what to show of each payload, in the same order; `undefined`: as it was read. May wait,
 * for example for a schema. If it throws or rejects, the payloads are shown as bytes, with the error
 * as the reason.
 */
export type Decode = (
  payloads: readonly Payload[],
  options?: DecodeOptions,
) => readonly (Shown | undefined)[] | Promise<readonly (Shown | undefined)[]>;

/**
 * Returns the payload that each text stands for, in the same order. May wait. If it throws or
 * rejects, nothing is sent.
 */
export type Encode = (
  texts: readonly string[],
  options?: CallOptions,
) => readonly Encoded[] | Promise<readonly Encoded[]>;

/**
 * What can be written in a format, as a JSON Schema (draft 2020-12, without references to the
 * outside), and a text that is valid.
 */
export interface FormatDescription {
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  /** JSON with a value for each field that has no default. */
  readonly example: string;
  readonly schema: UsedSchema;
}

/** Runs decoders elsewhere, so that they cannot hold up this thread. */
export interface DecodingWorker {
  openDecode(format: FormatName, context: DecoderContext): Decode;
  openEncode(format: FormatName, context: DecoderContext): Encode;
  /** Returns `undefined` if the format has no schema. Rejects with a `SchemaError`. */
  describe(
    format: FormatName,
    context: DecoderContext,
    options?: CallOptions,
  ): Promise<FormatDescription | undefined>;
}

/** The name of a decoder and its argument. */
export interface FormatName {
  readonly kind: string;
  readonly argument: string;
}

/** Reads a format in brackets, such as `avro` in `base64(avro)`. Returns its only spelling. */
export type ParseInner = (text: string) => ParsedArgument;

type ParsedArgument =
  | { readonly argument: string; readonly problem?: never }
  | { readonly argument?: never; readonly problem: FormatProblem };

/** What stands in brackets after the name of a format, such as `base64` in `string(base64)`. */
export interface FormatArgument {
  /** The arguments that are suggested, the likeliest first. */
  readonly choices: readonly string[];
  /**
   * Reads an argument as it was written, without blanks around it; '' if there is none. Returns it
   * in its only spelling, which is read as itself. '' is the default.
   */
  parse(text: string, parseInner: ParseInner): ParsedArgument;
}

interface AnyDecoder<Name extends string> {
  /** The beginning of a format in `key-format` and `value-format`, such as `string`. */
  readonly name: Name;
  /** Missing: whatever stands in brackets is ignored. */
  readonly argument?: FormatArgument;
}

/**
 * Makes text of the bytes of keys or values, and bytes of text. Each decoder is a file in this
 * folder and a line in the registry.
 */
export interface InlineDecoder<Name extends string = string> extends AnyDecoder<Name> {
  readonly runsIn?: never;
  /**
   * Opens it to read the keys or values of a topic. `argument` is what `argument.parse` returned.
   */
  readonly openDecode: (argument: string, context: DecoderContext) => Decode;
  /** Opens it to write the keys or values of a topic. Missing: the format is for reading only. */
  readonly openEncode?: (argument: string, context: DecoderContext) => Encode;
}

/**
 * A decoder that needs a library, or may take long with a hostile message. It runs in a worker, and
 * its code is loaded there when it is first used; see `codecs.ts`.
 */
export interface WorkerDecoder<Name extends string = string> extends AnyDecoder<Name> {
  readonly runsIn: 'worker';
  readonly writes: boolean;
  /** Whether a payload is certainly shown as it was read, so that the worker need not see it. */
  readonly passes?: (payload: Payload, headers: readonly RecordHeader[] | undefined) => boolean;
}

export type Decoder<Name extends string = string> = InlineDecoder<Name> | WorkerDecoder<Name>;

/** Whether a format can be written, too. */
export function canEncode(decoder: Decoder): boolean {
  return decoder.runsIn ? decoder.writes : decoder.openEncode !== undefined;
}

/** The code of a decoder that runs in a worker. The members are as in `InlineDecoder`. */
export interface WorkerCodec {
  readonly openDecode: (argument: string, context: DecoderContext) => Decode;
  readonly openEncode?: (argument: string, context: DecoderContext) => Encode;
  /** Missing, or resolving to `undefined`: the format has no schema. */
  readonly describe?: (
    argument: string,
    context: DecoderContext,
    options?: CallOptions,
  ) => Promise<FormatDescription | undefined>;
}

/**
 * The bytes of a payload, which must not be changed; `undefined` if the proxy has replaced some of
 * them on the way.
 */
export function intactBytes(payload: Payload): Buffer | undefined {
  if (typeof payload !== 'string') return viewOf(payload);
  return payload.includes('\ufffd') ? undefined : Buffer.from(payload);
}

/** Returns the same bytes as a buffer. They are not copied. */
export function viewOf(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
