import type { ToHost, ViewerState } from '../../viewer/protocol';
import { button, relabel } from '../lib/button';
import { element, setText } from '../lib/dom';
import { words } from '../lib/words';

/** The text shown while there are no rows. */
export class EmptyState {
  readonly element = element('div', { class: 'nothing', hidden: true });
  readonly #text = element('p');
  /** What the filter was understood as. */
  readonly #understood = element('p', { class: 'understood' });
  readonly #lacksHeaders = element('p', { text: words('noHeadersSeen') });
  readonly #suggestion;
  readonly #clearFilter;
  readonly #clearSpan;
  #suggested: string | null = null;

  constructor(events: {
    readonly tell: (message: ToHost) => void;
    readonly clearFilter: () => void;
    readonly applyFilter: (text: string) => void;
  }) {
    this.#suggestion = button({
      label: 'didYouMean',
      look: 'primary',
      onClick: () => {
        if (this.#suggested !== null) events.applyFilter(this.#suggested);
      },
    });
    this.#clearFilter = button({
      label: 'clearFilter',
      look: 'secondary',
      onClick: events.clearFilter,
    });
    this.#clearSpan = button({
      label: 'clearSpan',
      look: 'secondary',
      onClick: () => {
        events.tell({ type: 'span', span: null });
      },
    });
    this.element.append(
      this.#text,
      this.#understood,
      this.#lacksHeaders,
      this.#suggestion,
      this.#clearFilter,
      this.#clearSpan,
    );
  }

  update({ counts, filter, span, status }: ViewerState): void {
    this.element.hidden = counts.matched > 0 || (filter.busy && counts.held > 0);
    const filtered = counts.held > 0;
    this.#clearFilter.hidden = !filtered || filter.text === '';
    this.#clearSpan.hidden = !filtered || span === null;
    const reading = status === 'reading' || status === 'paused';
    const text = filtered
      ? words(span ? 'noMatchInSpan' : 'noMatch')
      : reading
        ? words('waiting')
        : status === 'following'
          ? words('waitingForNew')
          : words(status === 'stopped' ? 'stoppedEmpty' : 'noMessages');
    setText(this.#text, text);
    this.#advise(filter);
  }

  #advise({ understood, advice }: ViewerState['filter']): void {
    this.#understood.hidden = advice === null || understood === '';
    setText(this.#understood, words('understood', understood));
    this.#lacksHeaders.hidden = advice?.lacksHeaders !== true;
    this.#suggested = advice?.suggestion ?? null;
    this.#suggestion.hidden = this.#suggested === null;
    relabel(this.#suggestion, words('didYouMean', this.#suggested ?? ''));
  }
}
