import type { PartitionProgress, ViewerState, ViewerStatus } from '../viewer/protocol';
import { element, setAttribute, setText } from './dom';
import type { StringKey } from './strings';
import { words } from './words';

export const statusWords: Readonly<Record<ViewerStatus, StringKey>> = {
  reading: 'statusReading',
  paused: 'statusPaused',
  following: 'statusFollowing',
  done: 'statusDone',
  stopped: 'statusStopped',
  failed: 'statusFailed',
};

/** Partitions that the tooltip lists. */
const MAX_LISTED = 40;

/** What goes on, in one line: status, counts, rate and progress. */
export class StatusLine {
  readonly element = element('div', { class: 'status' });
  readonly #status = element('span', { class: 'status-word' });
  readonly #matched = element('span', { class: 'matched' });
  readonly #selected = element('span', { class: 'selected' });
  readonly #dropped = element('span', { class: 'dropped', title: words('droppedTip') });
  readonly #received = element('span', { class: 'received' });
  readonly #rate = element('span', { class: 'rate', title: words('rateTip') });
  readonly #bar = element('div', { class: 'bar' });
  readonly #progress = element(
    'div',
    {
      class: 'progress',
      role: 'progressbar',
      tabIndex: 0,
      aria: { label: words('progress'), valuemin: '0', valuemax: '100' },
    },
    this.#bar,
  );

  constructor() {
    this.element.append(
      this.#status,
      this.#progress,
      this.#matched,
      this.#selected,
      element('span', { class: 'space' }),
      this.#received,
      this.#dropped,
      this.#rate,
    );
  }

  update(state: ViewerState, selected: number): void {
    const { status, counts, rate, progress } = state;
    this.element.dataset['status'] = status;
    setText(this.#status, words(statusWords[status]));
    setText(this.#matched, matchedText(state));
    setText(this.#selected, selected > 1 ? words('selectedMany', selected) : '');
    const live = status === 'reading' || status === 'following';
    setText(this.#rate, live ? words('rate', Math.round(rate)) : '');
    const told = counts.dropped > 0;
    setText(this.#received, told ? words('received', counts.received) : '');
    setText(this.#dropped, told ? words('dropped', counts.dropped) : '');
    this.#showProgress(status, progress);
  }

  #showProgress(status: ViewerStatus, progress: readonly PartitionProgress[]): void {
    const running = status === 'reading' || status === 'paused';
    this.#progress.hidden = !running || progress.length === 0;
    if (this.#progress.hidden) return;
    const percent = percentRead(progress);
    const lines = progress.slice(0, MAX_LISTED).map(({ partition, from, position, until }) => {
      const [read, all] = [BigInt(position) - BigInt(from), BigInt(until) - BigInt(from)];
      const share = percentRead([{ partition, from, position, until }]);
      return words('progressPartition', partition, Number(read), Number(all), share);
    });
    const more = progress.length > MAX_LISTED ? ['\u2026'] : [];
    const text = words('progressAll', percent);
    this.#bar.style.width = `${percent}%`;
    setAttribute(this.#progress, 'aria-valuenow', String(percent));
    setAttribute(this.#progress, 'aria-valuetext', [text, ...lines].join('. '));
    setAttribute(this.#progress, 'title', [words('progressTip'), ...lines, ...more].join('\n'));
  }
}

export function matchedText({ counts, filter, span }: ViewerState): string {
  if (filter.text === '' && !span) {
    return counts.held === 1 ? words('oneMessage') : words('manyMessages', counts.held);
  }
  return words('matchedOf', counts.matched, counts.held);
}

/** How much of all partitions together is read, a whole number from 0 to 100. */
function percentRead(progress: readonly PartitionProgress[]): number {
  let [read, all] = [0n, 0n];
  for (const { from, position, until } of progress) {
    read += BigInt(position) - BigInt(from);
    all += BigInt(until) - BigInt(from);
  }
  if (all <= 0n) return 100;
  const percent = Number((read * 100n) / all);
  return Math.min(Math.max(percent, 0), 100);
}
