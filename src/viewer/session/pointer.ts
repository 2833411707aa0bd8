import type { KafkaRecord } from '../../core/kafka';
import type { MessagePlace } from '../../core/read/viewLink';
import type { MessageIndex } from '../index/messageIndex';
import type { Sequence } from '../protocol';
import type { MessageStore } from '../store/messageStore';

/** Finds the message that a link points at among those that arrive. */
export class Pointer {
  #found: Sequence | undefined;

  constructor(
    private readonly table: {
      readonly store: Pick<MessageStore, 'end' | 'record'>;
      readonly index: Pick<MessageIndex, 'rowOf' | 'update'>;
    },
    private readonly place: MessagePlace | undefined,
  ) {}

  /** Looks for it among records that are about to be stored. */
  look(records: readonly KafkaRecord[]): void {
    const { place } = this;
    if (!place || this.#found !== undefined) return;
    const at = records.findIndex(
      ({ partition, offset }) => partition === place.partition && offset === place.offset,
    );
    if (at >= 0) this.#found = this.table.store.end + at;
  }

  /** Its number; `null` while it is not in the table. */
  get shown(): Sequence | null {
    const found = this.#found;
    return found !== undefined && this.table.index.rowOf(found) !== undefined ? found : null;
  }

  /** Returns whether the table shows it; `undefined`: it was not read, or is not held any more. */
  async isShown(): Promise<boolean | undefined> {
    if (this.#found === undefined || !this.table.store.record(this.#found)) return undefined;
    await this.table.index.update();
    return this.shown !== null;
  }
}
