import { JsonBytes } from './jsonBytes';
import { Shape } from './shape';

/** Where a JSON value stands in bytes, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A step to a member by its name, in UTF-8, or to an element by its index. */
export type Step = number | { readonly name: string; readonly bytes: Uint8Array };

export function compileSteps(steps: readonly (string | number)[]): readonly Step[] {
  return steps.map((step) =>
    typeof step === 'number' ? step : { name: step, bytes: Buffer.from(step) },
  );
}

const [COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Finds what steps lead to in JSON; see `FieldFinder`. */
export function findField(
  bytes: Uint8Array,
  start: number,
  end: number,
  steps: readonly Step[],
): Place | undefined {
  const finder = new FieldFinder(steps);
  return finder.find(bytes, start, end) ? { start: finder.start, end: finder.end } : undefined;
}

/** Every hit counts for one and every miss for two; so many at most. */
const MOST_POINTS = 16;
/** After so many texts at the latest, a shape is learnt again. */
const LONGEST_WAIT = 64;

/**
 * Finds what steps lead to in one JSON after the other, each in one pass over its bytes. Of members
 * with the same name, the last counts. Makes no objects, and learns the shape that many texts have,
 * so that a million messages take a quarter of a second.
 */
export class FieldFinder implements Place {
  /** Where it was found. */
  start = 0;
  end = 0;
  #isFound = false;
  readonly #json = new JsonBytes();
  #shape: Shape | undefined;
  /** How well the shape does. Below 0, it is given up. */
  #points = 0;
  /** How many texts are read without learning a shape: more each time that one does not do well. */
  #wait = 0;
  #waited = 0;

  constructor(private readonly steps: readonly Step[]) {}

  /** Returns whether there is such a value. There is none in a text that is not JSON. */
  find(bytes: Uint8Array, start: number, end: number): boolean {
    const json = this.#json;
    json.begin(bytes, start, end);
    const shape = this.#shape;
    if (shape?.fits(json, end)) {
      this.start = shape.start;
      this.end = shape.end;
      this.#points = Math.min(this.#points + 1, MOST_POINTS);
      this.#wait = 0;
      return shape.isFound;
    }
    if (shape) {
      this.#points -= 2;
      json.begin(bytes, start, end);
    }
    this.#isFound = false;
    json.skipBlanks();
    if (!this.#follow(0)) return false;
    json.skipBlanks();
    if (!json.ended) return false;
    if (!shape || this.#points < 0) this.#learn(bytes, start, end);
    return this.#isFound;
  }

  /** Learns the shape of the text that was read last, unless others did not do well. */
  #learn(bytes: Uint8Array, start: number, end: number): void {
    this.#shape = undefined;
    this.#waited += 1;
    if (this.#waited < this.#wait) return;
    this.#shape = Shape.of(bytes, start, end, this.#isFound ? this.start : undefined);
    this.#points = 0;
    this.#waited = 0;
    this.#wait = Math.min(2 * this.#wait + 1, LONGEST_WAIT);
  }

  /** Reads the value here, to which the first `depth` steps lead. Returns false if it is no JSON. */
  #follow(depth: number): boolean {
    const json = this.#json;
    const step = this.steps[depth];
    if (step === undefined) {
      this.start = json.at;
      if (!json.skipValue()) return false;
      this.end = json.at;
      this.#isFound = true;
      return true;
    }
    if (typeof step === 'number') {
      return json.nextIs(OPEN_ARRAY) ? this.#element(step, depth) : json.skipValue();
    }
    return json.nextIs(OPEN_OBJECT) ? this.#member(step, depth) : json.skipValue();
  }

  /** Reads an object, and follows the steps from its members with a name. */
  #member(step: Exclude<Step, number>, depth: number): boolean {
    const json = this.#json;
    json.take(OPEN_OBJECT);
    json.skipBlanks();
    if (json.take(CLOSE_OBJECT)) return true;
    for (;;) {
      const from = json.at + 1;
      if (!json.skipString()) return false;
      const isIt = this.#isName(from, json.at - 1, step);
      if (!json.skipColon()) return false;
      // What an earlier member with the name led to does not count.
      if (isIt) this.#isFound = false;
      if (!(isIt ? this.#follow(depth + 1) : json.skipValue())) return false;
      json.skipBlanks();
      if (json.take(CLOSE_OBJECT)) return true;
      if (!json.take(COMMA)) return false;
      json.skipBlanks();
    }
  }

  /** Reads an array, and follows the steps from an element of it. */
  #element(index: number, depth: number): boolean {
    const json = this.#json;
    json.take(OPEN_ARRAY);
    json.skipBlanks();
    if (json.take(CLOSE_ARRAY)) return true;
    for (let position = 0; ; position += 1) {
      if (!(position === index ? this.#follow(depth + 1) : json.skipValue())) return false;
      json.skipBlanks();
      if (json.take(CLOSE_ARRAY)) return true;
      if (!json.take(COMMA)) return false;
      json.skipBlanks();
    }
  }

  /** Whether the string that was read last, from `from` to `to`, is a name. */
  #isName(from: number, to: number, { name, bytes: wanted }: Exclude<Step, number>): boolean {
    const { bytes, isEscaped } = this.#json;
    if (isEscaped) return unescaped(bytes, from, to) === name;
    if (to - from !== wanted.length) return false;
    for (let at = 0; at < wanted.length; at += 1) {
      if (bytes[from + at] !== wanted[at]) return false;
    }
    return true;
  }
}

/** Returns the text of a JSON string without its quotes; `undefined` if it is none. */
export function unescaped(bytes: Uint8Array, from: number, to: number): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
  if (!text.includes('\\')) return text;
  try {
    const read: unknown = JSON.parse(`"${text}"`);
    return typeof read === 'string' ? read : undefined;
  } catch {
    return undefined;
  }
}
