import { phrase } from '../../../phrase';
import { ScalarType } from '@bufbuild/protobuf';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { at, Misfit, TooLarge } from '../schemas/problems';
import type { EnumPlan, FieldPlan, MessagePlan, Plans, ValuePlan } from './plan';
import { writeRaw } from './rawView';
import { UNKNOWN, wireTypeOf } from './readMessage';
import { scalars } from './scalars';
import { MAX_DEPTH, wireTypes, WireWriter } from './wire';
import { writeSpecial } from './writeSpecial';
import type { Writing } from './writing';

/**
 * Returns the bytes of a message of which `readMessage` shows the JSON. Fields may also have their
 * names in the schema, and integers may be texts, as in Protobuf's own JSON. The fields are written
 * in the order of their numbers, as the reference implementations do. Throws `Misfit` or `TooLarge`.
 */
export function writeMessage(json: ExactJson, plan: MessagePlan, plans: Plans): Buffer {
  const writing: Writing = {
    plans,
    message: (part, of, depth) => messageBytes(part, of, writing, depth),
  };
  return writing.message(json, plan, 0);
}

function messageBytes(json: ExactJson, plan: MessagePlan, writing: Writing, depth: number): Buffer {
  if (depth > MAX_DEPTH) throw new TooLarge();
  const special = writeSpecial(json, plan, writing, depth);
  if (special) return special;
  if (!isMembers(json))
    throw new Misfit(phrase('must be an object, which stands for {0}', plan.name));
  const written = new Map<FieldPlan, Buffer>();
  const oneofs = new Map<string, string>();
  const unknown = new WireWriter();
  for (const [name, value] of json) {
    at(name, () => {
      const field = plan.named(name);
      if (!field && name === UNKNOWN) {
        writeRaw(value, unknown);
        return;
      }
      if (!field) throw new Misfit(phrase('is no field of {0}', plan.name));
      if (value === null && !takesNull(field.value)) return;
      if (written.has(field)) throw new Misfit(phrase('is there twice, also by its other name'));
      if (field.oneof !== undefined) {
        const other = oneofs.get(field.oneof);
        if (other !== undefined)
          throw new Misfit(phrase("cannot be there together with '{0}'", other));
        oneofs.set(field.oneof, name);
      }
      written.set(field, fieldBytes(value, field, writing, depth));
    });
  }
  for (const field of plan.fields) {
    if (field.isRequired && !written.has(field))
      throw new Misfit(phrase("needs the field '{0}'", field.name));
  }
  return Buffer.concat([...inOrder(written), unknown.finish()]);
}

/**
 * Returns what was written of a message in the order of the numbers of its fields. Extensions keep
 * theirs, because not all implementations sort them.
 */
function inOrder(written: ReadonlyMap<FieldPlan, Buffer>): readonly Buffer[] {
  const extensions = [...written].filter(([{ isExtension }]) => isExtension);
  const bytes: Buffer[] = [];
  const fields = [...written].filter(([{ isExtension }]) => !isExtension);
  for (const [{ number }, field] of fields.sort(([a], [b]) => a.number - b.number)) {
    while ((extensions[0]?.[0].number ?? Infinity) < number) {
      bytes.push(...extensions.splice(0, 1).map(([, extension]) => extension));
    }
    bytes.push(field);
  }
  return [...bytes, ...extensions.map(([, extension]) => extension)];
}

/** Whether null is a value, and does not say that the field is missing. */
function takesNull(value: ValuePlan): boolean {
  if (value.kind === 'enum') return value.enum.name === 'google.protobuf.NullValue';
  return value.kind === 'message' && value.message().name === 'google.protobuf.Value';
}

function fieldBytes(json: ExactJson, field: FieldPlan, writing: Writing, depth: number): Buffer {
  const writer = new WireWriter();
  const { number, value } = field;
  if (field.shape === 'list') {
    if (!isElements(json)) throw new Misfit(phrase('must be an array'));
    const items = json.map((item, index) =>
      at(index, () => valueBytes(item, value, writing, depth)),
    );
    if (field.isPacked && items.length > 0) {
      writer.tag(number, wireTypes.bytes).slice(Buffer.concat(items));
    } else for (const item of items) writeValue(writer, number, value, item);
  } else if (field.shape === 'map') {
    if (!isMembers(json)) throw new Misfit(phrase('must be an object'));
    for (const [key, item] of json) {
      const entry = at(key, () => entryBytes(key, item, field, writing, depth));
      writer.tag(number, wireTypes.bytes).slice(entry);
    }
  } else {
    const bytes = valueBytes(json, value, writing, depth);
    // The default is not written where that makes no difference.
    const isDefault =
      field.isImplicit && value.kind !== 'message' && bytes.every((byte) => byte === 0);
    if (!isDefault) writeValue(writer, number, value, bytes);
  }
  return writer.finish();
}

function entryBytes(
  key: string,
  json: ExactJson,
  { mapKey, value }: FieldPlan,
  writing: Writing,
  depth: number,
): Buffer {
  const scalar = scalars[mapKey ?? ScalarType.STRING];
  const writer = new WireWriter().tag(1, scalar.wireType);
  const isBool = mapKey === ScalarType.BOOL && /^(?:true|false)$/.test(key);
  scalar.write(isBool ? key === 'true' : key, writer);
  writeValue(writer, 2, value, valueBytes(json, value, writing, depth));
  return writer.finish();
}

/** Writes a value of which the bytes are known: those of a message have no length yet. */
function writeValue(writer: WireWriter, number: number, value: ValuePlan, bytes: Buffer): void {
  writer.tag(number, wireTypeOf(value));
  if (value.kind !== 'message') writer.raw(bytes);
  else if (value.isGroup) writer.raw(bytes).tag(number, wireTypes.endGroup);
  else writer.slice(bytes);
}

function valueBytes(json: ExactJson, value: ValuePlan, writing: Writing, depth: number): Buffer {
  if (value.kind === 'message') return writing.message(json, value.message(), depth + 1);
  const writer = new WireWriter();
  if (value.kind === 'enum') writeEnum(json, value.enum, writer);
  else scalars[value.scalar].write(json, writer);
  return writer.finish();
}

function writeEnum(json: ExactJson, { name, numbers }: EnumPlan, writer: WireWriter): void {
  if (json instanceof JsonNumber) {
    scalars[ScalarType.INT32].write(json, writer);
    return;
  }
  const isNull = json === null && name === 'google.protobuf.NullValue';
  const number = isNull ? 0 : typeof json === 'string' ? numbers.get(json) : undefined;
  if (number === undefined) {
    const names = [...numbers.keys()].slice(0, 10).join(', ');
    throw new Misfit(phrase('must be a name of {0}, such as {1}, or a number', name, names));
  }
  writer.varint(BigInt(number));
}
