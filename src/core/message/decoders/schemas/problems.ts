import { type Phrase, phrase, PhrasedError } from '../../../phrase';

/** Says why a text is no schema. */
export class InvalidSchema extends PhrasedError {}

/** The names of members and the indexes of elements that lead to a value. */
export type Path = readonly (string | number)[];

/** Says that data or a text do not fit a schema: what is wrong, and where. */
export class Misfit extends PhrasedError {
  constructor(
    phrase: Phrase,
    readonly path: Path = [],
  ) {
    super(phrase);
  }

  under(step: string | number): Misfit {
    return new Misfit(this.phrase, [step, ...this.path]);
  }

  /** What is wrong, and where. */
  get atPlace(): Phrase {
    return atPath(this.phrase, this.path);
  }
}

/** Says that a value would become larger than is reasonable. */
export class TooLarge extends Error {}

/** Says so of what is to be written. */
export const TOO_LARGE = phrase('it is too large or too deep');

/** Runs a step on the way to a value, so that a misfit tells where it is. */
export function at<T>(step: string | number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Misfit ? error.under(step) : error;
  }
}

/** Says where something is wrong, and what. */
export function atPath(what: Phrase, path: Path): Phrase {
  return path.length === 0 ? what : phrase('{0}: {1}', pathText(path), what);
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
