import type { ToHost, ViewerState, ViewerStatus } from '../../viewer/protocol';
import type { StringKey } from '../../viewer/strings';
import { type Button, button, relabel } from '../lib/button';
import { element, setText } from '../lib/dom';
import { words } from '../lib/words';

/** What is said while nothing has come, and what may be done then. */
const empty: Readonly<Record<ViewerStatus, readonly [StringKey, ...NextStep[]]>> = {
  waiting: ['waitingEmpty', 'readMessages'],
  reading: ['readingEmpty'],
  paused: ['pausedEmpty', 'resume'],
  following: ['followingEmpty'],
  done: ['doneEmpty', 'follow', 'changeRange'],
  stopped: ['stoppedEmpty', 'resume', 'changeRange'],
  failed: ['failedEmpty', 'changeRange'],
};

const steps = {
  readMessages: 'resume',
  resume: 'resume',
  follow: 'follow',
  changeRange: 'changeRange',
} as const;
type NextStep = keyof typeof steps;
const nextSteps = Object.keys(steps) as readonly NextStep[];

/** What is shown while there are no rows: why, and what may be done. */
export class EmptyState {
  readonly element = element('div', { class: 'nothing', hidden: true });
  readonly #text = element('p');
  /** What the filter was understood as. */
  readonly #understood = element('p', { class: 'understood' });
  readonly #lacksHeaders = element('p', { text: words('noHeadersSeen') });
  readonly #suggestion;
  readonly #clearFilter;
  readonly #clearSpan;
  readonly #steps: ReadonlyMap<NextStep, Button>;
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
    this.#steps = new Map(
      nextSteps.map((label) => {
        const look = label === 'readMessages' ? 'primary' : 'secondary';
        const onClick = () => {
          events.tell({ type: steps[label] });
        };
        return [label, button({ label, look, onClick })];
      }),
    );
    this.element.append(
      this.#text,
      this.#understood,
      this.#lacksHeaders,
      this.#suggestion,
      this.#clearFilter,
      this.#clearSpan,
      ...this.#steps.values(),
    );
  }

  update(state: ViewerState): void {
    const { counts, filter, span } = state;
    const isFiltered = counts.held > 0;
    this.element.hidden = counts.matched > 0 || (filter.busy && isFiltered);
    this.#clearFilter.hidden = !isFiltered || filter.text === '';
    this.#clearSpan.hidden = !isFiltered || span === null;
    const [text, ...offered] = isFiltered ? [noMatch(state)] : nothing(state);
    setText(this.#text, words(text));
    for (const [step, made] of this.#steps) made.hidden = !offered.includes(step);
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

function nothing({ status, cleared }: ViewerState): readonly [StringKey, ...NextStep[]] {
  const isOver = status === 'done' || status === 'stopped' || status === 'failed';
  return cleared && isOver ? ['cleared', 'follow', 'changeRange'] : empty[status];
}

/** Why no message is shown although some are there. */
function noMatch({ filter, span, status }: ViewerState): StringKey {
  if (filter.problem) return 'filterBroken';
  if (span) return 'noMatchInSpan';
  return status === 'reading' || status === 'following' ? 'noMatchYet' : 'noMatch';
}
