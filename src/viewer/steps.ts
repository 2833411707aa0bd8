/** Indexes of the numbers in `control`, by which a task that runs is watched and cancelled. */
export const Control = {
  /** Counted up by the worker with every step. */
  steps: 0,
  /** The id of the task that the host wants; the worker gives up any other one. */
  wanted: 1,
} as const;

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
