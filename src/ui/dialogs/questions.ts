import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import { showInput } from './showInput';
import type { Answer, StepContext } from './wizard';

/** A button beside the title of a question. It ends the question, as giving up does. */
export interface TextButton extends vscode.QuickInputButton {
  run(text: string): void;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  readonly password?: boolean;
  readonly buttons?: readonly TextButton[];
  /** Is told the text each time it changes, so that it is not lost if the person gives up. */
  typed?(text: string): void;
  /**
   * Returns how the text is understood, if there is something to say. Shown once the person
   * types, because it takes the place of the prompt.
   */
  hint?(text: string): string | undefined;
  /**
   * Returns what is wrong with the text although it looks right, such as that a name is taken. Shown
   * from the start.
   */
  objection?(text: string): string | undefined;
  /** Returns what is wrong with the text, or `undefined`. Shown once the person goes on. */
  validate?(text: string): string | undefined;
  /** Loads what the checks need. The question shows meanwhile; an answer waits for it. */
  load?(signal: AbortSignal): Promise<void>;
  /**
   * Returns why a valid text is likely to be a mistake. It is shown when the person goes on, and
   * they can go on all the same with the same text.
   */
  doubt?(text: string): string | undefined;
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
  const { buttons = [] } = question;
  input.buttons = buttons;
  const closed = new AbortController();
  return showInput<string>(input, context, (settle, fail) => {
    let accepted = false;
    let isAnswered = false;
    let isEdited = false;
    let doubted: string | undefined;
    const validate = () => {
      const invalid = accepted ? question.validate?.(input.value) : undefined;
      const problem = invalid ?? question.objection?.(input.value);
      const hint = problem === undefined && isEdited ? question.hint?.(input.value) : undefined;
      input.validationMessage =
        hint === undefined
          ? problem && oneLine(problem)
          : { message: oneLine(hint), severity: vscode.InputBoxValidationSeverity.Info };
      return problem === undefined;
    };
    /** Shows a doubt about the text unless it is shown already. Returns whether it did. */
    const doubts = () => {
      const doubt = doubted === input.value ? undefined : question.doubt?.(input.value);
      doubted = input.value;
      if (doubt === undefined) return false;
      const severity = vscode.InputBoxValidationSeverity.Warning;
      input.validationMessage = { message: oneLine(doubt), severity };
      return true;
    };
    const accept = () => {
      question.typed?.(input.value);
      isAnswered = true;
      if (input.busy) return;
      accepted = true;
      if (validate() && !doubts()) settle(input.value);
    };
    validate();
    input.onDidChangeValue((text) => {
      isAnswered = false;
      isEdited = true;
      question.typed?.(text);
      validate();
    });
    input.onDidTriggerButton((pressed) => {
      const button = buttons.find((one) => one === pressed);
      if (!button) return;
      button.run(input.value);
      input.hide();
    });
    input.onDidAccept(accept);
    if (!question.load) return;
    input.busy = true;
    question.load(closed.signal).then(() => {
      input.busy = false;
      validate();
      if (isAnswered) accept();
    }, fail);
  }).finally(() => {
    closed.abort();
  });
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly choice?: T;
}

/** Returns a line above choices that names them. */
export function heading(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
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
  return new PickDialog(question).ask(context);
}

class PickDialog<T> {
  readonly #pick = vscode.window.createQuickPick<Choice<T>>();
  /** Ends the loading of the choices. */
  readonly #closed = new AbortController();
  /** Ends the check of a custom choice, which belongs to the text as it was typed. */
  #edited = new AbortController();
  #listed: readonly Choice<T>[] = [];
  /** The choice made from the typed text, if it is on offer. */
  #custom: Choice<T> | undefined;
  /** What to offer instead of the choice made from the typed text. */
  #instead: Choice<T> | undefined;
  #tasks = 0;

  constructor(private readonly question: PickQuestion<T>) {
    this.#pick.placeholder = oneLine(question.placeholder);
    this.#pick.matchOnDescription = true;
  }

