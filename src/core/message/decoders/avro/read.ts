import { phrase } from '../../../phrase';
import { shortestFloat } from '../floats';
import { Misfit, TooLarge } from '../schemas/problems';
import { ByteReader } from './bytes';
import { JsonText, type Piece, pieceOf } from './jsonText';
import { readLogical } from './logical';
import { type AvroType, branchName, type Logical, type RecordType } from './schema';

/** In characters of JSON. */
const MAX_TEXT = 32 * 1024 * 1024;
const MAX_DEPTH = 400;
/** What an element costs besides its text, so that millions of empty ones do not take long. */
const ELEMENT = 12;
const [COMMA, COLON] = [0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What was made of data. */
export interface ReadValue {
  /** Compact JSON. */
  readonly text: string;
  /** Whether a text is not UTF-8, so that replacement characters stand for some of its bytes. */
  readonly isBroken: boolean;
}

/** Moves past a value and writes it as JSON. */
type Read = (from: Source, to: JsonText) => void;

/** The data, and how much may still be made of them. */
class Source extends ByteReader {
  #room = MAX_TEXT;
  #depth = 0;

  /** Says that so many characters are made of the data. */
  spend(characters: number): void {
    this.#room -= characters;
    if (this.#room < 0) throw new TooLarge();
  }

  /** Reads something that stands inside of something else. */
  inside(read: Read, to: JsonText): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new TooLarge();
    read(this, to);
    this.#depth -= 1;
  }
}

/**
 * Returns a function that makes JSON of data of a type, as the specification's JSON encoding, but
 * with readable logical types and with 'NaN' and 'Infinity' as texts. It throws `Misfit` unless the
 * data are one value and no more, and `TooLarge`.
 */
export function avroReader(type: AvroType): (data: Buffer) => ReadValue {
  const read = new Compiler().of(type);
  const json = new JsonText();
  return (data) => {
    const source = new Source(data);
    json.begin();
    read(source, json);
    const rest = data.length - source.at;
    if (rest > 0) {
      throw new Misfit(
        rest === 1 ? phrase('1 byte follows it') : phrase('{0} bytes follow it', rest),
      );
    }
    return { text: json.end(), isBroken: json.isBroken };
  };
}

/** Makes the functions that read each type, once for each. Walking over a type takes longer. */
class Compiler {
  readonly #reads = new Map<AvroType, Read>();

  of(type: AvroType): Read {
    const known = this.#reads.get(type);
    if (known) return known;
    // A type that contains itself finds this one, which is complete when it is called.
    this.#reads.set(type, (from, to) => {
      read(from, to);
    });
    const read = this.#make(type);
    this.#reads.set(type, read);
    return read;
  }

  #make(type: AvroType): Read {
    switch (type.kind) {
      case 'null':
        return (from, to) => {
          from.spend(4);
          to.ascii('null');
        };
      case 'boolean':
        return readBoolean;
      case 'int':
        return number(type.logical, (from) => from.int());
      case 'long':
        return number(type.logical, (from) => from.long());
      case 'float':
        return (from, to) => {
          const at = from.skip(4);
          to.ascii(floatText(from.bytes.readFloatLE(at), shortestFloat));
        };
      case 'double':
        return (from, to) => {
          const at = from.skip(8);
          to.ascii(floatText(from.bytes.readDoubleLE(at), String));
        };
      case 'string':
        return readString;
      case 'bytes':
        return (from, to) => {
          bytes(from, to, from.long(), type.logical);
        };
      case 'fixed':
        return (from, to) => {
          bytes(from, to, type.size, type.logical);
        };
      case 'enum':
        return enumOf(type.symbols.map((symbol) => pieceOf(JSON.stringify(symbol))));
      case 'array':
        return arrayOf(this.of(type.items));
      case 'map':
        return mapOf(this.of(type.values));
      case 'union':
        return this.#union(type.branches);
      case 'record':
        return this.#record(type);
    }
  }

  #union(types: readonly AvroType[]): Read {
    const branches = types.map((type) => ({
      read: this.of(type),
      begin: type.kind === 'null' ? undefined : pieceOf(`{${JSON.stringify(branchName(type))}:`),
    }));
    return (from, to) => {
      const index = from.long();
      const branch = branches[Number(index)];
      if (!branch) throw new Misfit(phrase('the union has no branch number {0}', String(index)));
      const { read, begin } = branch;
      if (begin === undefined) {
        read(from, to);
        return;
      }
      from.spend(begin.bytes.length + 1);
      to.piece(begin);
      from.inside(read, to);
      to.byte(CLOSE_OBJECT);
    };
  }

  #record({ fields }: RecordType): Read {
    const named = fields.map(({ name, type }, at) => {
      return { name, type, begin: pieceOf(`${at === 0 ? '{' : ','}${JSON.stringify(name)}:`) };
    });
    const length = named.reduce((sum, { begin }) => sum + begin.bytes.length, 1);
    let members: readonly { name: string; begin: Piece; read: Read }[] | undefined;
    return (from, to) => {
      from.spend(length);
      // Only now, so that no chain of types exhausts the stack: `from` bounds the depth.
      members ??= named.map(({ type, ...member }) => ({ ...member, read: this.of(type) }));
      if (members.length === 0) to.byte(OPEN_OBJECT);
      let name = '';
      try {
        for (const member of members) {
          ({ name } = member);
          to.piece(member.begin);
          from.inside(member.read, to);
        }
      } catch (error) {
        throw error instanceof Misfit ? error.under(name) : error;
      }
      to.byte(CLOSE_OBJECT);
    };
  }
}

