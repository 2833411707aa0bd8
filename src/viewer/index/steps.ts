import { Control } from './indexTask';

/** The host wants something else by now. */
export class Cancelled extends Error {}

/** Tells the host that a task makes progress, and the task whether it is still wanted. */
export class Steps {
  constructor(
    private readonly control: Int32Array,
    private readonly id: number,
  ) {}

  /** To be called often: a task without steps is given up. Throws `Cancelled`. */
  step(): void {
    Atomics.add(this.control, Control.steps, 1);
    if (Atomics.load(this.control, Control.wanted) !== this.id) throw new Cancelled();
  }
}
