import { isUtf8 } from 'node:buffer';
import { shortestFloat } from '../floats';
import { at, Misfit, TooLarge } from '../schemas/problems';
import { ByteReader } from './bytes';
import { readLogical } from './logical';
import { type AvroType, branchName, type Logical, type RecordType } from './schema';

/** In characters of JSON. */
const MAX_TEXT = 32 * 1024 * 1024;
const MAX_DEPTH = 400;
/** What an element costs besides its text, so that millions of empty ones do not take long. */
const ELEMENT = 12;

/** What was made of data. */
export interface ReadValue {
  /** Compact JSON. */
  readonly text: string;
  /** Whether a text is not UTF-8, so that replacement characters stand for some of its bytes. */
  readonly isBroken: boolean;
}

/** Moves past a value and returns it as JSON. */
type Read = (from: Source) => string;

/** The data, and how much may still be made of them. */
class Source extends ByteReader {
  isBroken = false;
  #room = MAX_TEXT;
  #depth = 0;

  /** Says that so many characters are made of the data. */
  spend(characters: number): void {
    this.#room -= characters;
    if (this.#room < 0) throw new TooLarge();
  }

  /** Reads something that stands inside of something else. */
  inside(read: Read): string {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new TooLarge();
    const json = read(this);
    this.#depth -= 1;
    return json;
  }
}

/**
 * Returns a function that makes JSON of data of a type, as the specification's JSON encoding, but
 * with readable logical types and with 'NaN' and 'Infinity' as texts. It throws `Misfit` unless the
 * data are one value and no more, and `TooLarge`.
 */
export function avroReader(type: AvroType): (data: Buffer) => ReadValue {
  const read = new Compiler().of(type);
  return (data) => {
    const source = new Source(data);
    const text = read(source);
    const rest = data.length - source.at;
    if (rest > 0) throw new Misfit(`${rest} ${rest === 1 ? 'byte follows' : 'bytes follow'} it`);
    return { text, isBroken: source.isBroken };
  };
}

/** Makes the functions that read each type, once for each. Walking over a type takes longer. */
class Compiler {
  readonly #reads = new Map<AvroType, Read>();

  of(type: AvroType): Read {
    const known = this.#reads.get(type);
    if (known) return known;
    // A type that contains itself finds this one, which is complete when it is called.
    this.#reads.set(type, (from) => read(from));
    const read = this.#make(type);
    this.#reads.set(type, read);
    return read;
  }

  #make(type: AvroType): Read {
    switch (type.kind) {
      case 'null':
        return (from) => {
          from.spend(4);
          return 'null';
        };
      case 'boolean':
        return readBoolean;
      case 'int':
        return number(type.logical, (from) => from.int());
      case 'long':
        return number(type.logical, (from) => from.long());
      case 'float':
        return (from) => float(from.take(4).readFloatLE(), shortestFloat);
      case 'double':
        return (from) => float(from.take(8).readDoubleLE(), String);
      case 'string':
        return (from) => readText(from, from.sized());
      case 'bytes':
        return (from) => bytes(from, from.sized(), type.logical);
      case 'fixed':
        return (from) => bytes(from, from.take(type.size), type.logical);
      case 'enum':
        return this.#enum(type.symbols.map((symbol) => JSON.stringify(symbol)));
      case 'array': {
        const read = this.of(type.items);
        return (from) => `[${blocks(from, (index) => at(index, () => from.inside(read)))}]`;
      }
      case 'map': {
        const read = this.of(type.values);
        return (from) =>
          `{${blocks(from, () => {
            const name = readText(from, from.sized());
            return `${name}:${at(String(JSON.parse(name)), () => from.inside(read))}`;
          })}}`;
      }
      case 'union':
        return this.#union(type.branches);
      case 'record':
        return this.#record(type);
    }
  }

  #enum(symbols: readonly string[]): Read {
    return (from) => {
      const index = from.int();
      const symbol = symbols[index];
      if (symbol === undefined) throw new Misfit(`the enum has no symbol number ${index}`);
      from.spend(symbol.length);
      return symbol;
    };
  }

  #union(types: readonly AvroType[]): Read {
    const branches = types.map((type) => ({
      read: this.of(type),
      name: type.kind === 'null' ? undefined : `{${JSON.stringify(branchName(type))}:`,
    }));
    return (from) => {
      const index = from.long();
      const branch = branches[Number(index)];
      if (!branch) throw new Misfit(`the union has no branch number ${index}`);
      if (branch.name === undefined) return branch.read(from);
      from.spend(branch.name.length + 1);
      return `${branch.name}${from.inside(branch.read)}}`;
    };
  }

  #record({ fields }: RecordType): Read {
    const prefixes = fields.map(({ name }, i) => `${i === 0 ? '' : ','}${JSON.stringify(name)}:`);
    const length = prefixes.reduce((sum, prefix) => sum + prefix.length, 2);
    let members: readonly { name: string; prefix: string; read: Read }[] | undefined;
    return (from) => {
      from.spend(length);
      // Only now, so that no chain of types exhausts the stack: `from` bounds the depth.
      members ??= fields.map(({ name, type }, index) => ({
        name,
        prefix: prefixes[index] ?? '',
        read: this.of(type),
      }));
      let json = '{';
      let name = '';
      try {
        for (const member of members) {
          ({ name } = member);
          json += member.prefix + from.inside(member.read);
        }
      } catch (error) {
        throw error instanceof Misfit ? error.under(name) : error;
      }
      return `${json}}`;
    };
  }
}

function readBoolean(from: Source): string {
  const byte = from.byte();
  if (byte > 1) throw new Misfit(`a boolean is neither 0 nor 1, but ${byte}`);
  from.spend(5);
  return byte === 1 ? 'true' : 'false';
}

/** Reads the blocks of an array or a map. */
function blocks(from: Source, element: (index: number) => string): string {
  let json = '';
  let index = 0;
  for (;;) {
    const count = Number(from.long());
    if (count === 0) return json;
    // The size of the block in bytes follows. It is for those who skip it.
    if (count < 0) from.long();
    for (let left = Math.abs(count); left > 0; left -= 1, index += 1) {
      from.spend(ELEMENT);
      json += index === 0 ? element(index) : `,${element(index)}`;
    }
  }
}

function number(logical: Logical | undefined, read: (from: Source) => number | bigint): Read {
  return (from) => {
    const value = read(from);
    from.spend(4);
    return (logical && readLogical(logical, value)) ?? String(value);
  };
}

function float(value: number, write: (value: number) => string): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : write(value);
}

function bytes(from: Source, taken: Buffer, logical: Logical | undefined): string {
  from.spend(2 + 6 * taken.length);
  return (logical && readLogical(logical, taken)) ?? bytesText(taken);
}

/** Each byte is the character with its number, as in Avro's JSON; escaped if it is not ASCII. */
function bytesText(taken: Buffer): string {
  if (taken.length <= 64 && isPlain(taken)) return `"${taken.toString('latin1')}"`;
  return JSON.stringify(taken.toString('latin1')).replace(
    /[\x7f-\xff]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** Most texts are short and plain, for which this is much faster than `JSON.stringify`. */
function readText(from: Source, taken: Buffer): string {
  from.spend(2 + taken.length);
  if (taken.length <= 64 && isPlain(taken)) return `"${taken.toString('latin1')}"`;
  const text = taken.toString();
  if (text.includes('\ufffd') && !isUtf8(taken)) from.isBroken = true;
  return JSON.stringify(text);
}

function isPlain(taken: Buffer): boolean {
  for (const byte of taken) {
    if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c) return false;
  }
  return true;
}
