import { narrowed } from '../advice/onlyThis';
import type { FieldColumn } from '../fieldColumn';
import { MessageIndex } from '../index/messageIndex';
import type { Completion, FilterProblem, ViewerState } from '../protocol';
import { MessageStore } from '../store/messageStore';
import type { ViewerDefinition } from './definition';
import { FilterGuide } from './filterGuide';
import type { SessionOptions } from './options';

/** Which messages the table shows, and in which order. */
export type TableChoice = Pick<ViewerDefinition, 'filter' | 'sort' | 'span'>;

type TableOptions = Pick<
  SessionOptions,
  'limits' | 'buffers' | 'startWorker' | 'timeContext' | 'wording'
>;

/** The messages that a viewer holds, and those that it shows. */
export class Table {
  #store: MessageStore;
  #index: MessageIndex;
  #guide: FilterGuide;
  #choice: TableChoice = { filter: '', sort: null, span: null };
  #problem: FilterProblem | null = null;
  /** The last valid filter, whose matches are shown. */
  #applied = '';
  #understood = '';
  #busy = false;
  /** Counts the calls of `show`, of which only the last may change the state. */
  #shows = 0;
  /** The versions of the indexes before this one. */
  #versions = 0;
  #disposed = false;
  /** Whether the messages move to another store. The rows stay as they are until they have. */
  #isMoving = false;

  /** `changed` is called when there is something else to tell of the filter. */
  constructor(
    private readonly options: TableOptions,
    private readonly changed: () => void,
  ) {
    this.#store = new MessageStore(options.limits, options.buffers);
    this.#index = this.#newIndex();
    this.#guide = this.#newGuide();
  }

  get store(): MessageStore {
    return this.#store;
  }

  get index(): MessageIndex {
    return this.#index;
  }

  /** Changes whenever a row may stand for another message, or for another text of it. */
  get version(): number {
    return this.#versions + this.#index.version;
  }

  /** Shows other messages or another order. If the filter is wrong, the state says why. */
  async show(choice: TableChoice): Promise<void> {
    this.#choice = choice;
    this.#busy = true;
    this.changed();
    const show = (this.#shows += 1);
    if (this.#isMoving) return;
    const { filter, sort, span } = choice;
    const { timeContext, wording } = this.options;
    let problem: FilterProblem | null = null;
    try {
      await this.#index.show({ filter, sort, span, timeContext: timeContext() });
    } catch (error) {
      problem = wording.filter(error);
    }
    if (show !== this.#shows) return;
    this.#problem = problem;
    this.#understood = problem ? '' : this.#guide.understood(filter);
    if (!problem) this.#applied = filter;
    this.#busy = false;
    this.changed();
  }

  /** Takes in messages that were added to the store. */
  async update(): Promise<void> {
    if (this.#isMoving) return;
    const index = this.#index;
    try {
      await index.update();
    } catch (error) {
      // If the store was replaced meanwhile, that has said what it shows.
      if (!this.#disposed && index === this.#index)
        this.#problem = this.options.wording.filter(error);
    }
  }

  /** Makes the rows be fetched again, because their cells have changed. */
  touch(): void {
    this.#versions += 1;
  }

  /**
   * Lets another store take the place of the present one. `move` gives it the messages, with the same
   * numbers; meanwhile the rows stay as they are. Rejects as `move` does; then the present store
   * stays.
   */
  async replace(move: (from: MessageStore, to: MessageStore) => Promise<void>): Promise<void> {
    const { limits, buffers } = this.options;
    const old = this.#store;
    const store = new MessageStore(limits, buffers, old);
    // Its worker must not read what moves. What is asked for now is shown at the end.
    this.#index.dispose();
    this.#isMoving = true;
    this.#shows += 1;
    try {
      await move(old, store);
      this.#store = store;
      old.dispose();
    } catch (error) {
      store.dispose();
      throw error;
    } finally {
      this.#isMoving = false;
      if (!this.#disposed) await this.#showAnew();
    }
  }

  /** Shows the messages of the store with a new index. */
  async #showAnew(): Promise<void> {
    this.#versions += this.#index.version + 1;
    this.#index = this.#newIndex();
    this.#guide = this.#newGuide();
    await this.show(this.#choice);
  }

  get filterState(): ViewerState['filter'] {
    const { filter: text } = this.#choice;
    const [problem, busy] = [this.#problem, this.#busy];
    const isInVain = !busy && !problem && text !== '' && this.#store.held > 0;
    const advice = isInVain && this.#index.length === 0 ? this.#guide.advice(text) : null;
    return { text, problem, busy, understood: busy ? '' : this.#understood, advice };
  }

  /** Returns the filter that is shown, narrowed by a term. */
  narrowed(term: string): string {
    return narrowed(this.#applied, term, this.options.timeContext());
  }

  /** The fields of JSON that were seen in some of the messages. */
  get fields(): readonly FieldColumn[] {
    return this.#guide.fields;
  }

  complete(text: string, caret: number): Completion {
    return this.#guide.complete(text, caret);
  }

  dispose(): void {
    this.#disposed = true;
    this.#index.dispose();
    this.#store.dispose();
  }

  #newIndex(): MessageIndex {
    return new MessageIndex(this.#store, this.options.startWorker);
  }

  #newGuide(): FilterGuide {
    const { timeContext, wording } = this.options;
    return new FilterGuide(this.#store, timeContext, wording.say);
  }
}
