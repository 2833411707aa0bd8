/**
 * The messages between the extension host and the worker that decodes. The worker gets bytes, texts
 * and schemas, and nothing else: no secret, no environment, and no way to the network but its own
 * code, which asks the host for schemas.
 */

import type { RecordHeader } from '../core/kafka';
import type { Phrase } from '../core/phrase';
import type { Encoded, FormatDescription, FormatName } from '../core/message/decoders/decoder';
import type {
  FoundSchema,
  SchemaAddress,
  SchemaErrorKind,
  SchemaUse,
} from '../core/schemaRegistry/lookup';
import type { PackedPayloads, PackedShown } from './packing';

/** A format, and what it is opened for. */
export interface Use extends SchemaUse {
  readonly format: FormatName;
  /** The number of the `SchemaLookup` to ask; `undefined`: there are no schemas. */
  readonly schemas: number | undefined;
}

export type Work =
  | {
      readonly type: 'decode';
      readonly payloads: PackedPayloads;
      readonly headers?: readonly (readonly RecordHeader[] | undefined)[];
    }
  | { readonly type: 'encode'; readonly texts: readonly string[] }
  | { readonly type: 'describe' };

/** The result of each type of work. */
export interface Results {
  readonly decode: PackedShown;
  readonly encode: readonly Encoded[];
  readonly describe: FormatDescription | undefined;
}

/** A failure as it crosses between the threads. */
export type Failure = SchemaFailure | { readonly message: string; readonly kind?: never };

/** A `SchemaError` as it crosses between the threads. */
export interface SchemaFailure {
  readonly kind: SchemaErrorKind;
  readonly phrase: Phrase;
}

export type ToWorker =
  | { readonly type: 'work'; readonly id: number; readonly use: Use; readonly work: Work }
  | { readonly type: 'cancel'; readonly id: number }
  /** Responds to `find`. */
  | { readonly type: 'found'; readonly id: number; readonly found: FoundSchema }
  | { readonly type: 'notFound'; readonly id: number; readonly failure: SchemaFailure };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly result: Results[keyof Results] }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }
  | {
      readonly type: 'find';
      readonly id: number;
      readonly schemas: number;
      readonly address: SchemaAddress;
      readonly use: SchemaUse;
    };
