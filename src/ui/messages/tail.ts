/** How many lines may be below the visible ones of an editor that counts as showing the end. */
const SLACK_LINES = 2;

/**
 * Whether an editor keeps showing the end of a document that grows: from the beginning on, until a
 * person scrolls up, and again once they scroll to the end.
 */
export class Tail {
  #sticks = true;
  /** How many lines are below the visible ones, as far as this is known. */
  #below = 0;
  #missed = 0;

  get sticks(): boolean {
    return this.#sticks;
  }

  /** How many messages have come at the end since the editor no longer keeps showing it. */
  get missed(): number {
    return this.#missed;
  }

  /** Lines were added at the end of the document. */
  grew(lines: number): void {
    this.#below += lines;
  }

  /** Messages have come at the end of the document. */
  received(messages: number): void {
    if (!this.#sticks) this.#missed += messages;
  }

  /** The editor shows other lines, with this many below them. */
  saw(below: number): void {
    if (below <= SLACK_LINES) {
      this.#sticks = true;
      this.#missed = 0;
    } else if (below > this.#below) {
      // More than what has been added: a person scrolled up.
      this.#sticks = false;
    }
    this.#below = below;
  }
}
