import type { ToHost, ToWebview, ViewerState } from '../../viewer/protocol';
import { button, opens } from '../lib/button';
import { element, setAttribute, setText } from '../lib/dom';
import { FilterCompletion } from './filterCompletion';
import { filterHelp } from './filterHelp';
import { icon } from '../lib/icons';
import { words } from '../lib/words';

/** Milliseconds after the last key until the filter is applied. */
const QUIET = 80;
const MAX_LENGTH = 10_000;

/** The filter field. Applies the filter during typing, and marks and explains errors in it. */
export class FilterField {
  readonly element = element('div', { class: 'filter' });
  readonly #input = element('input', {
    id: 'filter',
    class: 'input',
    title: words('filterTip'),
    aria: { label: words('filter') },
  });
  /** Lies below the input with the same text, invisible except for the underline of errors. */
  readonly #marks = element('div', { class: 'marks', aria: { hidden: 'true' } });
  readonly #problem = element('div', { class: 'filter-problem', id: 'filter-problem' });
  /** Tells screen readers what the filter was understood as. */
  readonly #understood = element('div', { class: 'unseen', id: 'filter-understood' });
  readonly #clear = button({
    label: 'clearFilter',
    icon: 'clear',
    look: 'icon',
    onClick: () => {
      this.clear();
      this.focus();
    },
  });
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The filter that was sent to the host but is not confirmed yet. */
  #told: string | undefined;

  readonly #completion: FilterCompletion;

  constructor(
    private readonly tell: (message: ToHost) => void,
    private readonly leave: () => void,
    say: (sentence: string) => void,
  ) {
    const input = this.#input;
    input.type = 'text';
    input.maxLength = MAX_LENGTH;
    input.placeholder = words('filterPlaceholder');
    input.spellcheck = false;
    input.autocomplete = 'off';
    const help = button({
      label: 'filterHelp',
      icon: 'help',
      look: 'icon',
      onClick: () => undefined,
    });
    const popover = filterHelp((example) => {
      this.apply(example);
      input.focus();
    });
    opens(help, popover);
    const changed = () => {
      this.#changed();
    };
    this.#completion = new FilterCompletion(input, { tell, say, changed });
    const { element: list } = this.#completion;
    const field = element('div', { class: 'field' }, input, this.#marks, this.#clear, help, list);
    this.element.append(field, this.#problem, this.#understood, popover);
    input.addEventListener('input', changed);
    input.addEventListener('scroll', () => {
      this.#marks.scrollLeft = input.scrollLeft;
    });
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (this.#completion.press(event)) event.preventDefault();
      else if (event.key === 'Escape' && input.value !== '') this.clear();
      else if (event.key === 'Escape' || event.key === 'ArrowDown') this.leave();
      else if (event.key === 'Enter') this.#send();
      else return;
      event.preventDefault();
    });
  }

  /** Shows what may be typed. */
  complete(message: Extract<ToWebview, { type: 'completion' }>): void {
    this.#completion.take(message);
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#input;
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  clear(): void {
    this.apply('');
  }

  /** Replaces the filter, and applies it. */
  apply(text: string): void {
    this.#input.value = text;
    this.#completion.close();
    this.#mark(undefined);
    this.#send();
  }

  update({ filter }: ViewerState): void {
    const input = this.#input;
    if (this.#told === filter.text) this.#told = undefined;
    const typing = this.#timer !== undefined || this.#told !== undefined;
    if (!typing && input.value !== filter.text) input.value = filter.text;
    this.#clear.hidden = input.value === '';
    this.element.classList.toggle('busy', filter.busy);
    // An earlier problem says nothing about a filter that is still being checked.
    if (!typing && !filter.busy) {
      this.#mark(filter.problem ?? undefined);
      this.#explain(filter.understood);
    }
  }

  #explain(understood: string): void {
    const text = understood === '' ? '' : words('understood', understood);
    setText(this.#understood, text);
    this.#input.title = text === '' ? words('filterTip') : text;
  }

  /** The person has typed. */
  #changed(): void {
    this.#mark(undefined);
    this.#completion.ask(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#send();
    }, QUIET);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#clear.hidden = this.#input.value === '';
    this.#told = this.#input.value;
    this.tell({ type: 'filter', text: this.#input.value });
  }

  #mark(problem: ViewerState['filter']['problem'] | undefined): void {
    const { value } = this.#input;
    setText(this.#problem, '');
    if (problem) {
      const end = problem.at + Math.max(1, problem.length);
      const wrong = value.slice(problem.at, end);
      // If something is missing at the end, a blank marks the place.
      const mark = element('mark', { text: wrong === '' ? '\u00a0' : wrong });
      this.#marks.replaceChildren(value.slice(0, problem.at), mark, value.slice(end));
      this.#marks.scrollLeft = this.#input.scrollLeft;
      this.#problem.replaceChildren(icon('error'), problem.message);
    } else this.#marks.replaceChildren();
    setAttribute(this.#input, 'aria-invalid', problem ? 'true' : null);
    const description = problem ? 'filter-problem' : 'filter-understood';
    setAttribute(this.#input, 'aria-describedby', description);
    this.element.classList.toggle('invalid', problem !== undefined && problem !== null);
  }
}
