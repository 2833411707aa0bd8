import { inflateSync } from 'node:zlib';
import type { RecordHeader } from '../../kafka';
import type { SchemaAddress } from '../../schemaRegistry/lookup';
import { viewOf } from './decoder';

/** What serializers write before the data, or into headers, so that readers find the schema. */
export interface Framing {
  readonly kind: 'confluent' | 'glue' | 'apicurio';
  /** Missing: a registry that speaks Confluent's API does not know the schema by its number. */
  readonly address?: SchemaAddress;
  /** What the framing names, in English, such as `id 7`. */
  readonly names: string;
  /** Where the data begin in the payload. */
  readonly start: number;
  /** Whether the data are compressed with zlib. */
  readonly isDeflated?: true;
  /** What a header has after the id: the indexes of the message, for Protobuf. */
  readonly messageIndexes?: Uint8Array;
}

/** The most bytes that `framedData` makes of compressed ones. */
const MAX_INFLATED = 32 * 1024 * 1024;

/**
 * Reads the framing of a key or value, if there is one. Headers win over what the payload begins
 * with, as in Confluent's `DualSchemaIdDeserializer`. The forms:
 *
 * - Confluent: a 0 and an id of 4 bytes, or a 1 and a GUID of 16 bytes, before the data or in the
 *   headers `__key_schema_id` and `__value_schema_id` (`io.confluent.kafka.serializers.schema.id`);
 * - Apicurio: a 0 and a content id of 4 bytes, as Confluent's, or a global id of 8 bytes before the
 *   data; or ids of 8 bytes in headers such as `apicurio.value.contentId`. Content ids are what its
 *   Confluent API calls ids; global ids are other numbers;
 * - AWS Glue: a 3, a 0 or 5 (zlib), and the UUID of the version of a schema.
 *
 * A GUID is looked for only where it is likely one: data may begin with a 1, too.
 */
export function readFraming(
  bytes: Uint8Array,
  part: 'key' | 'value',
  headers: readonly RecordHeader[] | undefined,
): Framing | undefined {
  return (headers && framingOfHeaders(headers, part)) ?? framingOfBytes(viewOf(bytes));
}

/** Returns the data, without what stands before them. Throws if they cannot be decompressed. */
export function framedData(bytes: Uint8Array, { start, isDeflated }: Framing): Buffer {
  const data = viewOf(bytes).subarray(start);
  return isDeflated ? inflateSync(data, { maxOutputLength: MAX_INFLATED }) : data;
}

/** Puts Confluent's framing before data: a 0 and the id, which must be below 2^32. */
export function writeFraming(id: number, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(5 + data.length);
  framed.writeUInt32BE(id, 1);
  framed.set(data, 5);
  return framed;
}

/** What names a schema in another registry. Missing GUID: that registry gives none. */
export interface RegisteredId {
  readonly id: number;
  readonly guid?: string;
}

/** A payload and its headers, of which one has changed at most. */
export interface Reframed {
  readonly bytes: Uint8Array;
  readonly headers: readonly RecordHeader[] | undefined;
}

/**
 * Puts another id into what `readFraming` has read, of the same kind and in the same place. All other
 * bytes stay as they are. Returns `undefined` if the schema has no name of this kind.
 */
export function exchangeId(
  bytes: Uint8Array,
  part: 'key' | 'value',
  headers: readonly RecordHeader[] | undefined,
  { kind, start, address }: Framing,
  to: RegisteredId,
): Reframed | undefined {
  const name = address && nameOf(address.by, kind, to);
  if (!name) return undefined;
  const isContentId = kind === 'apicurio';
  const put = (target: Uint8Array): Buffer => {
    const changed = Buffer.from(target);
    name.copy(changed, isContentId ? 0 : 1);
    return changed;
  };
  // Only headers can say where the data begin without taking room before them.
  if (start > 0) return { bytes: put(bytes), headers };
  const header = isContentId ? `apicurio.${part}.contentId` : `__${part}_schema_id`;
  const at = headers?.findLastIndex((each) => each.name === header) ?? -1;
  const changed = headers?.map((each, index) =>
    index === at && each.value ? { ...each, value: put(each.value) } : each,
  );
  return { bytes, headers: changed };
}

