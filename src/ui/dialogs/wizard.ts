import * as vscode from 'vscode';

/** The answer to a question that asks for the previous step. */
export const back = Symbol('back');

/** The result of a step: an answer, `back`, or `undefined` if the person gave up. */
export type Answer<T> = T | typeof back | undefined;

export interface StepContext {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** Returns the context of a single question, or of one that follows a question to go back to. */
export function onlyStep(title: string, canGoBack = false): StepContext {
  return { title, step: 1, totalSteps: 1, canGoBack };
}

/** Applies `make` to an answer; `back` and giving up stay as they are. */
export function mapAnswer<T, U>(answer: Answer<T>, make: (answer: T) => U): Answer<U> {
  if (answer === back) return back;
  return answer === undefined ? undefined : make(answer);
}

/** One question of a wizard over the state `S`. */
export interface Step<S> {
  /**
   * Returns whether there is nothing to ask. It must not depend on the step's own answer, which
   * stays in the state as the default for when the person comes back.
   */
  skip?(state: S): boolean;
  ask(state: S, context: StepContext): Promise<Answer<Partial<S>>>;
}

/**
 * Asks the steps in turn, with a way back, and returns the final state. Throws a
 * `CancellationError` if the person gives up.
 */
export async function runWizard<S extends object>(
  title: string,
  initial: S,
  steps: readonly Step<S>[],
): Promise<S> {
  const answer = await askSteps(onlyStep(title), initial, steps);
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

/** As `runWizard`, as one question of another: going back from the first step returns `back`. */
export async function askSteps<S extends object>(
  { title, canGoBack }: StepContext,
  initial: S,
  steps: readonly Step<S>[],
): Promise<Answer<S>> {
  const asked: number[] = [];
  let state = initial;
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (step === undefined || step.skip?.(state)) {
      index++;
      continue;
    }
    const remaining = steps.slice(index).filter((other) => !other.skip?.(state)).length;
    const answer = await step.ask(state, {
      title,
      step: asked.length + 1,
      totalSteps: asked.length + remaining,
      canGoBack: canGoBack || asked.length > 0,
    });
    if (answer === undefined) return undefined;
    if (answer === back) {
      const before = asked.pop();
      if (before === undefined) return back;
      index = before;
      continue;
    }
    asked.push(index);
    state = { ...state, ...answer };
    index++;
  }
  return state;
}