  ask(context: StepContext): Promise<Answer<T>> {
    return showInput<T>(this.#pick, context, (settle, fail) => {
      this.#pick.onDidChangeValue(() => {
        this.#edited.abort();
        this.#instead = undefined;
        if (this.question.custom) this.#update();
      });
      this.#pick.onDidAccept(() => {
        const [item] = this.#pick.selectedItems;
        const choice = item?.choice;
        if (choice === undefined) return;
        if (item !== this.#custom || !this.question.refuse) settle(choice);
        else this.#whileBusy(() => this.#checkCustom(choice, settle)).catch(fail);
      });
      this.#whileBusy(() => this.#load()).catch(fail);
    }).finally(() => {
      this.#edited.abort();
      this.#closed.abort();
    });
  }

  async #load(): Promise<void> {
    const { choices, active } = this.question;
    const list = (some: readonly Choice<T>[]) => {
      this.#list(some);
    };
    list(typeof choices === 'function' ? await choices(this.#closed.signal, list) : choices);
    const first = this.#listed.find(({ choice }) => choice !== undefined && active?.(choice));
    if (first) this.#pick.activeItems = [first];
  }

  /** Lists the choices. The active one stays active; if it is gone, the nearest up to its place. */
  #list(choices: readonly Choice<T>[]): void {
    const [active] = this.#pick.activeItems;
    const at = this.#listed.findIndex((choice) => choice === active);
    this.#listed = choices.map(plainChoice);
    this.#pick.keepScrollPosition = at >= 0;
    this.#update();
    if (!active || at < 0) return;
    const same = [...this.#listed.slice(at, at + 1), ...this.#listed].find(
      ({ label, description }) => label === active.label && description === active.description,
    );
    const canBeActive = ({ kind }: Choice<T>) => kind !== vscode.QuickPickItemKind.Separator;
    const near = this.#listed.slice(0, at + 1).findLast(canBeActive);
    const next = same ?? near ?? this.#listed.find(canBeActive);
    this.#pick.activeItems = next ? [next] : [];
  }

  /** Shows the choices, and after them one made from the typed text if none has that name. */
  #update(): void {
    const typed = this.#pick.value.trim();
    const isNew = typed !== '' && !this.#listed.some(({ label }) => label === typed);
    const custom = isNew ? (this.#instead ?? this.question.custom?.(typed)) : undefined;
    this.#custom = custom && plainChoice(custom);
    this.#pick.items = this.#custom ? [...this.#listed, this.#custom] : this.#listed;
  }

  /** Settles with a choice made from the typed text, or offers another one if it is refused. */
  async #checkCustom(choice: T, settle: (choice: T) => void): Promise<void> {
    this.#edited.abort();
    const { signal } = (this.#edited = new AbortController());
    try {
      const instead = await this.question.refuse?.(choice, signal);
      if (signal.aborted) return;
      if (!instead) {
        settle(choice);
        return;
      }
      this.#instead = instead;
      this.#update();
      // Without this, the item may be out of sight, below others that match as well.
      if (this.#custom) this.#pick.activeItems = [this.#custom];
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #whileBusy(work: () => Promise<void>): Promise<void> {
    this.#tasks += 1;
    this.#pick.busy = true;
    try {
      await work();
    } finally {
      this.#tasks -= 1;
      this.#pick.busy = this.#tasks > 0;
    }
  }
}

/**
 * Asks for some of a list. All are selected at first, or those that `isSelected` names, and at least
 * one must stay selected. Does not ask if there is only one. Rejects if they cannot be loaded.
 */
export function askMany<T>(
  context: StepContext,
  placeholder: string,
  load: (signal: AbortSignal) => Promise<readonly Choice<T>[]>,
  isSelected: (choice: T) => boolean = () => true,
): Promise<Answer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = oneLine(placeholder);
  pick.canSelectMany = true;
  const chosen = (items: readonly Choice<T>[]) =>
    items.flatMap(({ choice }) => (choice === undefined ? [] : [choice]));
  const abort = new AbortController();
  return showInput<readonly T[]>(pick, context, (settle, fail) => {
    pick.busy = true;
    load(abort.signal).then((loaded) => {
      const choices = loaded.map(plainChoice);
      pick.busy = false;
      pick.items = choices;
      pick.selectedItems = choices.filter(
        ({ choice }) => choice !== undefined && isSelected(choice),
      );
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
