import { CLOSE_ARRAY, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../../core/json/bytes';
import { type Element, ElementCollector } from './elementCollector';
import type { JsonContainer } from './imported';
import { BLANKS, JsonNesting } from './jsonNesting';
import { pieces } from './lines';
import { isStatusLine } from './textLines';

export type { Element } from './elementCollector';

/** What is between the elements of a file and is worth a word. */
export interface BetweenElements {
  /** Called for each status line of kcat or a console consumer. */
  readonly statusLine?: () => void;
}

/**
 * Yields the JSON values that stand in a container in a file of any size, in batches, without the
 * blanks around them. After an element with the problem `not-an-array`, `brackets` or `unfinished`
 * there are no more.
 */
export async function* jsonElements(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  container: JsonContainer,
  maxBytes: number,
  between: BetweenElements = {},
): AsyncGenerator<readonly Element[], void, undefined> {
  const scanner =
    container === 'sequence'
      ? new SequenceScanner(maxBytes, between)
      : new ArrayScanner(maxBytes, container === 'array' ? undefined : container.member);
  for await (const piece of pieces(input)) {
    yield scanner.scan(piece);
    if (scanner.broken) return;
  }
  yield scanner.end();
}

/** The effect of a byte on the array. */
type Mark = 'array-begins' | 'element-ends' | 'array-ends' | 'not-an-array' | 'brackets';

/**
 * Finds the elements of an array, which may be a member of an object around it. Several of them may
 * follow one another, as the responses of a proxy do when they are written to the same file.
 */
class ArrayScanner {
  /** Whether no further element can be found in the file. */
  broken = false;
  readonly #text: ElementCollector;
  /** `around`: in the object around the array, before it; `behind`: in that object, after it. */
  #where: 'before' | 'around' | 'inside' | 'behind' | 'after' = 'before';
  #nesting = new JsonNesting();
  #finder: MemberFinder | undefined;
  /** Whether the next element is the first one. */
  #first = true;

  constructor(
    maxBytes: number,
    private readonly member: string | undefined,
  ) {
    this.#text = new ElementCollector(maxBytes);
  }

  /** Returns the elements that end in this piece. */
  scan(piece: Buffer): Element[] {
    const found: Element[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const mark = this.#next(piece[at] ?? 0);
      if (!mark) continue;
      if (mark === 'not-an-array' || mark === 'brackets') {
        this.broken = true;
        this.#add(piece.subarray(start, mark === 'brackets' ? at + 1 : at));
        return [...found, this.#text.takeAs(mark)];
      }
      this.#text.add(piece.subarray(start, at));
      const element = this.#text.take(1);
      start = at + 1;
      // Only an empty array may end with an empty element.
      if (
        mark === 'element-ends' ||
        (mark === 'array-ends' && !(this.#first && element.source.length === 0))
      ) {
        found.push(element);
      }
      this.#first = mark === 'array-begins';
    }
    this.#add(piece.subarray(start));
    return found;
  }

  #add(part: Buffer): void {
    if (this.#where === 'around' || this.#where === 'behind') this.#text.skip(part);
    else this.#text.add(part);
  }

  /** Returns what is left at the end of the file. */
  end(): Element[] {
    if (this.#where === 'after') return [];
    if (this.#where === 'before' || this.#where === 'around') {
      return [this.#text.takeAs('not-an-array')];
    }
    if (this.#where === 'behind' || !this.#nesting.isClosed) {
      return [this.#text.takeAs('unfinished')];
    }
    const last = this.#text.take(1);
    return [...(last.source.length > 0 ? [last] : []), this.#text.takeAs('unfinished')];
  }

  #next(byte: number): Mark | undefined {
    switch (this.#where) {
      case 'before':
      case 'after':
        return BLANKS.has(byte) ? undefined : this.#begin(byte);
      case 'around':
        if (this.#finder?.next(byte)) return this.#beginArray();
        return this.#finder?.isEnded ? 'not-an-array' : undefined;
      case 'behind':
        this.#nesting.next(byte);
        if (this.#nesting.isClosed) this.#where = 'after';
        return undefined;
      case 'inside':
        return this.#nextInside(byte);
    }
  }

  #begin(byte: number): Mark | undefined {
    if (this.member === undefined) return byte === OPEN_ARRAY ? this.#beginArray() : 'not-an-array';
    if (byte !== OPEN_OBJECT) return 'not-an-array';
    this.#where = 'around';
    this.#finder = new MemberFinder(this.member);
    return undefined;
  }

  #beginArray(): Mark {
    this.#where = 'inside';
    return 'array-begins';
  }

  #nextInside(byte: number): Mark | undefined {
    const outermost = this.#nesting.isClosed;
    if (outermost && byte === COMMA) return 'element-ends';
    if (outermost && byte === CLOSE_ARRAY) {
      this.#where = this.#finder ? 'behind' : 'after';
      this.#nesting = new JsonNesting();
      if (this.#finder) this.#nesting.next(OPEN_OBJECT);
      return 'array-ends';
    }
    return this.#nesting.next(byte) ? undefined : 'brackets';
  }
}

/** Finds where the array of a member begins in an object whose opening bracket was passed. */
class MemberFinder {
  /** Whether the object ended without such an array. */
  isEnded = false;
  readonly #nesting = new JsonNesting();
  /** The bytes of the last string outside of the values, which may be the name of a member. */
  #name: number[] = [];
  #expects: 'name' | 'array' | 'nothing' = 'name';

  constructor(private readonly member: string) {
    this.#nesting.next(OPEN_OBJECT);
  }

  /** Passes over a byte. Returns whether it opens the array. */
  next(byte: number): boolean {
    const { depth, isQuoted } = this.#nesting;
    if (depth === 1 && !isQuoted && this.#expects === 'array' && !BLANKS.has(byte)) {
      if (byte === OPEN_ARRAY) return true;
      this.#expects = 'nothing';
    }
    const matches = this.#nesting.next(byte);
    this.isEnded = !matches || this.#nesting.depth === 0;
    if (depth !== 1) return false;
    if (isQuoted) {
      if (this.#nesting.isQuoted && this.#name.length <= this.member.length) this.#name.push(byte);
    } else if (byte === QUOTE) this.#name = [];
    else if (byte === COLON) this.#expects = this.#isMember() ? 'array' : 'nothing';
    return false;
  }

  #isMember(): boolean {
    return this.#expects !== 'array' && Buffer.from(this.#name).toString() === this.member;
  }
}

const PERCENT = 0x25;
const LINE_FEED = 0x0a;
/** Begins each value of a JSON text sequence (RFC 7464). */
const RECORD_SEPARATOR = 0x1e;

/** Finds JSON values that stand one after another, with or without line breaks in them. */
class SequenceScanner {
  broken = false;
  readonly #text: ElementCollector;
  #where: 'between' | 'nested' | 'scalar' | 'words' | 'status' = 'between';
  #nesting = new JsonNesting();

  constructor(
    maxBytes: number,
    private readonly between: BetweenElements,
  ) {
    this.#text = new ElementCollector(maxBytes);
  }

  /** Returns the values that end in this piece. */
  scan(piece: Buffer): Element[] {
    const found: Element[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0;
      if (this.#where === 'status') {
        if (byte === LINE_FEED) this.#where = 'between';
        continue;
      }
      if (this.#where === 'scalar' || this.#where === 'words') {
        if (this.#where === 'words' ? byte !== LINE_FEED : !endsScalar(byte)) continue;
        this.#text.add(piece.subarray(start, at));
        found.push(...this.#takeScalar());
        start = at;
        this.#where = 'between';
      }
      if (this.#where === 'between') {
        this.#where = beginning(byte);
        if (this.#where === 'status') this.between.statusLine?.();
        if (this.#where === 'between' || this.#where === 'status') continue;
        this.#text.skip(piece.subarray(start, at));
        start = at;
        if (this.#where !== 'nested') continue;
      }
      const matches = this.#nesting.next(byte);
      if (matches && !this.#nesting.isClosed) continue;
      this.#text.add(piece.subarray(start, at + 1));
      if (!matches) {
        this.broken = true;
        return [...found, this.#text.takeAs('brackets')];
      }
      found.push(this.#text.take(0));
      start = at + 1;
      this.#where = 'between';
    }
    const rest = piece.subarray(start);
    if (this.#where === 'between' || this.#where === 'status') this.#text.skip(rest);
    else this.#text.add(rest);
    return found;
  }

  /** Returns what is left at the end of the file. */
  end(): Element[] {
    if (this.#where === 'nested') return [this.#text.takeAs('unfinished')];
    return this.#where === 'scalar' || this.#where === 'words' ? this.#takeScalar() : [];
  }

  /** Returns the number or the words that end here, unless those are a status line. */
  #takeScalar(): Element[] {
    const element = this.#text.take(0);
    if (!isStatusLine(String(element.source))) return [element];
    this.between.statusLine?.();
    return [];
  }
}

/** The first bytes of numbers, true, false and null. */
const SCALAR_STARTS: ReadonlySet<number> = new Set(Buffer.from('-0123456789tfn'));

/**
 * Returns what begins with a byte between two values. Words are no JSON and go on to the end of
 * their line, so that nothing in them is taken for a value.
 */
function beginning(byte: number): 'between' | 'nested' | 'scalar' | 'words' | 'status' {
  if (BLANKS.has(byte) || byte === COMMA || byte === RECORD_SEPARATOR) return 'between';
  if (byte === PERCENT) return 'status';
  if (byte === QUOTE || byte === OPEN_ARRAY || byte === OPEN_OBJECT) return 'nested';
  return SCALAR_STARTS.has(byte) ? 'scalar' : 'words';
}

function endsScalar(byte: number): boolean {
  const next = beginning(byte);
  return next === 'between' || next === 'nested';
}