function readBoolean(from: Source, to: JsonText): void {
  const byte = from.byte();
  if (byte > 1) throw new Misfit(phrase('a boolean is neither 0 nor 1, but {0}', byte));
  from.spend(5);
  to.ascii(byte === 1 ? 'true' : 'false');
}

function enumOf(symbols: readonly Piece[]): Read {
  return (from, to) => {
    const index = from.int();
    const symbol = symbols[index];
    if (symbol === undefined)
      throw new Misfit(phrase('the enum has no symbol number {0}', String(index)));
    from.spend(symbol.bytes.length);
    to.piece(symbol);
  };
}

function arrayOf(read: Read): Read {
  const element = (from: Source, to: JsonText, index: number) => {
    try {
      from.inside(read, to);
    } catch (error) {
      throw error instanceof Misfit ? error.under(index) : error;
    }
  };
  return (from, to) => {
    to.byte(OPEN_ARRAY);
    readBlocks(from, to, element);
    to.byte(CLOSE_ARRAY);
  };
}

function mapOf(read: Read): Read {
  const entry = (from: Source, to: JsonText) => {
    const length = from.long();
    const start = from.skip(length);
    const end = from.at;
    writeString(from, to, start);
    to.byte(COLON);
    try {
      from.inside(read, to);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      throw error.under(from.bytes.toString('utf8', start, end));
    }
  };
  return (from, to) => {
    to.byte(OPEN_OBJECT);
    readBlocks(from, to, entry);
    to.byte(CLOSE_OBJECT);
  };
}

/** Reads the blocks of an array or a map. */
function readBlocks(
  from: Source,
  to: JsonText,
  element: (from: Source, to: JsonText, index: number) => void,
): void {
  let index = 0;
  for (;;) {
    const count = Number(from.long());
    if (count === 0) return;
    // The size of the block in bytes follows. It is for those who skip it.
    if (count < 0) from.long();
    for (let left = Math.abs(count); left > 0; left -= 1, index += 1) {
      from.spend(ELEMENT);
      if (index > 0) to.byte(COMMA);
      element(from, to, index);
    }
  }
}

function number(logical: Logical | undefined, read: (from: Source) => number | bigint): Read {
  return (from, to) => {
    const value = read(from);
    from.spend(4);
    to.ascii((logical && readLogical(logical, value)) ?? String(value));
  };
}

function floatText(value: number, write: (value: number) => string): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : write(value);
}

function bytes(
  from: Source,
  to: JsonText,
  length: number | bigint,
  logical: Logical | undefined,
): void {
  const start = from.skip(length);
  from.spend(2 + 6 * (from.at - start));
  const text = logical && readLogical(logical, from.bytes.subarray(start, from.at));
  if (text === undefined) to.latin1(from.bytes, start, from.at);
  else to.ascii(text);
}

function readString(from: Source, to: JsonText): void {
  writeString(from, to, from.skip(from.long()));
}

/** Writes the text that begins at an index and ends here. */
function writeString(from: Source, to: JsonText, start: number): void {
  from.spend(2 + from.at - start);
  to.string(from.bytes, start, from.at);
}
