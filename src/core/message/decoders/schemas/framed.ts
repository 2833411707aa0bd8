import type { Payload, RecordHeader } from '../../../kafka';
import type { SchemaAddress } from '../../../schemaRegistry/lookup';
import { type DecodeOptions, type DecoderContext, intactBytes } from '../decoder';
import { framedData, type Framing, readFraming } from '../framing';
import { Misfit } from './problems';
import type { SchemaSource, Sourced } from './source';

/** A key or value, and what it says of its schema. */
export interface FramedMessage<T> {
  /** `undefined`: some bytes were replaced on the way. */
  readonly bytes: Buffer | undefined;
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
 * a file is for messages that no registry knows: none is asked then.
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
): Promise<readonly FramedMessage<T>[]> {
  const messages = payloads.map((payload, index) =>
    messageOf(payload, part, options?.headers?.[index]),
  );
  // Most messages share the object of their address.
  const addresses = new Set(
    named?.by === 'file' ? [] : messages.flatMap(({ framing }) => framing?.address ?? []),
  );
  const registered = await source.all(addresses, options);
  const own = named && (await source.one(named, options));
  return messages.map(({ bytes, framing }) => {
    const attempts: Attempt<T>[] = [];
    if (!bytes) return { bytes, framing, attempts };
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
): Pick<FramedMessage<never>, 'bytes' | 'framing'> {
  const bytes = intactBytes(payload);
  return { bytes, framing: bytes && readFraming(bytes, part, headers) };
}

function unframed(bytes: Buffer, framing: Framing): Buffer {
  try {
    return framedData(bytes, framing);
  } catch {
    throw new Misfit('the data cannot be decompressed');
  }
}
