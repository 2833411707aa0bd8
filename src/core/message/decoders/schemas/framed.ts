import { type Phrase, phrase } from '../../../phrase';
import type { Payload, RecordHeader } from '../../../kafka';
import type { SchemaAddress } from '../../../schemaRegistry/lookup';
import { type DecodeOptions, type DecoderContext, intactBytes, type Shown } from '../decoder';
import { framedData, type Framing, readFraming } from '../framing';
import { Misfit } from './problems';
import { type ReadySchema, type SchemaSource, type Sourced, withoutSchema } from './source';

/** A key or value, and what it says of its schema. */
export interface FramedMessage<T> {
  readonly bytes: Buffer;
  readonly framing: Framing | undefined;
  /** The ways to read it, in the order in which they are tried. */
  readonly attempts: readonly Attempt<T>[];
}

/** A schema that the data may have. */
export interface Attempt<T> {
  readonly schema: Sourced<T>;
  /** Throws `Misfit` if they cannot be decompressed. */
  readonly data: () => Buffer;
}

/**
 * Looks up the schemas of keys or values: those that their framings name, because only the schema of
 * its writer is certain to read a message, and `named`, which the format names. Bytes without a
 * framing may begin like one, so that the named schema is tried on all of them, too. The schema of
 * a file is for messages that no registry knows: none is asked then. `undefined` stands for those of
 * which some bytes were replaced on the way.
 */
export async function framedMessages<T>(
  payloads: readonly Payload[],
  {
    named,
    source,
    part,
  }: {
    readonly named: SchemaAddress | undefined;
    readonly source: SchemaSource<T>;
    readonly part: DecoderContext['part'];
  },
  options?: DecodeOptions,
): Promise<readonly (FramedMessage<T> | undefined)[]> {
  const messages = payloads.map((payload, index) =>
    messageOf(payload, part, options?.headers?.[index]),
  );
  // Most messages share the object of their address.
  const addresses = new Set(
    named?.by === 'file' ? [] : messages.flatMap((message) => message?.framing?.address ?? []),
  );
  const registered = await source.all(addresses, options);
  const own = named && (await source.one(named, options));
  return messages.map((message) => {
    if (!message) return undefined;
    const { bytes, framing } = message;
    const attempts: Attempt<T>[] = [];
    const data = () => (framing ? unframed(bytes, framing) : bytes);
    const writers = framing?.address && registered.get(framing.address);
    if (writers) attempts.push({ schema: writers, data });
    if (own) attempts.push({ schema: own, data: () => bytes });
    if (own && framing) attempts.push({ schema: own, data });
    return { bytes, framing, attempts };
  });
}

function messageOf(
  payload: Payload,
  part: DecoderContext['part'],
  headers: readonly RecordHeader[] | undefined,
): Pick<FramedMessage<never>, 'bytes' | 'framing'> | undefined {
  const bytes = intactBytes(payload);
  return bytes && { bytes, framing: readFraming(bytes, part, headers) };
}

function unframed(bytes: Buffer, framing: Framing): Buffer {
  try {
    return framedData(bytes, framing);
  } catch {
    throw new Misfit(phrase('the data cannot be decompressed'));
  }
}

/**
 * Returns what the first schema that reads the data makes of them; if there is none, why the first one
 * does not. `undefined`: there are no schemas.
 */
export function firstRead<T>(
  attempts: readonly Attempt<T>[],
  read: (schema: ReadySchema<T>, data: () => Buffer) => Shown,
): Shown | undefined {
  let first: Shown | undefined;
  for (const { schema, data } of attempts) {
    const shown = schema.failure ? withoutSchema(schema) : read(schema, data);
    if (shown.text !== undefined) return shown;
    first ??= shown;
  }
  return first;
}

/** Says why a framing leads to no schema. */
export function noSchemaOf({ names }: Framing): Phrase {
  return phrase('only its own registry knows the {0}', names);
}