function nameOf(
  by: SchemaAddress['by'],
  kind: Framing['kind'],
  { id, guid }: RegisteredId,
): Buffer | undefined {
  if (by === 'guid')
    return guid === undefined ? undefined : Buffer.from(guid.replaceAll('-', ''), 'hex');
  if (id < 0 || id >= 2 ** 32) return undefined;
  const name = Buffer.alloc(kind === 'apicurio' ? 8 : 4);
  name.writeUInt32BE(id, name.length - 4);
  return name;
}

function framingOfHeaders(
  headers: readonly RecordHeader[],
  part: 'key' | 'value',
): Framing | undefined {
  const last = (name: string): Buffer | undefined => {
    const value = headers.findLast((header) => header.name === name)?.value;
    return value ? viewOf(value) : undefined;
  };

  const id = last(`__${part}_schema_id`);
  const confluent = id && confluentFraming(id);
  if (confluent) {
    const { start, ...framing } = confluent;
    return { ...framing, start: 0, messageIndexes: id.subarray(start) };
  }
  const contentId = last(`apicurio.${part}.contentId`);
  const globalId = last(`apicurio.${part}.globalId`);
  if (contentId?.length === 8) {
    const number = Number(contentId.readBigUInt64BE());
    return {
      kind: 'apicurio',
      address: { by: 'id', id: number },
      names: `content id ${number}`,
      start: 0,
    };
  }
  return globalId?.length === 8 ? { ...apicurioGlobal(globalId, 0), start: 0 } : undefined;
}

function framingOfBytes(bytes: Buffer): Framing | undefined {
  if (bytes[0] === 3 && (bytes[1] === 0 || bytes[1] === 5) && bytes.length >= 18) {
    const names = `version ${uuid(bytes, 2)} of AWS Glue`;
    return { kind: 'glue', names, start: 18, ...(bytes[1] === 5 ? { isDeflated: true } : {}) };
  }
  // Registries count from 1, so that four zeros are the upper half of a number of eight bytes.
  if (bytes[0] === 0 && bytes.length >= 9 && bytes.readUInt32BE(1) === 0) {
    return bytes.readUInt32BE(5) === 0 ? undefined : apicurioGlobal(bytes, 1);
  }
  return confluentFraming(bytes);
}

function confluentFraming(bytes: Buffer): Framing | undefined {
  if (bytes[0] === 0 && bytes.length >= 5) return framingOfId(bytes.readUInt32BE(1));
  if (bytes[0] !== 1 || bytes.length < 17 || !looksLikeGuid(bytes)) return undefined;
  const guid = uuid(bytes, 1);
  return { kind: 'confluent', address: { by: 'guid', guid }, names: `GUID ${guid}`, start: 17 };
}

const framingsOfIds = new Map<number, Framing>();
const MAX_IDS = 1_000;

/** Messages with the same schema share their framing. */
function framingOfId(id: number): Framing {
  const known = framingsOfIds.get(id);
  if (known) return known;
  if (framingsOfIds.size >= MAX_IDS) framingsOfIds.clear();
  const framing = {
    kind: 'confluent',
    address: { by: 'id', id },
    names: `id ${id}`,
    start: 5,
  } as const;
  framingsOfIds.set(id, framing);
  return framing;
}

function apicurioGlobal(bytes: Buffer, at: number): Framing {
  const names = `global id ${bytes.readBigUInt64BE(at)} of Apicurio`;
  return { kind: 'apicurio', names, start: at + 8 };
}

/** Whether the variant and a version of RFC 9562 stand where a UUID has them. */
function looksLikeGuid(bytes: Buffer): boolean {
  const version = (bytes[7] ?? 0) >> 4;
  return version >= 1 && version <= 8 && (bytes[9] ?? 0) >> 6 === 0b10;
}

function uuid(bytes: Buffer, at: number): string {
  return bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
