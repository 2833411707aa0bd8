import type { RenderProblem } from './render';
import type { Span } from './text';

/** What can be wrong with a `.kafka` file. `messages.ts` has the words and the severity of each. */
export type ProblemKind =
  | RenderProblem['kind']
  | 'topic-missing'
  | 'topic-invalid'
  | 'topic-unknown'
  | 'cluster-unknown'
  | 'partition-unknown'
  | 'property-unknown'
  | 'property-twice'
  | 'colon-missing'
  /** A line that looks like a property, but is part of the value. */
  | 'property-in-value'
  /** The keyword of a block that is part of a value, for lack of a separator. */
  | 'block-in-value'
  /** `producer` or ` PRODUCER` outside of blocks. */
  | 'keyword-form'
  | 'directive-unknown'
  /** Outside of blocks, where it does nothing. */
  | 'directive-outside'
  | 'value-missing'
  /** Templates left nothing of it. */
  | 'value-empty'
  | 'tombstone-with-value'
  | 'format-unknown'
  | 'format-reserved'
  | 'encoding-unknown'
  | 'every-invalid'
  | 'from-invalid'
  /** A number, and then something that is ignored. */
  | 'number-inexact'
  | 'to-invalid'
  | 'to-before-from'
  | 'count-invalid'
  | 'partitions-invalid'
  | 'partition-invalid'
  | 'timestamp-invalid'
  | 'header-dropped'
  | 'header-cut'
  /** Of `-- @headers`. */
  | 'headers-invalid'
  | 'not-in-format'
  | 'out-of-range'
  | 'json-invalid'
  | 'consume-unsupported'
  | 'times-unsupported'
  | 'produce-unsupported'
  | 'headers-unsupported'
  | 'timestamp-unsupported'
  | 'tombstone-unsupported'
  /** The bytes are not UTF-8, and the proxy deals in text. */
  | 'bytes-unsupported'
  /** The bytes of some values are not. */
  | 'bytes-perhaps-unsupported';

export interface Problem extends Span {
  readonly kind: ProblemKind;
  /** What it is about: a name, a value, a format, what another said. */
  readonly name?: string;
  readonly detail?: string;
  /** What could stand there instead, the likeliest first. */
  readonly suggestions?: readonly string[];
}

/** Problems that do not keep a block from running with the meaning that it has elsewhere. */
const HARMLESS: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'template-open',
  'topic-unknown',
  'cluster-unknown',
  'partition-unknown',
  'property-unknown',
  'property-twice',
  'property-in-value',
  'block-in-value',
  'keyword-form',
  'directive-unknown',
  'directive-outside',
  'every-invalid', // keeps it from being started, not from being produced once
  'number-inexact',
  'header-dropped',
  'header-cut',
  'json-invalid',
  'bytes-perhaps-unsupported',
]);

/** Whether a block with this problem must not run. */
export function isBlocking({ kind }: Problem): boolean {
  return !HARMLESS.has(kind);
}

/** Those of `candidates` that a person may have meant, the nearest first. */
export function nearest(name: string, candidates: Iterable<string>): string[] {
  const limit = Math.ceil(name.length / 3);
  return [...candidates]
    .map((candidate) => ({ candidate, distance: distance(name, candidate, limit) }))
    .filter((each) => each.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate)
    .slice(0, 3);
}

/** Levenshtein's distance without regard to case; beyond `limit`, anything above it. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? limit + 1;
}
