import { button, relabel } from '../lib/button';
import { counted } from '../lib/words';

/** The minimum number of milliseconds between two announcements of new messages. */
const QUIET = 10_000;

/** The button over the table that says how many new messages are out of sight, and leads there. */
export class FreshButton {
  readonly element;
  #count = 0;
  #saidAt = -QUIET;

  constructor(
    show: () => void,
    private readonly say: (sentence: string) => void,
  ) {
    this.element = button({
      label: 'manyFresh',
      icon: 'follow',
      look: 'primary',
      onClick: show,
    });
    this.element.classList.add('fresh');
    this.element.hidden = true;
  }

  update(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.element.hidden = count === 0;
    if (count === 0) return;
    const sentence = counted('oneFresh', 'manyFresh', count);
    relabel(this.element, sentence);
    const now = performance.now();
    if (now - this.#saidAt < QUIET) return;
    this.#saidAt = now;
    this.say(sentence);
  }
}
