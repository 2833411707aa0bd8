import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { KafkaError } from '../../../../src/core/errors';
import type { On } from '../../../support/faults/plans';
import { UserError } from '../../../../src/ui/words/report';
import type { Cell } from '../cell';

/** What an operation told the person. */
export interface Told {
  /** `ok`, `unclear`, `cancelled`, `refused` (by this computer, or for its own sake), or the kind of the error. */
  readonly outcome: string;
  /** Empty where all went well. */
  readonly message: string;
  /** Asserts that what was told is true, with the fault gone: see each operation. */
  readonly verify: () => Promise<void> | void;
}

export interface Operation {
  readonly name: string;
  /** The requests that faults are to strike, and from which one on, so that it is in its middle. */
  readonly strikes: On;
  readonly from: number;
  readonly run: (cell: Cell) => Promise<Told>;
  /** Missing: it fails, if it does, with a sentence as most do. */
  readonly says?: RegExp;
}

/** Runs what throws if it fails, and words that as the product does. */
export async function tell(
  cell: Cell,
  doing: string,
  task: () => Promise<void>,
  verify: Told['verify'] = () => undefined,
): Promise<Told> {
  try {
    await task();
    return { outcome: 'ok', message: '', verify };
  } catch (error) {
    const message = await cell.word(doing, error);
    if (cell.signal.aborted && error === cell.signal.reason) {
      return { outcome: 'cancelled', message, verify };
    }
    if (error instanceof UserError) return { outcome: 'refused', message, verify };
    assert.ok(error instanceof KafkaError, inspect(error));
    return { outcome: error.kind, message, verify };
  }
}
