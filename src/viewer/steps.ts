/**
 * Indexes into `control`, the shared array by which the host watches and cancels a running task.
 */
export const Control = {
  /** The worker adds 1 with every step. */
  steps: 0,
  /** The id of the task that the host wants. The worker gives up any other task. */
  wanted: 1,
} as const;

/** The host no longer wants the task. */
export class Cancelled extends Error {}

/** Tells the host that a task makes progress, and tells the task whether it is still wanted. */
export class Steps {
  constructor(
    private readonly control: Int32Array,
    private readonly id: number,
  ) {}

  /** Must be called often, because the host ends a task that makes no steps. Throws `Cancelled`. */
  step(): void {
    Atomics.add(this.control, Control.steps, 1);
    if (Atomics.load(this.control, Control.wanted) !== this.id) throw new Cancelled();
  }
}
