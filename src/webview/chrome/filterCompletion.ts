import { visible } from '../../core/text/visible';
import type {
  Completion,
  CompletionItem,
  SeenKind,
  ToHost,
  ToWebview,
} from '../../viewer/protocol';
import type { StringKey } from '../../viewer/strings';
import { element, setAttribute } from '../lib/dom';
import { counted, listed, words } from '../lib/words';

const LIST_ID = 'filter-completions';

const kindWords: Readonly<Record<SeenKind, StringKey>> = {
  text: 'kindText',
  number: 'kindNumber',
  boolean: 'kindBoolean',
  null: 'kindNull',
  object: 'kindObject',
  array: 'kindArray',
};

interface CompletionEvents {
  readonly tell: (message: ToHost) => void;
  /** Says something to a screen reader. */
  readonly say: (sentence: string) => void;
  /** The text of the field was changed. */
  readonly changed: () => void;
}

/**
 * The list of what may be typed in the filter, below its field: a combobox as the ARIA Authoring
 * Practices describe it. No item is chosen before a person goes to it, so that Enter applies what
 * is typed.
 */
export class FilterCompletion {
  readonly element = element('div', {
    class: 'completions',
    id: LIST_ID,
    role: 'listbox',
    hidden: true,
    aria: { label: words('completions') },
  });
  #shown: Completion | undefined;
  /** The index of the item that is chosen; -1: none. */
  #active = -1;
  /** Whether a person has asked for the list. */
  #isWanted = false;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly events: CompletionEvents,
  ) {
    const { element: list } = this;
    setAttribute(input, 'role', 'combobox');
    setAttribute(input, 'aria-autocomplete', 'list');
    setAttribute(input, 'aria-controls', LIST_ID);
    setAttribute(input, 'aria-expanded', 'false');
    input.addEventListener('blur', () => {
      this.close();
    });
    // The field keeps the focus.
    list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
    });
    list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('[role=option]') : null;
      const index = option ? Array.from(list.children).indexOf(option) : -1;
      if (index >= 0) this.#accept(index);
    });
  }

  get isOpen(): boolean {
    return this.#shown !== undefined;
  }

  /** Asks the host what may be typed at the caret. */
  ask(isWanted: boolean): void {
    const { value, selectionStart, selectionEnd } = this.input;
    if (selectionStart === null || selectionStart !== selectionEnd) return;
    this.#isWanted = isWanted;
    this.events.tell({ type: 'complete', text: value, caret: selectionStart });
  }

  /** Shows what the host responds, unless the text or the caret has changed meanwhile. */
  take({ text, caret, completion }: Extract<ToWebview, { type: 'completion' }>): void {
    const { input } = this;
    if (input.value !== text || input.selectionStart !== caret) return;
    const isDue = document.activeElement === input && (this.#isWanted || completion.isEager);
    if (isDue && completion.items.length > 0) this.#open(completion);
    else this.close();
  }

  close(): void {
    this.#isWanted = false;
    this.#shown = undefined;
    this.element.hidden = true;
    setAttribute(this.input, 'aria-expanded', 'false');
    this.#choose(-1);
  }

  /** Handles a key of the field. Returns whether nothing else should. */
  press(event: KeyboardEvent): boolean {
    if (event.key === ' ' && event.ctrlKey) {
      this.ask(true);
      return true;
    }
    const count = this.#shown?.items.length ?? 0;
    if (count === 0) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#choose((this.#active + 1) % count);
        return true;
      case 'ArrowUp':
        this.#choose(this.#active <= 0 ? count - 1 : this.#active - 1);
        return true;
      case 'PageDown':
        this.#choose(Math.min(this.#active + 8, count - 1));
        return true;
      case 'PageUp':
        this.#choose(Math.max(this.#active - 8, 0));
        return true;
      case 'Escape':
        this.close();
        return true;
      case 'Enter':
      case 'Tab':
        if (this.#active >= 0 && !event.shiftKey) {
          this.#accept(this.#active);
          return true;
        }
        this.close();
        return false;
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'Home':
      case 'End':
        this.close();
        return false;
      default:
        return false;
    }
  }

  #open(completion: Completion): void {
    const { items } = completion;
    const wasOpen = this.isOpen;
    const chosen = this.#shown?.items[this.#active]?.insert;
    this.#shown = completion;
    this.element.replaceChildren(...items.map(option));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    setAttribute(this.input, 'aria-expanded', 'true');
    // A person may have gone to an item before the host responds to the last character typed.
    this.#choose(items.findIndex(({ insert }) => insert === chosen));
    if (!wasOpen) {
      this.events.say(counted('oneCompletion', 'manyCompletions', items.length));
    }
  }

  #choose(index: number): void {
    const { children } = this.element;
    children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = index;
    const chosen = children[index];
    chosen?.setAttribute('aria-selected', 'true');
    chosen?.scrollIntoView({ block: 'nearest' });
    setAttribute(this.input, 'aria-activedescendant', chosen?.id ?? null);
  }

  /** Types an item in place of what it completes. */
  #accept(index: number): void {
    const { input } = this;
    const shown = this.#shown;
    const insert = shown?.items[index]?.insert;
    this.close();
    if (!shown || insert === undefined) return;
    const caret = input.selectionStart ?? input.value.length;
    input.setRangeText(insert, shown.from, caret, 'end');
    this.events.changed();
  }
}

function option({ insert, kinds }: CompletionItem, index: number): HTMLElement {
  const kind = listed(kinds.map((each) => words(kindWords[each])));
  return element(
    'div',
    {
      class: 'completion',
      id: `filter-completion-${index}`,
      role: 'option',
      aria: { selected: 'false' },
    },
    element('span', { class: 'completion-text', text: visible(insert.trim()) }),
    element('span', { class: 'completion-kind', text: kind }),
  );
}
