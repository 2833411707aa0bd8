import { phrase } from '../../../phrase';
import { TooLarge } from '../schemas/problems';
import type { EnumPlan, FieldPlan, MessagePlan, Plans, ValuePlan } from './plan';
import { RawFields } from './rawView';
import type { Reading } from './reading';
import { readSpecial } from './readSpecial';
import { scalars } from './scalars';
import { MAX_DEPTH, WireError, WireReader, wireTypes } from './wire';

/** The member of a message that has the fields which its schema does not know, as `rawView` does. */
export const UNKNOWN = '?';
/** How long the JSON of one key or value may become, in characters. */
const MAX_LENGTH = 64 * 1024 * 1024;

/**
 * Returns the JSON of a message: its fields in the order of the schema, by their names in JSON.
 * Fields that need not be there are shown with their default where the schema tells no difference.
 * As in Protobuf's own JSON, except that integers of 64 bits are numbers, and that nothing is lost:
 * unknown fields are a member `?`. Throws a `WireError` or `TooLarge`.
 */
export function readMessage(
  bytes: Buffer,
  plan: MessagePlan,
  plans: Plans,
): { readonly text: string; readonly hasUnknown: boolean } {
  const reading: Reading = {
    plans,
    room: MAX_LENGTH,
    hasUnknown: false,
    message: (part, of, depth) => messageJson(part, of, reading, depth),
    members: (part, of, depth) => membersJson(part, of, reading, depth),
  };
  const text = reading.message(bytes, plan, 0);
  return { text, hasUnknown: reading.hasUnknown };
}

/** The JSON of the values of each field, and of messages their bytes, which add up. */
type Values = Map<FieldPlan, (string | Buffer)[]>;

function messageJson(bytes: Buffer, plan: MessagePlan, reading: Reading, depth: number): string {
  if (depth > MAX_DEPTH) throw new WireError(phrase('messages are nested too deeply'));
  return (
    readSpecial(bytes, plan, reading, depth) ?? `{${membersJson(bytes, plan, reading, depth)}}`
  );
}

function membersJson(bytes: Buffer, plan: MessagePlan, reading: Reading, depth: number): string {
  const values: Values = new Map();
  const unknown = new RawFields();
  const reader = new WireReader(bytes);
  while (reader.hasMore) {
    const tag = reader.tag();
    const field = plan.find(tag >>> 3);
    if (!field || !readField(reader, tag, field, values, reading, depth)) {
      unknown.read(reader, tag, depth);
    }
  }
  const members: string[] = [];
  const add = (field: FieldPlan, member: string) => {
    // What is nested was counted before.
    reading.room -= field.value.kind === 'message' ? field.name.length : member.length;
    if (reading.room < 0) throw new TooLarge();
    members.push(member);
  };
  for (const field of plan.fields) {
    const found = values.get(field);
    const member = found ? memberJson(found, field, reading, depth) : defaultMember(field);
    if (member !== undefined) add(field, member);
  }
  for (const [field, found] of values) {
    if (field.isExtension) add(field, memberJson(found, field, reading, depth));
  }
  if (!unknown.isEmpty) {
    reading.hasUnknown = true;
    members.push(`"${UNKNOWN}":${unknown.json}`);
  }
  return members.join();
}

/** Reads a value of a field, unless its wire type is not the field's. Returns whether it did. */
function readField(
  reader: WireReader,
  tag: number,
  field: FieldPlan,
  values: Values,
  reading: Reading,
  depth: number,
): boolean {
  const wireType = tag & 7;
  const expected = field.shape === 'map' ? wireTypes.bytes : wireTypeOf(field.value);
  const isPacked =
    wireType !== expected &&
    wireType === wireTypes.bytes &&
    field.shape === 'list' &&
    field.value.kind !== 'message';
  if (wireType !== expected && !isPacked) return false;
  let found = values.get(field);
  if (!found) values.set(field, (found = []));
  if (isPacked) {
    const packed = new WireReader(reader.slice());
    while (packed.hasMore) found.push(valueJson(packed, field.value));
    return true;
  }
  if (field.oneof !== undefined) {
    for (const other of values.keys()) {
      if (other !== field && other.oneof === field.oneof) values.delete(other);
    }
  }
  if (field.shape === 'map') found.push(entryJson(reader.slice(), field, reading, depth));
  else if (field.value.kind !== 'message') {
    if (field.shape === 'one') found.length = 0;
    found.push(valueJson(reader, field.value));
  } else {
    const bytes = field.value.isGroup ? reader.group(tag >>> 3, depth) : reader.slice();
    if (field.shape === 'one') found.push(bytes);
    else found.push(messageJson(bytes, field.value.message(), reading, depth + 1));
  }
  return true;
}

