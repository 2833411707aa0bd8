/** An event for one waiter. If it is set while nobody waits, the next wait resolves at once. */
export class AutoResetEvent {
  #rung = false;
  #wake: (() => void) | undefined;

  set(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves when the event is set next, or at once if it was set since the last wait. */
  async wait(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    this.#rung = false;
  }
}
