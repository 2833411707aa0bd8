import { element, setAttribute } from './dom';
import { words } from './words';

/** The minimum share of the second part, in percent. */
const MIN = 15;
const MAX = 85;
const STEP = 2;

interface SplitShares {
  /** The size of the second part in percent, beside the first one and below it. */
  readonly beside: number;
  readonly below: number;
}

/**
 * Two parts with a movable border: side by side if there is room, otherwise one below the other.
 */
export class Split {
  readonly element = element('div', { class: 'split' });
  readonly #border = element('div', {
    class: 'split-border',
    role: 'separator',
    tabIndex: 0,
    aria: { label: words('detailResize'), valuemin: String(MIN), valuemax: String(MAX) },
  });
  /**
   * Wide enough for the first columns of the table, the value among them, beside the second part.
   */
  readonly #wide = matchMedia('(width >= 1200px)');

  constructor(
    first: HTMLElement,
    private readonly second: HTMLElement,
    private shares: SplitShares,
    private readonly changed: (shares: SplitShares) => void,
  ) {
    this.element.append(first, this.#border, second);
    this.#wide.addEventListener('change', () => {
      this.#show();
    });
    this.#border.addEventListener('pointerdown', (event) => {
      this.#drag(event);
    });
    this.#border.addEventListener('keydown', (event) => {
      const [less, more] = this.#wide.matches
        ? ['ArrowRight', 'ArrowLeft']
        : ['ArrowDown', 'ArrowUp'];
      if (event.key === less) this.#set(this.#share - STEP);
      else if (event.key === more) this.#set(this.#share + STEP);
      else if (event.key === 'Home') this.#set(MIN);
      else if (event.key === 'End') this.#set(MAX);
      else return;
      event.preventDefault();
    });
    this.#show();
  }

  /** Shows or hides the second part. */
  show(shown: boolean): void {
    this.second.hidden = !shown;
    this.#border.hidden = !shown;
  }

  get #share(): number {
    return this.#wide.matches ? this.shares.beside : this.shares.below;
  }

  #set(share: number): void {
    const clamped = Math.min(Math.max(share, MIN), MAX);
    this.shares = { ...this.shares, [this.#wide.matches ? 'beside' : 'below']: clamped };
    this.#show();
    this.changed(this.shares);
  }

  #show(): void {
    const wide = this.#wide.matches;
    this.element.classList.toggle('wide', wide);
    this.element.style.setProperty('--share', `${this.#share}%`);
    // ARIA uses the orientation of the separator itself.
    setAttribute(this.#border, 'aria-orientation', wide ? 'vertical' : 'horizontal');
    setAttribute(this.#border, 'aria-valuenow', String(Math.round(this.#share)));
  }

  #drag(down: PointerEvent): void {
    const border = this.#border;
    down.preventDefault();
    border.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent) => {
      const { right, bottom, width, height } = this.element.getBoundingClientRect();
      const share = this.#wide.matches
        ? (right - event.clientX) / width
        : (bottom - event.clientY) / height;
      this.#set(share * 100);
    };
    const end = () => {
      border.removeEventListener('pointermove', move);
    };
    border.addEventListener('pointermove', move);
    border.addEventListener('lostpointercapture', end, { once: true });
  }
}
