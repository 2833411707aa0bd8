import { phrase } from '../../../phrase';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { at, Misfit, TooLarge } from '../schemas/problems';
import { ByteWriter } from './bytes';
import { unscaledOf } from './decimal';
import { bytesOf, unitsOf } from './logical';
import type { AvroType, EnumType, FixedType, PrimitiveType, RecordType } from './schema';
import { expectedAny, found, quoted } from './sentences';
import { writeUnion } from './union';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 600;
/** Trying the branches of unions inside of each other could take forever. */
const MAX_TRIED = 50_000;

/** What is written, and how much may still be. */
class Target extends ByteWriter {
  #tried = 0;
  #trials = 0;
  #depth = 0;

  /**
   * `isDefault`: the value is a default of the schema, whose unions have no names of branches, and
   * whose logical types are what they are written as.
   */
  value(type: AvroType, json: ExactJson, isDefault: boolean): void {
    if (this.#trials > 0) this.#tried += 1;
    if (this.#tried > MAX_TRIED || this.length > MAX_BYTES) throw new TooLarge();
    if (this.#depth > MAX_DEPTH) throw new TooLarge();
    this.#depth += 1;
    try {
      writeValue(this, type, json, isDefault);
    } finally {
      this.#depth -= 1;
    }
  }

  /** Writes something and takes it back. Returns what was written, or why it does not fit. */
  attempt(write: () => void): Buffer | Misfit {
    const start = this.length;
    this.#trials += 1;
    try {
      write();
      return Buffer.from(this.taken(start));
    } catch (error) {
      if (error instanceof Misfit) return error;
      throw error;
    } finally {
      this.#trials -= 1;
      this.truncate(start);
    }
  }
}

/**
 * Returns the data that JSON stands for, as `avroReader` shows it. The names of the branches of
 * unions may be left out where only one branch fits, and fields that have a default. Throws `Misfit`
 * and `TooLarge`.
 */
export function writeAvro(type: AvroType, json: ExactJson): Buffer {
  const target = new Target();
  target.value(type, json, false);
  return Buffer.from(target.taken());
}

function writeValue(to: Target, type: AvroType, json: ExactJson, isDefault: boolean): void {
  switch (type.kind) {
    case 'null':
      if (json !== null) throw unexpected(type, json);
      return;
    case 'boolean':
      if (typeof json !== 'boolean') throw unexpected(type, json);
      to.byte(json ? 1 : 0);
      return;
    case 'int':
    case 'long':
      to.long(integer(type, json, isDefault));
      return;
    case 'float':
      to.float(float(type, json));
      return;
    case 'double':
      to.double(float(type, json));
      return;
    case 'string':
      if (typeof json !== 'string') throw unexpected(type, json);
      to.sized(Buffer.from(json));
      return;
    case 'bytes':
      to.sized(bytes(type, json, isDefault));
      return;
    case 'fixed':
      to.add(bytes(type, json, isDefault));
      return;
    case 'enum':
      to.long(symbol(type, json));
      return;
    case 'array':
      if (!isElements(json)) throw unexpected(type, json);
      if (json.length > 0) to.long(json.length);
      json.forEach((element, index) => {
        at(index, () => {
          to.value(type.items, element, isDefault);
        });
      });
      to.long(0);
      return;
    case 'map':
      if (!isMembers(json)) throw unexpected(type, json);
      if (json.size > 0) to.long(json.size);
      for (const [name, member] of json) {
        to.sized(Buffer.from(name));
        at(name, () => {
          to.value(type.values, member, isDefault);
        });
      }
      to.long(0);
      return;
    case 'union':
      writeUnion(to, type, json, isDefault);
      return;
    case 'record':
      record(to, type, json, isDefault);
  }
}

function integer(type: PrimitiveType, json: ExactJson, isDefault: boolean): bigint {
  if (typeof json === 'string' && type.logical && !isDefault) {
    const units = unitsOf(type.logical, json);
    if (units !== undefined) return inRange(type, units, json);
  }
  if (!(json instanceof JsonNumber)) throw unexpected(type, json);
  const number = unscaledOf(json.text, 0);
  if (number === undefined) throw unexpected(type, json);
  return inRange(type, number, json);
}

function inRange(type: PrimitiveType, number: bigint, json: ExactJson): bigint {
  if (BigInt.asIntN(type.kind === 'int' ? 32 : 64, number) === number) return number;
  throw new Misfit(phrase('{0} is too large for the type {1}', found(json), type.kind));
}

function float(type: PrimitiveType, json: ExactJson): number {
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return Number(json);
  if (!(json instanceof JsonNumber)) throw unexpected(type, json);
  const number = Number(json.text);
  if (Number.isFinite(type.kind === 'float' ? Math.fround(number) : number)) return number;
  throw new Misfit(phrase('{0} is too large for the type {1}', found(json), type.kind));
}

function bytes(type: PrimitiveType | FixedType, json: ExactJson, isDefault: boolean): Buffer {
  const size = 'size' in type ? type.size : undefined;
  const readable = type.logical && !isDefault && bytesOf(type.logical, json, size);
  if (readable) return readable;
  if (typeof json !== 'string') throw unexpected(type, json);
  if (/[^\0-\xff]/.test(json)) {
    throw new Misfit(phrase('bytes are written with the characters \\u0000 to \\u00ff only'));
  }
  if (size !== undefined && json.length !== size) {
    throw new Misfit(phrase('expected {0} bytes, found {1}', size, json.length));
  }
  return Buffer.from(json, 'latin1');
}

function symbol(type: EnumType, json: ExactJson): number {
  if (typeof json !== 'string') throw unexpected(type, json);
  const index = type.symbols.indexOf(json);
  if (index < 0) throw unexpected(type, json);
  return index;
}

function record(
  to: Target,
  { fields, name }: RecordType,
  json: ExactJson,
  isDefault: boolean,
): void {
  if (!isMembers(json))
    throw new Misfit(
      phrase('expected {0}, found {1}', phrase('an object ({0})', name), found(json)),
    );
  let known = 0;
  for (const field of fields) {
    const value = json.get(field.name);
    if (value !== undefined) {
      known += 1;
      at(field.name, () => {
        to.value(field.type, value, isDefault);
      });
    } else if (field.default === undefined)
      throw new Misfit(phrase('{0} is missing', quoted(field.name)));
    else {
      const standard = field.default;
      at(field.name, () => {
        to.value(field.type, standard, true);
      });
    }
  }
  if (known === json.size) return;
  const names = new Set(fields.map((field) => field.name));
  const unknown = [...json.keys()].find((member) => !names.has(member)) ?? '';
  throw new Misfit(phrase('{0} has no field {1}', name, quoted(unknown)), [unknown]);
}

function unexpected(type: AvroType, json: ExactJson): Misfit {
  return new Misfit(phrase('expected {0}, found {1}', expectedAny([type]), found(json)));
}
