import type { TimeContext } from '../../core/time/parse';
import { advise } from '../advice/advise';
import { complete } from '../advice/complete';
import type { SeenFields } from '../advice/seenFields';
import { describe } from '../filter/describe';
import type { Say } from '../filter/filterWords';
import { type FieldColumn, readField } from '../fieldColumn';
import { parseFilter } from '../filter/filterParser';
import type { Completion, FilterAdvice, Sequence } from '../protocol';
import type { MessageStore } from '../store/messageStore';
import { sampleFields } from './sampleFields';

/** Explains filters, by the messages that a viewer holds. */
export class FilterGuide {
  #sample:
    { readonly first: Sequence; readonly end: Sequence; readonly seen: SeenFields } | undefined;
  #advice:
    { readonly text: string; readonly seen: SeenFields; readonly advice: FilterAdvice } | undefined;

  constructor(
    private readonly store: MessageStore,
    private readonly timeContext: () => TimeContext,
    private readonly say: Say,
  ) {}

  /** Returns what a valid filter matches, in words; empty for an empty one. */
  understood(text: string): string {
    const timeContext = this.timeContext();
    const node = parseFilter(text, timeContext);
    return node ? describe(node, this.say, timeContext.zone) : '';
  }

  /** Returns why a valid filter may match nothing. */
  advice(text: string): FilterAdvice {
    const seen = this.#seen;
    if (this.#advice?.text !== text || this.#advice.seen !== seen) {
      this.#advice = { text, seen, advice: advise(text, seen, this.timeContext()) };
    }
    return this.#advice.advice;
  }

  /** Returns what may be typed at an index of a filter. */
  complete(text: string, caret: number): Completion {
    return complete(text, caret, this.#seen);
  }

  /** The fields with texts, numbers and the like in them, the first element of each array. */
  get fields(): readonly FieldColumn[] {
    const columns = this.#seen.paths
      .filter(({ kinds }) => [...kinds].some((kind) => kind !== 'object' && kind !== 'array'))
      .map(({ where, path }) => readField(`${where}${path.replaceAll('[*]', '[0]')}`));
    return [...new Set(columns.filter((column) => column !== undefined))];
  }

  /** What is seen in some of the messages. It is looked up again once they are others, or many more. */
  get #seen(): SeenFields {
    const { first, end } = this.store;
    const old = this.#sample;
    const isFresh = old && first < old.end && end - old.end <= (old.end - old.first) / 4;
    if (isFresh) return old.seen;
    const seen = sampleFields(this.store);
    this.#sample = { first, end, seen };
    return seen;
  }
}
