import { element } from './dom';
import { ScrollScale } from './scrollScale';

interface VirtualRowsOptions {
  /** The scrolling element; its sticky head is `headHeight` pixels high. */
  readonly scroller: HTMLElement;
  /** The child of `scroller` that gets the height of all rows. */
  readonly body: HTMLElement;
  readonly rowHeight: () => number;
  readonly headHeight?: () => number;
  readonly create: () => HTMLElement;
  /** Makes an element show a row. */
  readonly fill: (row: HTMLElement, index: number) => void;
  /** Called with the visible rows (`end` exclusive) whenever they may have changed. */
  readonly onSight?: (start: number, end: number) => void;
  /** Called when the person has scrolled by so many pixels. */
  readonly onScroll?: (pixels: number) => void;
  /** Called after the scroller got another size, with the rows that were visible before. */
  readonly onResize?: (start: number, end: number) => void;
}

/** The rows kept beyond each end of the visible part, so that small movements find them ready. */
const MARGIN = 8;
/** The milliseconds without movement after which scrolling counts as finished. */
const REST = 150;

/**
 * Shows rows of equal height. Only the visible rows and a few more are elements, in order, so that
 * the cost does not depend on the number of rows.
 */
export class VirtualRows {
  readonly #scale = new ScrollScale();
  readonly #window = element('div', { class: 'rows', role: 'presentation' });
  readonly #elements: HTMLElement[] = [];
  /** How much was visible, in pixels, before the scroller gets another size. */
  #sightBefore = 1;
  #first = 0;
  #count = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: VirtualRowsOptions) {
    const { scroller, body } = options;
    body.append(this.#window);
    scroller.addEventListener('scroll', () => {
      this.#scrolled();
    });
    new ResizeObserver(() => {
      // The rows may have been drawn again since the size changed.
      const [start, end] = this.#sightOf(this.#sightBefore);
      this.#sightBefore = this.#sight();
      this.resize(this.#count);
      options.onResize?.(start, end);
    }).observe(scroller);
  }

  get count(): number {
    return this.#count;
  }

  /** The pixel of the list at the top of the visible part. */
  get top(): number {
    return this.#scale.top;
  }

  get atEnd(): boolean {
    return this.#scale.top >= this.#scale.maxTop - this.options.rowHeight() / 2;
  }

  get atStart(): boolean {
    return this.#scale.top < 1;
  }

  /** Whether there are more rows than fit. */
  get overflows(): boolean {
    return this.#scale.maxTop > 0;
  }

  /** The number of whole rows that fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.#sight() / this.options.rowHeight()));
  }

  /** Sets the number of rows, and the scroll position if it changes. Fills all rows again. */
  resize(count: number, top = this.top): void {
    this.#count = count;
    const { body, rowHeight } = this.options;
    this.#scale.resize(count * rowHeight(), this.#sight());
    body.style.height = `${this.#scale.height}px`;
    this.scrollTo(top);
    this.refresh();
  }

  /** Fills the existing rows again. */
  refresh(): void {
    this.#elements.forEach((row, index) => {
      this.options.fill(row, this.#first + index);
    });
  }

  scrollTo(top: number): void {
    this.#scale.place(top);
    this.#settle();
    this.#render();
  }

  /** Scrolls as little as needed to show a row completely. */
  reveal(index: number): void {
    const height = this.options.rowHeight();
    const [above, below] = [index * height, (index + 1) * height - this.#sight()];
    if (above < this.top) this.scrollTo(above);
    else if (below > this.top) this.scrollTo(below);
  }

  /** Returns whether any part of a row is visible. */
  inSight(index: number): boolean {
    const [start, end] = this.sight;
    return index >= start && index < end;
  }

  /** The rows that are at least partly visible, `end` exclusive. */
  get sight(): readonly [start: number, end: number] {
    return this.#sightOf(this.#sight());
  }

  /** Returns the rows that are at least partly in the first `pixels` of the visible part. */
  #sightOf(pixels: number): readonly [start: number, end: number] {
    const height = this.options.rowHeight();
    const end = Math.ceil((this.top + pixels) / height);
    return [Math.floor(this.top / height), Math.min(end, this.#count)];
  }

  /** The element of a row, if it has one. */
  elementOf(index: number): HTMLElement | undefined {
    return index < this.#first ? undefined : this.#elements[index - this.#first];
  }

  /** Returns the row of an element or of one inside it. */
  indexOf(target: EventTarget | null): number | undefined {
    const index = this.#elements.findIndex((row) => target instanceof Node && row.contains(target));
    return index < 0 ? undefined : this.#first + index;
  }

  #sight(): number {
    return Math.max(1, this.options.scroller.clientHeight - (this.options.headHeight?.() ?? 0));
  }

  #scrolled(): void {
    const moved = this.#scale.scroll(this.options.scroller.scrollTop);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      // Somebody has scrolled on meanwhile, which settling would undo. The event is under way.
      if (!this.#scale.knows(this.options.scroller.scrollTop)) return;
      this.#settle();
      this.#render();
    }, REST);
    if (this.#scale.stuck) this.#settle();
    this.#render();
    // The browser also reports where it was scrolled to by us.
    if (Math.abs(moved) >= 1) this.options.onScroll?.(moved);
  }

  #settle(): void {
    const { scroller } = this.options;
    const { settled } = this.#scale;
    if (Math.abs(scroller.scrollTop - settled) >= 1) scroller.scrollTop = settled;
    this.#scale.wrote(scroller.scrollTop);
  }

  #render(): void {
    const [start, end] = this.sight;
    const first = Math.max(0, start - MARGIN);
    const length = Math.max(0, Math.min(this.#count, end + MARGIN) - first);
    this.#keep(first, length);
    const offset = first * this.options.rowHeight() - this.top + this.options.scroller.scrollTop;
    // A fraction of a pixel would blur the text.
    this.#window.style.transform = `translateY(${Math.round(offset)}px)`;
    this.options.onSight?.(start, end);
  }

  /** Assigns the elements to other rows; rows that stay are not touched. */
  #keep(first: number, length: number): void {
    const rows = this.#elements;
    const { create, fill } = this.options;
    while (rows.length > length) rows.pop()?.remove();
    const moved = first - this.#first;
    this.#first = first;
    const stay = Math.max(0, rows.length - Math.abs(moved));
    if (moved > 0) {
      const leaving = rows.splice(0, rows.length - stay);
      rows.push(...leaving);
      this.#window.append(...leaving);
    } else if (moved < 0) {
      const leaving = rows.splice(stay);
      rows.unshift(...leaving);
      this.#window.prepend(...leaving);
    }
    const [from, to] = moved >= 0 ? [stay, rows.length] : [0, rows.length - stay];
    rows.slice(from, to).forEach((row, index) => {
      fill(row, first + from + index);
    });
    while (rows.length < length) {
      const row = create();
      fill(row, first + rows.length);
      rows.push(row);
      this.#window.append(row);
    }
  }
}
