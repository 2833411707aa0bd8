/** The height of an element up to which 24 bits hold positions to a quarter of a pixel. */
export const LIMIT = 4_000_000;
/** How many pixels at both ends of a higher list are as many of the element. */
const EDGE = LIMIT / 8;

/**
 * How far an element is scrolled and what of a list is in sight then, for lists that are higher than
 * an element can be. Chromium ends at 33 million physical pixels, and long before that positions are
 * no longer exact to the pixel.
 *
 * Up to `LIMIT` both are the same. Beyond it, small movements (a wheel, a finger) move the list pixel
 * by pixel, and large ones (the scrollbar) in proportion. The difference that the small ones leave is
 * taken back by `settled`, when nothing moves.
 */
export class ScrollScale {
  /** Pixels of the list above the sight. */
  top = 0;
  #scrolled = 0;
  #total = 0;
  #sight = 0;

  /** The height of the element's content, in pixels. */
  get height(): number {
    return Math.min(this.#total, LIMIT);
  }

  get maxTop(): number {
    return Math.max(0, this.#total - this.#sight);
  }

  get #maxScrolled(): number {
    return Math.max(0, this.height - this.#sight);
  }

  get #scaled(): boolean {
    return this.#total > LIMIT;
  }

  /** Takes the heights of the list and of the sight. */
  resize(total: number, sight: number): void {
    this.#total = total;
    this.#sight = sight;
    this.place(this.top);
  }

  /** Puts a pixel of the list at the top, as far as it can be there. */
  place(top: number): void {
    this.top = Math.min(Math.max(top, 0), this.maxTop);
  }

  /** Where the element is to be scrolled for what is in sight. */
  get settled(): number {
    if (!this.#scaled) return this.top;
    const { top, maxTop } = this;
    if (top <= EDGE) return top;
    if (maxTop - top <= EDGE) return this.#maxScrolled - (maxTop - top);
    return EDGE + (top - EDGE) / this.#ratio;
  }

  /** Takes where the element was scrolled on request: browsers round. */
  wrote(scrolled: number): void {
    this.#scrolled = scrolled;
    if (!this.#scaled) this.top = scrolled;
  }

  /** Takes how far the element has been scrolled by the person. */
  scroll(scrolled: number): void {
    const moved = scrolled - this.#scrolled;
    this.#scrolled = scrolled;
    // The scrollbar moves by twice as much at least.
    const jump = Math.max(this.#sight, this.#maxScrolled / this.#sight / 2);
    this.place(this.#scaled && Math.abs(moved) >= jump ? this.#topAt(scrolled) : this.top + moved);
  }

  /** Whether one of the two is at an end and the other is not. */
  get stuck(): boolean {
    if (!this.#scaled) return false;
    const atStart = this.#scrolled < 1;
    const atEnd = this.#scrolled > this.#maxScrolled - 1;
    return atStart !== this.top < 1 || atEnd !== this.top > this.maxTop - 1;
  }

  #topAt(scrolled: number): number {
    const left = this.#maxScrolled - scrolled;
    if (scrolled <= EDGE) return scrolled;
    return left <= EDGE ? this.maxTop - left : EDGE + (scrolled - EDGE) * this.#ratio;
  }

  /** Pixels of the list for one of the element, between the edges. */
  get #ratio(): number {
    return (this.maxTop - 2 * EDGE) / (this.#maxScrolled - 2 * EDGE);
  }
}
