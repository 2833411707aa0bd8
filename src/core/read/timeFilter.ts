import type { KafkaRecord, RecordPage } from '../kafka';
import type { ReadNotice } from './request';
import { hasTime } from './timeSearch';

/**
 * Selects the records of a span of time: `since` inclusive, `until` exclusive, in epoch
 * milliseconds.
 */
export class TimeFilter {
  #before = -Infinity;
  #after = Infinity;
  #untimed = false;

  constructor(
    private readonly since: number,
    private readonly until: number,
  ) {}

  /** Remembers a timestamp outside the span, so that the nearest ones can be reported. */
  see(timestamp: number): void {
    if (timestamp < this.since) this.#before = Math.max(timestamp, this.#before);
    else if (timestamp >= this.until) this.#after = Math.min(timestamp, this.#after);
  }

  /** Yields the same pages, reduced to the records of the span. */
  async *pages(pages: AsyncIterable<RecordPage>): AsyncGenerator<RecordPage, void, undefined> {
    for await (const page of pages) {
      yield { ...page, records: page.records.filter((record) => this.#matches(record)) };
    }
  }

  #matches({ timestamp }: KafkaRecord): boolean {
    if (!hasTime(timestamp)) {
      this.#untimed = true;
      return false;
    }
    this.see(timestamp);
    return timestamp >= this.since && timestamp < this.until;
  }

  /** Returns the notices at the end of a read that gave this many records. */
  notices(records: number): readonly ReadNotice[] {
    const notices: ReadNotice[] = this.#untimed ? [{ kind: 'untimed' }] : [];
    if (records > 0) return notices;
    const before = this.#before > -Infinity && { before: this.#before };
    const after = this.#after < Infinity && { after: this.#after };
    return [...notices, { kind: 'none', ...before, ...after }];
  }
}
