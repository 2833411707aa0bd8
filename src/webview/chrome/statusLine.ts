import type { ToHost, ViewerState, ViewerStatus } from '../../viewer/protocol';
import { element, setText } from '../lib/dom';
import { Progress } from './progress';
import type { StringKey } from '../../viewer/strings';
import { counted, words } from '../lib/words';

export const statusWords: Readonly<Record<ViewerStatus, StringKey>> = {
  waiting: 'statusWaiting',
  reading: 'statusReading',
  paused: 'statusPaused',
  following: 'statusFollowing',
  done: 'statusDone',
  stopped: 'statusStopped',
  failed: 'statusFailed',
};

/** The status line: status, counts, rate and progress. */
export class StatusLine {
  readonly element = element('div', { class: 'status' });
  readonly #status = element('span', { class: 'status-word' });
  readonly #matched = element('span', { class: 'matched' });
  readonly #selected = element('span', { class: 'selected' });
  readonly #dropped = element('button', { class: 'link', title: words('droppedTip') });
  readonly #received = element('span', { class: 'received' });
  readonly #rate = element('span', { class: 'rate', title: words('rateTip') });
  readonly #progress = new Progress();

  constructor(tell: (message: ToHost) => void) {
    this.#dropped.type = 'button';
    this.#dropped.addEventListener('click', () => {
      tell({ type: 'changeLimits' });
    });
    this.element.append(
      this.#status,
      this.#progress.element,
      this.#matched,
      this.#selected,
      element('span', { class: 'space' }),
      this.#received,
      this.#dropped,
      this.#rate,
    );
  }

  /** `selected` describes the selection; empty if there is none. */
  update(state: ViewerState, selected: string): void {
    const { status, counts, rate } = state;
    this.element.dataset['status'] = status;
    setText(this.#status, words(statusWords[status]));
    setText(this.#matched, matchedText(state));
    setText(this.#selected, selected);
    const live = status === 'reading' || status === 'following';
    setText(this.#rate, live ? words('rate', Math.round(rate)) : '');
    const told = counts.dropped > 0;
    setText(this.#received, told ? words('received', counts.received) : '');
    setText(this.#dropped, told ? words('dropped', counts.dropped) : '');
    this.#progress.update(state);
  }
}

export function matchedText({ counts, filter, span }: ViewerState): string {
  if (filter.text === '' && !span) {
    return counted('oneMessage', 'manyMessages', counts.held);
  }
  if (counts.matched === 1) return words('oneMatchedOf', counts.held);
  return words('matchedOf', counts.matched, counts.held);
}
