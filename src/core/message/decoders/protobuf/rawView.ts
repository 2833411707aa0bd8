import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { decimal, shortestFloat } from '../floats';
import { at, Misfit } from '../schemas/problems';
import { utf8Of } from '../schemas/utf8';
import { bytesOfBase64 } from './base64';
import { MAX_DEPTH, unsigned64, WireError, WireReader, wireTypes, WireWriter } from './wire';

const BLANKS = /[\t\n\r]/;
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Returns the fields of a message without its schema, as JSON: by their numbers, and several values
 * of one field as an array. Varints are numbers without a sign. What is in bytes is guessed: a
 * text, a message, or `{"base64": "..."}`. Others are `{"double": 1.5}`, `{"float": 1.5}`, or
 * `{"fixed64": 1}` and `{"fixed32": 1}` if they are no likely floating point numbers, and
 * `{"group": {...}}`. Throws a `WireError`.
 */
export function rawView(bytes: Buffer): string {
  return viewOf(bytes, 0).json;
}

interface View {
  readonly json: string;
  /** Whether its fields, written anew, are the same bytes. */
  readonly isReversible: boolean;
}

function viewOf(bytes: Buffer, depth: number): View {
  if (depth > MAX_DEPTH) throw new WireError(phrase('messages are nested too deeply'));
  const reader = new WireReader(bytes);
  const fields = new RawFields();
  while (reader.hasMore) fields.read(reader, reader.tag(), depth);
  return { json: fields.json, isReversible: fields.isReversible && reader.isShortest };
}

/** Fields by their numbers, in the order in which they first come. */
export class RawFields {
  readonly #values = new Map<number, string[]>();
  #last = 0;
  isReversible = true;

  get json(): string {
    const members = [...this.#values].map(([number, values]) => {
      const [first = '', ...others] = values;
      return `"${number}":${others.length > 0 ? `[${values.join()}]` : first}`;
    });
    return `{${members.join()}}`;
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  /** Reads the value of a field, of which the tag was read. */
  read(reader: WireReader, tag: number, depth: number): void {
    const number = tag >>> 3;
    const value = this.#value(reader, tag, depth);
    const known = this.#values.get(number);
    if (known) known.push(value);
    else this.#values.set(number, [value]);
    // Between the values of a field are those of another, and order would be lost.
    if (known && this.#last !== number) this.isReversible = false;
    this.#last = number;
  }

  #value(reader: WireReader, tag: number, depth: number): string {
    switch (tag & 7) {
      case wireTypes.varint:
        reader.varint();
        return unsigned64(reader.low, reader.high);
      case wireTypes.fixed64: {
        const { at } = reader;
        const whole = unsigned64(reader.fixed64(), reader.high);
        const number = reader.bytes.readDoubleLE(at);
        return isLikely(number) ? `{"double":${decimal(number)}}` : `{"fixed64":${whole}}`;
      }
      case wireTypes.fixed32: {
        const { at } = reader;
        const whole = reader.fixed32();
        const number = reader.bytes.readFloatLE(at);
        return isLikely(number) ? `{"float":${shortestFloat(number)}}` : `{"fixed32":${whole}}`;
      }
      case wireTypes.group: {
        const inside = viewOf(reader.group(tag >>> 3, depth), depth + 1);
        if (!inside.isReversible) this.isReversible = false;
        return `{"group":${inside.json}}`;
      }
      case wireTypes.bytes:
        return viewOfBytes(reader.slice(), depth);
      default:
        throw new WireError(phrase('a field has no valid type'));
    }
  }
}

/** Integers that are read as floating point numbers are very small. */
function isLikely(number: number): boolean {
  const size = Math.abs(number);
  return number === 0 ? !Object.is(number, -0) : size > 1e-9 && size < 1e18;
}

function viewOfBytes(bytes: Buffer, depth: number): string {
  const text = isUtf8(bytes) ? bytes.toString() : undefined;
  const isText = text !== undefined && !CONTROL.test(text);
  if (isText && !BLANKS.test(text)) return JSON.stringify(text);
  try {
    const view = viewOf(bytes, depth + 1);
    if (view.isReversible) return view.json;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return isText ? JSON.stringify(text) : `{"base64":"${bytes.toString('base64')}"}`;
}

/** Writes what `rawView` shows. Throws a `Misfit`. */
export function writeRaw(json: ExactJson, writer: WireWriter, depth = 0): void {
  if (!isMembers(json) || depth > MAX_DEPTH) {
    throw new Misfit(phrase('must be an object of numbered fields'));
  }
  for (const [name, value] of json) {
    const number = Number(name);
    at(name, () => {
      if (!/^\d{1,9}$/.test(name) || number < 1 || number >= 2 ** 29) {
        throw new Misfit(phrase('is not the number of a field'));
      }
      for (const item of isElements(value) ? value : [value]) {
        writeValue(number, item, writer, depth);
      }
    });
  }
}

function writeValue(number: number, value: ExactJson, writer: WireWriter, depth: number): void {
  if (typeof value === 'string') {
    writer.tag(number, wireTypes.bytes).slice(utf8Of(value));
    return;
  }
  if (value instanceof JsonNumber) {
    writer.tag(number, wireTypes.varint).varint(natural(value, 64));
    return;
  }
  if (!isMembers(value)) throw new Misfit(phrase('has no such value without a schema'));
  const [[kind, inside = null] = ['', null]] = value;
  if (kind === 'fixed64') writer.tag(number, wireTypes.fixed64).fixed(natural(inside, 64), 8);
  else if (kind === 'fixed32') writer.tag(number, wireTypes.fixed32).fixed(natural(inside, 32), 4);
  else if (kind === 'double') writer.tag(number, wireTypes.fixed64).float(decimalOf(inside), 8);
  else if (kind === 'float') writer.tag(number, wireTypes.fixed32).float(decimalOf(inside), 4);
  else if (kind === 'base64') writer.tag(number, wireTypes.bytes).slice(bytesOfBase64(inside));
  else if (kind === 'group') {
    writer.tag(number, wireTypes.group);
    writeRaw(inside, writer, depth + 1);
    writer.tag(number, wireTypes.endGroup);
  } else {
    const nested = new WireWriter();
    writeRaw(value, nested, depth + 1);
    writer.tag(number, wireTypes.bytes).slice(nested.finish());
  }
}

function natural(json: ExactJson, bits: number): bigint {
  const text = json instanceof JsonNumber ? json.text : '';
  const number = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
  if (number < 0n || number >= 1n << BigInt(bits)) {
    throw new Misfit(phrase('must be a whole number below 2^{0}', bits));
  }
  return number;
}

function decimalOf(json: ExactJson): number {
  if (json instanceof JsonNumber) return Number(json.text);
  throw new Misfit(phrase('must be a number'));
}
