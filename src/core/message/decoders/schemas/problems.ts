/** Says why a text is no schema, in English, without a capital letter or full stop. */
export class InvalidSchema extends Error {}

/** The names of members and the indexes of elements that lead to a value. */
export type Path = readonly (string | number)[];

/** Says that data or a text do not fit a schema: what is wrong, in English, and where. */
export class Misfit extends Error {
  constructor(
    readonly detail: string,
    readonly path: Path = [],
  ) {
    super(detail);
  }

  under(step: string | number): Misfit {
    return new Misfit(this.detail, [step, ...this.path]);
  }

  /** What is wrong, and where. */
  get sentence(): string {
    return this.path.length === 0 ? this.detail : `${pathText(this.path)}: ${this.detail}`;
  }
}

/** Says that a value would become larger than is reasonable. */
export class TooLarge extends Error {}

/** Runs a step on the way to a value, so that a misfit tells where it is. */
export function at<T>(step: string | number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Misfit ? error.under(step) : error;
  }
}

const SHOWN_STEPS = 8;

/** Returns such as `lines[3].count`. */
export function pathText(path: Path): string {
  const steps = path.slice(0, SHOWN_STEPS).map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    if (!/^[\p{L}_$][\p{L}\d_$-]*$/u.test(step)) return `[${JSON.stringify(step)}]`;
    return index === 0 ? step : `.${step}`;
  });
  return steps.join('') + (path.length > SHOWN_STEPS ? '…' : '');
}
