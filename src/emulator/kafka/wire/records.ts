import type { KafkaRecord, NewRecord, Payload, RecordHeader } from '../../../core/kafka';
import { decompress } from './compression';
import { crc32c } from './crc32c';
import { MalformedBytes, Reader } from './reader';
import { Writer } from './writer';

/** The version of the format of batches, which Kafka has had since 0.11. */
const MAGIC = 2;
/** The number of bytes before the part that the length of a batch counts. */
const PREFIX = 12;
/** What the checksum covers begins here. */
const CHECKED_FROM = 21;

const CODEC_BITS = 0x07;
const IS_LOG_APPEND_TIME = 0x08;
const IS_TRANSACTIONAL = 0x10;
const IS_CONTROL = 0x20;

const ABORT_MARKER = 0;

/** Records that were appended together. */
export interface RecordBatch {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly producerId: bigint;
  readonly isTransactional: boolean;
  /** Whether it is the mark of a transaction's end, which is not for clients. */
  readonly isControl: boolean;
  readonly attributes: number;
  readonly baseTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly count: number;
  /** The records, perhaps compressed. */
  readonly payload: Buffer;
}

/**
 * Returns the batches in the bytes of a partition. The last one may be cut off, and is left out
 * then.
 *
 * @throws {MalformedBytes} if they are damaged, or older than Kafka 0.11
 */
export function batchesOf(bytes: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  const reader = new Reader(bytes);
  while (reader.rest >= PREFIX) {
    const baseOffset = reader.int64();
    const length = reader.int32();
    if (length > reader.rest && batches.length > 0) break;
    batches.push(readBatch(baseOffset, reader.raw(length)));
  }
  return batches;
}

function readBatch(baseOffset: bigint, bytes: Buffer): RecordBatch {
  const reader = new Reader(bytes);
  // The epoch of the leader.
  reader.int32();
  const magic = reader.int8();
  if (magic !== MAGIC) {
    throw new MalformedBytes(`The records have the format ${magic}, but only ${MAGIC} is read.`);
  }
  const checksum = reader.uint32();
  if (checksum !== crc32c(bytes.subarray(CHECKED_FROM - PREFIX))) {
    throw new MalformedBytes('The checksum of the records is wrong.');
  }
  const attributes = reader.int16();
  const lastOffset = baseOffset + BigInt(reader.int32());
  const baseTimestamp = reader.int64();
  const maxTimestamp = reader.int64();
  const producerId = reader.int64();
  // The epoch of the producer, and the number of the first record.
  reader.raw(6);
  const count = reader.int32();
  return {
    ...{ baseOffset, lastOffset, producerId, attributes, baseTimestamp, maxTimestamp, count },
    isTransactional: (attributes & IS_TRANSACTIONAL) !== 0,
    isControl: (attributes & IS_CONTROL) !== 0,
    payload: reader.raw(reader.rest),
  };
}

/**
 * Returns the records of a batch from an offset on, with keys and values as bytes.
 *
 * @throws {MalformedBytes}
 */
export function recordsOf(batch: RecordBatch, partition: number, from: bigint): KafkaRecord[] {
  const { attributes, baseOffset, baseTimestamp, count } = batch;
  const reader = new Reader(decompress(attributes & CODEC_BITS, batch.payload));
  const appended = attributes & IS_LOG_APPEND_TIME ? Number(batch.maxTimestamp) : undefined;
  const timestampType = appended === undefined ? 'CreateTime' : 'LogAppendTime';
  const records: KafkaRecord[] = [];
  for (let index = 0; index < count; index++) {
    const record = new Reader(reader.raw(reader.varint()));
    record.int8();
    const created = Number(baseTimestamp + record.varlong());
    const offset = baseOffset + BigInt(record.varint());
    if (offset < from) continue;
    const key = payload(record);
    const value = payload(record);
    const headers = headersOf(record);
    records.push({
      ...{ partition, offset, timestamp: appended ?? created, timestampType, key, value },
      ...(headers.length > 0 && { headers }),
    });
  }
  return records;
}

function payload(reader: Reader): Buffer | null {
  const length = reader.varint();
  return length === -1 ? null : reader.raw(length);
}

function headersOf(reader: Reader): RecordHeader[] {
  const headers: RecordHeader[] = [];
  for (let count = reader.varint(); headers.length < count;) {
    const name = reader.raw(reader.varint()).toString();
    headers.push({ name, value: payload(reader) });
  }
  return headers;
}

/** Returns whether a control batch says that the transaction of its producer was aborted. */
export function isAbort(batch: RecordBatch): boolean {
  const record = new Reader(batch.payload);
  record.varint();
  record.int8();
  record.varlong();
  record.varint();
  const key = payload(record);
  // The key is a version and the type.
  return key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER;
}

/** A record with a timestamp in epoch milliseconds. */
export type TimedRecord = NewRecord & { readonly timestamp: number };

/** Returns the bytes of a batch, not compressed, to which the broker gives the offsets. */
export function encodeBatch(records: readonly TimedRecord[]): Buffer {
  const times = records.map(({ timestamp }) => timestamp);
  const base = times[0] ?? 0;
  const max = times.reduce((latest, time) => Math.max(latest, time), base);
  const checked = new Writer()
    .int16(0)
    .int32(records.length - 1)
    .int64(BigInt(base))
    .int64(BigInt(max))
    // No producer id, epoch or sequence: the producer is not idempotent.
    .int64(-1n)
    .int16(-1)
    .int32(-1)
    .int32(records.length);
  records.forEach((record, index) => {
    const { bytes } = encodeRecord(record, record.timestamp - base, index);
    checked.varint(bytes.length).raw(bytes);
  });
  const { bytes } = checked;
  const length = CHECKED_FROM - PREFIX + bytes.length;
  const prefix = new Writer().int64(0n).int32(length).int32(-1).int8(MAGIC).uint32(crc32c(bytes));
  return Buffer.concat([prefix.bytes, bytes]);
}

function encodeRecord(record: TimedRecord, timestampDelta: number, offsetDelta: number): Writer {
  const { key = null, value, headers = [] } = record;
  const writer = new Writer().int8(0).varint(timestampDelta).varint(offsetDelta);
  writePayload(writer, key);
  writePayload(writer, value);
  writer.varint(headers.length);
  for (const header of headers) {
    writePayload(writer, header.name);
    writePayload(writer, header.value);
  }
  return writer;
}

function writePayload(writer: Writer, payload: Payload | null): void {
  if (payload === null) {
    writer.varint(-1);
  } else {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    writer.varint(bytes.length).raw(bytes);
  }
}
