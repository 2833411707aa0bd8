import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { ScalarType } from '@bufbuild/protobuf';
import type { MessagePlan } from './plan';
import type { Reading } from './reading';
import { scalars } from './scalars';
import {
  camelPath,
  isSpecial,
  MAX_SECONDS,
  messageOfUrl,
  snakePath,
  TIMES,
  wrapped,
} from './special';
import { MAX_DEPTH, signed64, WireError, WireReader, wireTypes } from './wire';

/** How a message is shown that has a form of its own in JSON. */
type Read = (bytes: Buffer, reading: Reading, depth: number) => string | undefined;

const tag = (number: number, wireType: number) => number * 8 + wireType;

const reads: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['google.protobuf.Any', any],
  ['google.protobuf.Duration', duration],
  ['google.protobuf.FieldMask', fieldMask],
  ['google.protobuf.ListValue', (bytes, _, depth) => list(bytes, depth)],
  ['google.protobuf.Struct', (bytes, _, depth) => struct(bytes, depth)],
  ['google.protobuf.Timestamp', timestamp],
  ['google.protobuf.Value', (bytes, _, depth) => value(bytes, depth)],
]);

/**
 * Returns the JSON of a message that has a form of its own; `undefined` if it has none, or if what
 * it holds does not fit into that form.
 */
export function readSpecial(
  bytes: Buffer,
  { name }: MessagePlan,
  reading: Reading,
  depth: number,
): string | undefined {
  if (!isSpecial(name)) return undefined;
  const scalar = wrapped.get(name);
  return scalar === undefined
    ? reads.get(name)?.(bytes, reading, depth)
    : wrappedValue(bytes, scalar);
}

function wrappedValue(bytes: Buffer, type: ScalarType): string | undefined {
  const scalar = scalars[type];
  const reader = new WireReader(bytes);
  let json = scalar.zero;
  while (reader.hasMore) {
    if (reader.tag() !== tag(1, scalar.wireType)) return undefined;
    json = scalar.read(reader);
  }
  return json;
}

/** Reads seconds and nanoseconds; `undefined` if there is anything else. */
function secondsAndNanos(bytes: Buffer): readonly [bigint, number] | undefined {
  const reader = new WireReader(bytes);
  let [seconds, nanos] = [0n, 0];
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.varint)) seconds = BigInt(signed64(reader.varint(), reader.high));
    else if (next === tag(2, wireTypes.varint)) nanos = reader.varint() | 0;
    else return undefined;
  }
  return [seconds, nanos];
}

function timestamp(bytes: Buffer): string | undefined {
  const [seconds, nanos] = secondsAndNanos(bytes) ?? [0n, -1];
  const [first, last] = TIMES;
  if (seconds < first || seconds > last || nanos < 0 || nanos > 999_999_999) return undefined;
  const date = new Date(Number(seconds) * 1000).toISOString();
  return `"${date.replace('.000Z', `${fraction(nanos)}Z`)}"`;
}

function duration(bytes: Buffer): string | undefined {
  const [seconds, nanos] = secondsAndNanos(bytes) ?? [0n, 1e9];
  const isNegative = seconds < 0n || nanos < 0;
  const size = seconds < 0n ? -seconds : seconds;
  const isWhole = seconds === 0n || nanos === 0 || seconds < 0n === nanos < 0;
  if (size > MAX_SECONDS || Math.abs(nanos) > 999_999_999 || !isWhole) return undefined;
  return `"${isNegative ? '-' : ''}${size}${fraction(Math.abs(nanos))}s"`;
}

/** Returns nanoseconds as 0, 3, 6 or 9 digits. */
function fraction(nanos: number): string {
  if (nanos === 0) return '';
  return `.${String(nanos)
    .padStart(9, '0')
    .replace(/(?:000){1,2}$/, '')}`;
}

function fieldMask(bytes: Buffer): string | undefined {
  const reader = new WireReader(bytes);
  const paths: string[] = [];
  while (reader.hasMore) {
    if (reader.tag() !== tag(1, wireTypes.bytes)) return undefined;
    const path = reader.slice().toString();
    const camel = camelPath(path);
    if (!/^[\w.]+$/.test(path) || snakePath(camel) !== path) return undefined;
    paths.push(camel);
  }
  return `"${paths.join()}"`;
}

function any(bytes: Buffer, reading: Reading, depth: number): string | undefined {
  const reader = new WireReader(bytes);
  let url = '';
  let inside: Buffer = Buffer.alloc(0);
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.bytes)) {
      const text = reader.slice();
      if (!isUtf8(text)) return undefined;
      url = text.toString();
    } else if (next === tag(2, wireTypes.bytes)) inside = reader.slice();
    else return undefined;
  }
  if (url === '') return undefined;
  const type = `"@type":${JSON.stringify(url)}`;
  const plan = reading.plans.named(messageOfUrl(url));
  if (!plan) return `{${type},"value":"${inside.toString('base64')}"}`;
  try {
    if (isSpecial(plan.name)) {
      return `{${type},"value":${reading.message(inside, plan, depth + 1)}}`;
    }
    const members = reading.members(inside, plan, depth + 1);
    return members === '' ? `{${type}}` : `{${type},${members}}`;
  } catch (error) {
    // It is shown as its bytes then.
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function struct(bytes: Buffer, depth: number): string {
  const reader = new WireReader(bytes);
  const members: string[] = [];
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.bytes)) members.push(structMember(reader.slice(), depth));
    else reader.skipValue(next, depth);
  }
  return `{${members.join()}}`;
}

function structMember(bytes: Buffer, depth: number): string {
  const reader = new WireReader(bytes);
  let [key, json] = ['""', 'null'];
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.bytes)) key = JSON.stringify(reader.slice().toString());
    else if (next === tag(2, wireTypes.bytes)) json = value(reader.slice(), depth + 1);
    else reader.skipValue(next, depth);
  }
  return `${key}:${json}`;
}

function list(bytes: Buffer, depth: number): string {
  const reader = new WireReader(bytes);
  const items: string[] = [];
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.bytes)) items.push(value(reader.slice(), depth + 1));
    else reader.skipValue(next, depth);
  }
  return `[${items.join()}]`;
}

function value(bytes: Buffer, depth: number): string {
  if (depth > MAX_DEPTH) throw new WireError(phrase('values are nested too deeply'));
  const reader = new WireReader(bytes);
  let json = 'null';
  while (reader.hasMore) {
    const next = reader.tag();
    if (next === tag(1, wireTypes.varint)) {
      reader.varint();
      json = 'null';
    } else if (next === tag(2, wireTypes.fixed64)) json = scalars[ScalarType.DOUBLE].read(reader);
    else if (next === tag(3, wireTypes.bytes)) json = JSON.stringify(reader.slice().toString());
    else if (next === tag(4, wireTypes.varint)) json = scalars[ScalarType.BOOL].read(reader);
    else if (next === tag(5, wireTypes.bytes)) json = struct(reader.slice(), depth + 1);
    else if (next === tag(6, wireTypes.bytes)) json = list(reader.slice(), depth + 1);
    else reader.skipValue(next, depth);
  }
  return json;
}
