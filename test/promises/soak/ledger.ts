import type { BulkReport } from '../../../src/transfer/bulk/bulkReport';
import { must } from '../must';

/** What became of records that were sent to a topic, by their ids. */
export interface Fates {
  /** Of the action, for whoever looks for what went wrong. */
  readonly step: number;
  readonly topic: string;
  readonly accepted: readonly string[];
  readonly unclear: readonly string[];
  /** Refused, or never sent. */
  readonly failed: readonly string[];
}

interface Entry {
  /** The last step that sent it. */
  step: number;
  least: number;
  most: number;
  found: number;
}

/**
 * What the client reported of each record against what the log holds: what was accepted is there
 * once, what failed is not, what is unclear may be. Each report of the same id adds to the one
 * before.
 */
export class Ledger {
  readonly #topics = new Map<string, Map<string, Entry>>();
  /** How many records of each partition were counted; a log only grows. */
  readonly #counted = new Map<string, number>();

  report({ step, topic, accepted, unclear, failed }: Fates): void {
    const add = (ids: readonly string[], least: number, most: number): void => {
      for (const id of ids) {
        const entry = this.#entry(topic, id);
        entry.step = step;
        entry.least += least;
        entry.most += most;
      }
    };
    add(accepted, 1, 1);
    add(unclear, 0, 1);
    add(failed, 0, 0);
  }

  /** Counts what has come to the log of a partition: its records, as the emulator gives them. */
  count(topic: string, partition: number, records: readonly string[]): void {
    const place = `${topic} ${partition}`;
    for (const record of records.slice(this.#counted.get(place) ?? 0)) {
      this.#entry(topic, idIn(record) ?? record.slice(0, 80)).found++;
    }
    this.#counted.set(place, records.length);
  }

  /** What does not agree, once all that was sent is reported: a line each, at most ten. */
  disagreements(): readonly string[] {
    const found: string[] = [];
    for (const [topic, entries] of this.#topics) {
      for (const [id, { step, least, most, found: times }] of entries) {
        if (times >= least && times <= most) continue;
        const reported = least === most ? `${least}` : `${least} to ${most}`;
        found.push(
          step === 0
            ? `${topic} holds record ${id}, of which nothing was reported`
            : `step ${step}: ${topic} holds record ${id} ${times} times, reported: ${reported}`,
        );
        if (found.length === 10) return found;
      }
    }
    return found;
  }

  #entry(topic: string, id: string): Entry {
    let entries = this.#topics.get(topic);
    if (!entries) this.#topics.set(topic, (entries = new Map<string, Entry>()));
    let entry = entries.get(id);
    if (!entry) entries.set(id, (entry = { step: 0, least: 0, most: 0, found: 0 }));
    return entry;
  }
}

/** What a bulk run has kept, by the ids of the records. */
export type NotAccepted = Pick<Fates, 'unclear' | 'failed'>;

/**
 * The records of a bulk run that it must have written, since it has not kept them.
 *
 * @throws Violation if what the run reports does not agree with that
 */
export function acceptedOf(
  all: readonly string[],
  { unclear, failed }: NotAccepted,
  report: Pick<BulkReport<unknown>, 'accepted' | 'unclear' | 'keepError'>,
): readonly string[] {
  const { keepError } = report;
  must(keepError === undefined, `what was not sent could not be kept: ${String(keepError)}`);
  const notAccepted = new Set([...unclear, ...failed]);
  const accepted = all.filter((id) => !notAccepted.has(id));
  must(
    accepted.length === report.accepted && unclear.length === report.unclear,
    `${report.accepted} accepted and ${report.unclear} unclear are reported, but what was kept ` +
      `leaves ${accepted.length} and ${unclear.length} of ${all.length}`,
  );
  return accepted;
}

/** The id in the value of a record, also where that is text inside JSON. */
export function idIn(text: string): string | undefined {
  return /\\?"id\\?":\s*\\?"([\w-]+)/.exec(text)?.[1];
}
