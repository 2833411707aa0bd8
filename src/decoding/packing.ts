import type { Payload } from '../core/kafka';
import type { DecodedFacts, Shown } from '../core/message/decoders/decoder';

/**
 * Payloads as they go to the worker. Bytes are in one piece, because copying many small pieces
 * between threads takes longer than decoding them.
 */
export interface PackedPayloads {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The index in `bytes` at which each payload ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** The payloads that are texts, by their index. Missing: there are none. */
  readonly texts?: readonly (string | undefined)[];
}

/**
 * What to show, as it comes from the worker. Most of it is text with the same facts, and all texts
 * are in one piece, too.
 */
export interface PackedShown {
  readonly texts: string;
  /** The index in `texts` at which each text ends. What is no text has an empty one. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly facts: readonly DecodedFacts[];
  /** For each text 1 + the index of its facts; 0: it has none. */
  readonly factsOf: Uint32Array<ArrayBuffer>;
  /** What does not stand in `texts`, by its index; `undefined`: it is shown as it was read. */
  readonly others: readonly (readonly [number, Shown | undefined])[];
}

/** Texts together are no longer than this, in characters: V8 has no strings above 512 Mi. */
const MAX_TEXTS = 64 * 1024 * 1024;

export function packPayloads(payloads: readonly Payload[]): PackedPayloads {
  const isText = (payload: Payload) => typeof payload === 'string';
  const size = payloads.reduce((sum, each) => sum + (isText(each) ? 0 : each.length), 0);
  const bytes = new Uint8Array(size);
  const ends = new Uint32Array(payloads.length);
  let end = 0;
  payloads.forEach((payload, index) => {
    if (typeof payload !== 'string') {
      bytes.set(payload, end);
      end += payload.length;
    }
    ends[index] = end;
  });
  if (!payloads.some(isText)) return { bytes, ends };
  const texts = payloads.map((each) => (typeof each === 'string' ? each : undefined));
  return { bytes, ends, texts };
}

export function unpackPayloads({ bytes, ends, texts }: PackedPayloads): readonly Payload[] {
  const buffer = Buffer.from(bytes.buffer);
  return Array.from(ends, (end, index) => {
    return texts?.[index] ?? buffer.subarray(ends[index - 1] ?? 0, end);
  });
}

export function packShown(shown: readonly (Shown | undefined)[]): PackedShown {
  const facts = new Map<DecodedFacts, number>();
  const factsOf = new Uint32Array(shown.length);
  const ends = new Uint32Array(shown.length);
  const texts: string[] = [];
  const others: (readonly [number, Shown | undefined])[] = [];
  let end = 0;
  shown.forEach((one, index) => {
    if (one?.text === undefined || end + one.text.length > MAX_TEXTS) others.push([index, one]);
    else {
      texts.push(one.text);
      end += one.text.length;
      if (one.facts) {
        const number = facts.get(one.facts) ?? facts.size + 1;
        facts.set(one.facts, number);
        factsOf[index] = number;
      }
    }
    ends[index] = end;
  });
  return { texts: texts.join(''), ends, facts: [...facts.keys()], factsOf, others };
}

/** `intern` returns the object that stands for equal facts. */
export function unpackShown(
  { texts, ends, facts, factsOf, others }: PackedShown,
  intern: (facts: DecodedFacts) => DecodedFacts,
): readonly (Shown | undefined)[] {
  const known = facts.map(intern);
  const shown: (Shown | undefined)[] = [];
  let start = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const end = ends[index] ?? 0;
    const text = texts.slice(start, end);
    const ofThis = known[(factsOf[index] ?? 0) - 1];
    shown.push(ofThis ? { text, facts: ofThis } : { text });
    start = end;
  }
  for (const [index, other] of others) {
    shown[index] = other?.facts ? { ...other, facts: intern(other.facts) } : other;
  }
  return shown;
}
