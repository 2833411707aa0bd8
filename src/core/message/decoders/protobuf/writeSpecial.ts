import { phrase } from '../../../phrase';
import { ScalarType } from '@bufbuild/protobuf';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { at, Misfit, TooLarge } from '../schemas/problems';
import { utf8Of } from '../schemas/utf8';
import { bytesOfBase64 } from './base64';
import type { MessagePlan } from './plan';
import { scalars } from './scalars';
import { isSpecial, MAX_SECONDS, messageOfUrl, snakePath, TIMES, wrapped } from './special';
import { MAX_DEPTH, wireTypes, WireWriter } from './wire';
import type { Writing } from './writing';

/** Returns the bytes of a message from its own form in JSON; `undefined` if it is in another form. */
type Write = (json: ExactJson, writing: Writing, depth: number) => Buffer | undefined;

const TIME = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;

const writes: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['google.protobuf.Any', any],
  ['google.protobuf.Duration', duration],
  ['google.protobuf.FieldMask', fieldMask],
  ['google.protobuf.ListValue', (json, _, depth) => list(json, depth)],
  ['google.protobuf.Struct', (json, _, depth) => struct(json, depth)],
  ['google.protobuf.Timestamp', timestamp],
  ['google.protobuf.Value', (json, _, depth) => value(json, depth)],
]);

/**
 * Returns the bytes of a message that has a form of its own in JSON; `undefined` if it has none, or
 * if it stands there as any other message.
 */
export function writeSpecial(
  json: ExactJson,
  { name }: MessagePlan,
  writing: Writing,
  depth: number,
): Buffer | undefined {
  if (!isSpecial(name)) return undefined;
  const scalar = wrapped.get(name);
  return scalar === undefined
    ? writes.get(name)?.(json, writing, depth)
    : wrappedValue(json, scalar);
}

function wrappedValue(json: ExactJson, type: ScalarType): Buffer | undefined {
  if (isMembers(json) && !json.has('base64')) return undefined;
  const scalar = scalars[type];
  const writer = new WireWriter();
  scalar.write(json, writer);
  const bytes = writer.finish();
  if (bytes.every((byte) => byte === 0)) return Buffer.alloc(0);
  return new WireWriter().tag(1, scalar.wireType).raw(bytes).finish();
}

function secondsAndNanos(seconds: bigint, nanos: number): Buffer {
  const writer = new WireWriter();
  if (seconds !== 0n) writer.tag(1, wireTypes.varint).varint(seconds);
  if (nanos !== 0) writer.tag(2, wireTypes.varint).varint(BigInt(nanos));
  return writer.finish();
}

function timestamp(json: ExactJson): Buffer | undefined {
  if (isMembers(json)) return undefined;
  const [, day = '', time = '', fraction = '', zone = ''] =
    TIME.exec(typeof json === 'string' ? json : '') ?? [];
  const utc = Date.parse(`${day}T${time}Z`);
  // A day that does not exist becomes another one.
  const exists = !Number.isNaN(utc) && new Date(utc).toISOString().startsWith(`${day}T${time}`);
  const seconds = Date.parse(`${day}T${time}${zone.toUpperCase()}`) / 1000;
  const [first, last] = TIMES;
  if (!exists || Number.isNaN(seconds) || seconds < first || seconds > last) {
    throw new Misfit(phrase('must be a time such as "2026-01-31T23:59:59.5Z"'));
  }
  return secondsAndNanos(BigInt(seconds), nanosOf(fraction));
}

function duration(json: ExactJson): Buffer | undefined {
  if (isMembers(json)) return undefined;
  const match = DURATION.exec(typeof json === 'string' ? json : '');
  const [, sign = '', digits = '', fraction = ''] = match ?? [];
  const seconds = BigInt(digits);
  if (!match || seconds > MAX_SECONDS)
    throw new Misfit(phrase('must be a duration such as "1.5s"'));
  const nanos = nanosOf(fraction);
  return sign === '' ? secondsAndNanos(seconds, nanos) : secondsAndNanos(-seconds, -nanos);
}

function nanosOf(fraction: string): number {
  return Number(fraction.padEnd(9, '0'));
}

function fieldMask(json: ExactJson): Buffer | undefined {
  if (isMembers(json)) return undefined;
  if (typeof json !== 'string')
    throw new Misfit(phrase('must be the paths of fields with commas between'));
  const writer = new WireWriter();
  for (const path of json === '' ? [] : json.split(',')) {
    writer.tag(1, wireTypes.bytes).slice(utf8Of(snakePath(path)));
  }
  return writer.finish();
}

function any(json: ExactJson, writing: Writing, depth: number): Buffer | undefined {
  const url = isMembers(json) ? json.get('@type') : undefined;
  if (!isMembers(json) || url === undefined) return undefined;
  if (typeof url !== 'string') throw new Misfit(phrase('must be the address of a type'), ['@type']);
  const plan = writing.plans.named(messageOfUrl(url));
  const inside = json.get('value');
  const members = new Map([...json].filter(([name]) => name !== '@type'));
  const bytes = !plan
    ? at('value', () => bytesOfBase64(inside ?? ''))
    : isSpecial(plan.name)
      ? at('value', () => writing.message(inside ?? null, plan, depth + 1))
      : writing.message(members, plan, depth + 1);
  const writer = new WireWriter().tag(1, wireTypes.bytes).slice(utf8Of(url));
  if (bytes.length > 0) writer.tag(2, wireTypes.bytes).slice(bytes);
  return writer.finish();
}

function struct(json: ExactJson, depth: number): Buffer {
  if (!isMembers(json)) throw new Misfit(phrase('must be an object'));
  const writer = new WireWriter();
  for (const [name, member] of json) {
    const entry = new WireWriter().tag(1, wireTypes.bytes).slice(utf8Of(name));
    entry.tag(2, wireTypes.bytes).slice(at(name, () => value(member, depth + 1)));
    writer.tag(1, wireTypes.bytes).slice(entry.finish());
  }
  return writer.finish();
}

function list(json: ExactJson, depth: number): Buffer {
  if (!isElements(json)) throw new Misfit(phrase('must be an array'));
  const writer = new WireWriter();
  for (const [index, item] of json.entries()) {
    writer.tag(1, wireTypes.bytes).slice(at(index, () => value(item, depth + 1)));
  }
  return writer.finish();
}

function value(json: ExactJson, depth: number): Buffer {
  if (depth > MAX_DEPTH) throw new TooLarge();
  const writer = new WireWriter();
  if (json === null) writer.tag(1, wireTypes.varint).varint(0n);
  else if (json instanceof JsonNumber) {
    writer.tag(2, wireTypes.fixed64);
    scalars[ScalarType.DOUBLE].write(json, writer);
  } else if (typeof json === 'string') {
    writer.tag(3, wireTypes.bytes).slice(utf8Of(json));
  } else if (typeof json === 'boolean') {
    writer.tag(4, wireTypes.varint).varint(json ? 1n : 0n);
  } else if (isElements(json)) writer.tag(6, wireTypes.bytes).slice(list(json, depth + 1));
  else writer.tag(5, wireTypes.bytes).slice(struct(json, depth + 1));
  return writer.finish();
}
