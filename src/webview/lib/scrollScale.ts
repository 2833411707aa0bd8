/** The height of an element up to which 24 bits hold positions to a quarter of a pixel. */
export const LIMIT = 4_000_000;
/** The number of pixels at both ends of a taller list that scroll one to one. */
const EDGE = LIMIT / 8;

/**
 * Maps the scroll position of an element to the visible part of a list, for lists that are taller
 * than an element can be. Chromium ends at 33 million physical pixels, and its positions stop
 * being exact to the pixel long before that. Up to `LIMIT`, both are the same. Beyond it, small
 * movements (a wheel, a finger) move the list pixel by pixel, and large ones (the scrollbar) in
 * proportion. `settled` corrects the difference that small movements leave when nothing moves.
 */
export class ScrollScale {
  /** The pixels of the list above the visible part. */
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

  /** Sets the heights of the list and of the visible part. */
  resize(total: number, sight: number): void {
    this.#total = total;
    this.#sight = sight;
    this.place(this.top);
  }

  /** Scrolls a pixel of the list to the top, as far as possible. */
  place(top: number): void {
    this.top = Math.min(Math.max(top, 0), this.maxTop);
  }

  /** The scroll position of the element that fits the visible part of the list. */
  get settled(): number {
    if (!this.#scaled) return this.top;
    const { top, maxTop } = this;
    if (top <= EDGE) return top;
    if (maxTop - top <= EDGE) return this.#maxScrolled - (maxTop - top);
    return EDGE + (top - EDGE) / this.#ratio;
  }

  /** Records where the browser scrolled the element to on our request, because browsers round. */
  wrote(scrolled: number): void {
    this.#scrolled = scrolled;
    if (!this.#scaled) this.top = scrolled;
  }

  /** Records how far the person has scrolled the element. Returns by how many pixels it moved. */
  scroll(scrolled: number): number {
    const moved = scrolled - this.#scrolled;
    this.#scrolled = scrolled;
    // The scrollbar moves by at least twice as much.
    const jump = Math.max(this.#sight, this.#maxScrolled / this.#sight / 2);
    this.place(this.#scaled && Math.abs(moved) >= jump ? this.#topAt(scrolled) : this.top + moved);
    return moved;
  }

  /** Whether the element is where it was recorded to be. */
  knows(scrolled: number): boolean {
    return Math.abs(scrolled - this.#scrolled) < 1;
  }

  /** Whether only one of the two has reached an end. */
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

  /** The pixels of the list for one pixel of the element, between the edges. */
  get #ratio(): number {
    return (this.maxTop - 2 * EDGE) / (this.#maxScrolled - 2 * EDGE);
  }
}
