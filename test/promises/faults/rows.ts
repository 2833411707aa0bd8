import type { KafkaErrorKind } from '../../../src/core/errors';
import type { Fault } from '../../support/faults/fault';
import type { On } from '../../support/faults/plans';

/** What an operation is to tell: see `Told`. */
export type Outcome = 'ok' | 'unclear' | 'refused' | KafkaErrorKind;

/** One fault, how it strikes, and what is expected of each operation under it. */
export interface Row {
  readonly name: string;
  /** Made anew for each operation. */
  readonly fault: () => Fault | undefined;
  /** Missing: the requests that each operation names. */
  readonly on?: On;
  /** How often it strikes; missing: always. */
  readonly times?: number;
  /** Of list, describe, read, follow and export. */
  readonly reads: Outcome;
  /** Of create and produce. */
  readonly writes: Outcome;
  /** Of bulk produce, which waits for what may pass. */
  readonly bulk: Outcome;
  /** The operations that it makes sense for; missing: all. */
  readonly only?: readonly string[];
  /** What the person must be told. */
  readonly says?: RegExp;
  /** Whether requests are to run into their timeout; missing: if reading fails with one. */
  readonly hangs?: boolean;
}

export type Given = Fault | (() => Fault);
export type More = Partial<Pick<Row, 'on' | 'times' | 'only' | 'bulk' | 'hangs' | 'says'>>;

/** `bulk` is as `writes` unless it is given. */
export function row(given: Given, reads: Outcome, writes: Outcome = reads, more: More = {}): Row {
  const fault = typeof given === 'function' ? given : () => given;
  const { times = Infinity } = more;
  const how = times === Infinity ? '' : times === 1 ? ', once' : `, ${times} times`;
  return { bulk: writes, ...more, name: fault().name + how, fault, reads, writes };
}

export const once: More = { times: 1 };

export function expected(row: Row, operation: string): Outcome {
  if (operation === 'bulk produce') return row.bulk;
  return ['create', 'produce'].includes(operation) ? row.writes : row.reads;
}
