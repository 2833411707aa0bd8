import { element, setText } from './dom';

/** The minimum number of milliseconds between two sentences. */
const PAUSE = 2000;

/**
 * Announces sentences to screen readers, one at a time. A newer one on the same matter replaces an
 * older one.
 */
export class Announcer {
  readonly element = element('div', { class: 'unseen', role: 'status' });
  /** The waiting sentences by their matter. */
  readonly #waiting = new Map<Matter, string>();
  #silent: ReturnType<typeof setTimeout> | undefined;

  say(matter: Matter, sentence: string): void {
    this.#waiting.set(matter, sentence);
    if (this.#silent === undefined) this.#next();
  }

  #next(): void {
    this.#silent = undefined;
    const matter = matters.find((each) => this.#waiting.has(each));
    if (!matter) return;
    setText(this.element, this.#waiting.get(matter) ?? '');
    this.#waiting.delete(matter);
    this.#silent = setTimeout(() => {
      this.#next();
    }, PAUSE);
  }
}

/** The matters, the most urgent first. */
const matters = ['problem', 'completions', 'matches', 'selection', 'fresh', 'status'] as const;
type Matter = (typeof matters)[number];
