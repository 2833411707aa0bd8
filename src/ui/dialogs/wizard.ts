import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';

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
      canGoBack: asked.length > 0,
    });
    if (answer === undefined) throw new vscode.CancellationError();
    if (answer === back) {
      index = asked.pop() ?? index;
      continue;
    }
    asked.push(index);
    state = { ...state, ...answer };
    index++;
  }
  return state;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  readonly password?: boolean;
  /**
   * Returns how the text is understood, if there is something to say. Shown while the person
   * types.
   */
  hint?(text: string): string | undefined;
  /** Returns what is wrong with the text, or `undefined`. */
  validate?(text: string): string | undefined;
}

/**
 * Asks for a line of text. Refuses wrong text with the reason, and loses nothing that was typed.
 */
export function askText(context: StepContext, question: TextQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = oneLine(question.prompt);
  input.value = question.value ?? '';
  input.placeholder = question.placeholder;
  input.password = question.password ?? false;
  return show(input, context, (settle) => {
    let accepted = false;
    const validate = () => {
      const problem = accepted ? question.validate?.(input.value) : undefined;
      const hint = problem === undefined ? question.hint?.(input.value) : undefined;
      input.validationMessage =
        hint === undefined
          ? problem && oneLine(problem)
          : { message: oneLine(hint), severity: vscode.InputBoxValidationSeverity.Info };
      return problem === undefined;
    };
    validate();
    input.onDidChangeValue(validate);
    input.onDidAccept(() => {
      accepted = true;
      if (validate()) settle(input.value);
    });
  });
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly choice?: T;
}

export interface PickQuestion<T> {
  readonly placeholder: string;
  /**
   * The choices, or a function that loads them. While it loads, the list shows that it is busy and
   * any choices passed so far; dismissing the list aborts it.
   */
  readonly choices:
    | readonly Choice<T>[]
    | ((
        signal: AbortSignal,
        showMeanwhile: (choices: readonly Choice<T>[]) => void,
      ) => Promise<readonly Choice<T>[]>);
  readonly active?: (choice: T) => boolean;
  /** Makes a choice from the typed text; offered if no listed choice has that name. */
  custom?(text: string): Choice<T> | undefined;
  /**
   * Checks a choice that was made from the typed text. Returns `undefined` if it is valid,
   * otherwise a choice to offer instead, which says why. The question then stays open with the
   * typed text.
   */
  refuse?(choice: T, signal: AbortSignal): Promise<Choice<T> | undefined>;
}

/** Returns a choice whose texts neither hide characters nor show icons. */
function plainChoice<T>(choice: Choice<T>): Choice<T> {
  const { label, description, detail } = choice;
  return {
    ...choice,
    label: oneLine(label),
    ...(description !== undefined && { description: oneLine(description) }),
    ...(detail !== undefined && { detail: oneLine(detail) }),
  };
}

/** Asks for one of a list. Rejects if the choices cannot be loaded. */
export function askPick<T>(context: StepContext, question: PickQuestion<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = oneLine(question.placeholder);
  pick.matchOnDescription = true;
  const abort = new AbortController();
  let checking = new AbortController();
  let choices: readonly Choice<T>[] = [];
  let own: Choice<T> | undefined;
  let refused: Choice<T> | undefined;
  let waiting = 0;
  const whileBusy = async (work: () => Promise<void>) => {
    waiting += 1;
    pick.busy = true;
    try {
      await work();
    } finally {
      waiting -= 1;
      pick.busy = waiting > 0;
    }
  };
  const update = () => {
    const typed = pick.value.trim();
    const isNew = typed !== '' && !choices.some(({ label }) => label === typed);
    const made = isNew ? (refused ?? question.custom?.(typed)) : undefined;
    own = made && plainChoice(made);
    pick.items = own ? [...choices, own] : choices;
  };
  const showMeanwhile = (some: readonly Choice<T>[]) => {
    const at = choices.findIndex((choice) => choice === pick.activeItems[0]);
    choices = some.map(plainChoice);
    pick.keepScrollPosition = at >= 0;
    update();
    const active = choices[at];
    if (active) pick.activeItems = [active];
  };
  const load = async () => {
    if (typeof question.choices === 'function') {
      showMeanwhile(await question.choices(abort.signal, showMeanwhile));
    } else showMeanwhile(question.choices);
    const active = choices.find(({ choice }) => choice !== undefined && question.active?.(choice));
    if (active) pick.activeItems = [active];
  };
  return show<T>(pick, context, (settle, fail) => {
    const checkOwn = async (choice: T) => {
      checking.abort();
      const { signal } = (checking = new AbortController());
      try {
        const instead = await question.refuse?.(choice, signal);
        if (signal.aborted) return;
        if (!instead) {
          settle(choice);
          return;
        }
        refused = instead;
        update();
        // This item may be out of sight, below others that match as well.
        if (own) pick.activeItems = [own];
      } catch (error) {
        if (!signal.aborted) fail(error);
      }
    };
    pick.onDidChangeValue(() => {
      checking.abort();
      refused = undefined;
      if (question.custom) update();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      const choice = item?.choice;
      if (choice === undefined) return;
      if (item === own && question.refuse) void whileBusy(() => checkOwn(choice));
      else settle(choice);
    });
    whileBusy(load).catch(fail);
  }).finally(() => {
    checking.abort();
    abort.abort();
  });
}

/**
 * Asks for some of a list. All are selected at first, and at least one must stay selected. Does
 * not ask if there is only one. Rejects if the choices cannot be loaded.
 */
export function askMany<T>(
  context: StepContext,
  placeholder: string,
  load: (signal: AbortSignal) => Promise<readonly Choice<T>[]>,
): Promise<Answer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = oneLine(placeholder);
  pick.canSelectMany = true;
  const chosen = (items: readonly Choice<T>[]) =>
    items.flatMap(({ choice }) => (choice === undefined ? [] : [choice]));
  const abort = new AbortController();
  return show<readonly T[]>(pick, context, (settle, fail) => {
    pick.busy = true;
    load(abort.signal).then((loaded) => {
      const choices = loaded.map(plainChoice);
      pick.busy = false;
      pick.items = choices;
      pick.selectedItems = choices;
      if (choices.length < 2) settle(chosen(choices));
    }, fail);
    pick.onDidAccept(() => {
      const choices = chosen(pick.selectedItems);
      if (choices.length > 0) settle(choices);
    });
  }).finally(() => {
    abort.abort();
  });
}

type BackableInput = vscode.QuickInput & Pick<vscode.InputBox, 'buttons' | 'onDidTriggerButton'>;

/** Shows the input. Resolves with the answer, `back`, or `undefined` if it is dismissed. */
function show<T>(
  input: BackableInput,
  context: StepContext,
  wire: (settle: (answer: T) => void, fail: (error: unknown) => void) => void,
): Promise<Answer<T>> {
  input.title = oneLine(context.title);
  if (context.totalSteps > 1) {
    input.step = context.step;
    input.totalSteps = context.totalSteps;
  }
  input.ignoreFocusOut = true;
  if (context.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Answer<T>>((resolve, reject) => {
    input.onDidTriggerButton(() => {
      resolve(back);
    });
    input.onDidHide(() => {
      resolve(undefined);
    });
    wire(resolve, reject);
    input.show();
  }).finally(() => {
    input.dispose();
  });
}