function memberJson(
  values: readonly (string | Buffer)[],
  field: FieldPlan,
  reading: Reading,
  depth: number,
): string {
  return field.label + fieldJson(values, field, reading, depth);
}

function fieldJson(
  values: readonly (string | Buffer)[],
  { shape, value }: FieldPlan,
  reading: Reading,
  depth: number,
): string {
  if (shape === 'list') return `[${values.join()}]`;
  if (shape === 'map') return `{${values.join()}}`;
  if (value.kind !== 'message') return String(values[0]);
  // The parts of a message that is written several times are merged, as if they were one.
  const parts = values.filter((part) => typeof part !== 'string');
  const bytes = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  return messageJson(bytes, value.message(), reading, depth + 1);
}

/** Returns the member of an object that stands for an entry of a map. */
function entryJson(
  bytes: Buffer,
  { mapKey, value }: FieldPlan,
  reading: Reading,
  depth: number,
): string {
  const key = scalars[mapKey ?? 9];
  const reader = new WireReader(bytes);
  let keyJson = key.zero;
  let json: string | undefined;
  const parts: Buffer[] = [];
  while (reader.hasMore) {
    const tag = reader.tag();
    if (tag === 8 + key.wireType) keyJson = key.read(reader);
    else if (tag !== 16 + wireTypeOf(value)) reader.skipValue(tag, depth);
    else if (value.kind !== 'message') json = valueJson(reader, value);
    else parts.push(value.isGroup ? reader.group(2, depth) : reader.slice());
  }
  const shown =
    value.kind === 'message'
      ? messageJson(Buffer.concat(parts), value.message(), reading, depth + 1)
      : (json ?? zeroJson(value));
  return `${keyJson.startsWith('"') ? keyJson : JSON.stringify(keyJson)}:${shown}`;
}

const defaultMembers = new WeakMap<FieldPlan, string>();

/** Returns what is shown of a field that is not there; `undefined`: nothing. */
function defaultMember(field: FieldPlan): string | undefined {
  const known = defaultMembers.get(field);
  if (known !== undefined) return known;
  const json = defaultJson(field);
  if (json === undefined) return undefined;
  const member = field.label + json;
  defaultMembers.set(field, member);
  return member;
}

function defaultJson({ shape, value, isImplicit }: FieldPlan): string | undefined {
  if (shape === 'list') return '[]';
  if (shape === 'map') return '{}';
  return isImplicit && value.kind !== 'message' ? zeroJson(value) : undefined;
}

function zeroJson(value: Exclude<ValuePlan, { kind: 'message' }>): string {
  return value.kind === 'scalar' ? scalars[value.scalar].zero : enumJson(0, value.enum);
}

function valueJson(reader: WireReader, value: Exclude<ValuePlan, { kind: 'message' }>): string {
  if (value.kind === 'scalar') return scalars[value.scalar].read(reader);
  return enumJson(reader.varint() | 0, value.enum);
}

/** Numbers that have no name are shown as they are. */
function enumJson(number: number, { name, names }: EnumPlan): string {
  if (name === 'google.protobuf.NullValue') return 'null';
  const known = names.get(number);
  return known === undefined ? String(number) : `"${known}"`;
}

export function wireTypeOf(value: ValuePlan): number {
  if (value.kind === 'scalar') return scalars[value.scalar].wireType;
  if (value.kind === 'enum') return wireTypes.varint;
  return value.isGroup ? wireTypes.group : wireTypes.bytes;
}
