/** Within how many milliseconds a second click makes a double click. */
const DOUBLE_CLICK_MS = 500;

/**
 * Tells what a person does with a row that has a command, because VS Code runs that command on a
 * click, on the second click of a double click, and on Enter alike.
 */
export class Clicks {
  #last: { readonly id: string; readonly at: number } | undefined;
  #byEnter = false;

  /** Says that the command of the row with the focus, if it has one, runs next because of Enter. */
  enter(): void {
    this.#byEnter = true;
  }

  /** Says that Enter has run no command, or that it has ended. */
  forgetEnter(): void {
    this.#byEnter = false;
  }

  /** Returns what the command of a row is run for. `at` is now, in milliseconds. */
  kindOf(id: string, at: number): 'single' | 'double' | 'enter' {
    if (this.#byEnter) {
      this.#byEnter = false;
      return 'enter';
    }
    const isSecond = this.#last?.id === id && at - this.#last.at <= DOUBLE_CLICK_MS;
    // A third click begins anew.
    this.#last = isSecond ? undefined : { id, at };
    return isSecond ? 'double' : 'single';
  }
}
