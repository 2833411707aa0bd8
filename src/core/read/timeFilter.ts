import type { KafkaRecord, RecordPage } from '../kafka';
import type { ReadNotice } from './request';
import { hasTime } from './timeSearch';

/** Lets the records of a span of time through: `since` inclusive, `until` exclusive. */
export class TimeFilter {
  #before = -Infinity;
  #after = Infinity;
  #untimed = false;

  constructor(
    private readonly since: number,
    private readonly until: number,
  ) {}

  /** Takes note of a timestamp that is outside of the span, to tell of the nearest ones. */
  see(timestamp: number): void {
    if (timestamp < this.since) this.#before = Math.max(timestamp, this.#before);
    else if (timestamp >= this.until) this.#after = Math.min(timestamp, this.#after);
  }

  /** The pages with the records of the span. */
  async *pages(pages: AsyncIterable<RecordPage>): AsyncGenerator<RecordPage, void, undefined> {
    for await (const page of pages) {
      yield { ...page, records: page.records.filter((record) => this.#lets(record)) };
    }
  }

  #lets({ timestamp }: KafkaRecord): boolean {
    if (!hasTime(timestamp)) {
      this.#untimed = true;
      return false;
    }
    this.see(timestamp);
    return timestamp >= this.since && timestamp < this.until;
  }

  /** What is to be said at the end of a read that gave so many records. */
  notices(records: number): readonly ReadNotice[] {
    const notices: ReadNotice[] = this.#untimed ? [{ kind: 'untimed' }] : [];
    if (records > 0) return notices;
    const before = this.#before > -Infinity && { before: this.#before };
    const after = this.#after < Infinity && { after: this.#after };
    return [...notices, { kind: 'none', ...before, ...after }];
  }
}
