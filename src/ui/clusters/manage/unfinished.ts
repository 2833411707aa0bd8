import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { askPick } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';
import type { Typing } from './clusterFields';
import { type Draft, emptyDraft, type Field } from './draft';

/**
 * What a person has answered and typed for a cluster. It stays in memory if they give up, and
 * is never stored, because it may hold a secret.
 */
export class Unfinished implements Typing {
  #draft: Draft;
  readonly #answered = new Set<Field>();
  readonly #typed = new Map<Field, string>();
  #confirmed: { readonly field: Field; readonly text: string } | undefined;

  constructor(private readonly initial: Draft = emptyDraft) {
    this.#draft = initial;
  }

  get draft(): Draft {
    return this.#draft;
  }

  set draft(draft: Draft) {
    this.#draft = draft;
  }

  /** Takes the answer to a question. */
  answer(field: Field, draft: Draft): void {
    this.#draft = draft;
    this.#answered.add(field);
    this.#typed.delete(field);
  }

  get(field: Field): string | undefined {
    return this.#typed.get(field);
  }

  set(field: Field, text: string): void {
    this.#typed.set(field, text);
  }

  /** Takes a text that answers the question for a field before it is asked. */
  confirm(field: Field, text: string): void {
    this.#typed.set(field, text);
    this.#confirmed = { field, text };
  }

  /** Drops what was typed into a field. */
  forget(field: Field): void {
    this.#typed.delete(field);
  }

  takeConfirmed(field: Field): string | undefined {
    if (this.#confirmed?.field !== field) return undefined;
    const { text } = this.#confirmed;
    this.#confirmed = undefined;
    return text;
  }

  /** Returns the fields that have been answered so far. */
  answered(): ReadonlySet<Field> {
    return new Set(this.#answered);
  }

  /** Whether there is anything to continue with. */
  get isEmpty(): boolean {
    const isUnchanged = isDeepStrictEqual(this.#draft, this.initial);
    const typed = [...this.#typed.values()];
    return this.#answered.size === 0 && isUnchanged && typed.every((text) => text === '');
  }

  /** What the person knows it by. */
  get #label(): string {
    const { name, endpoint } = this.#draft;
    return name || endpoint || (this.#typed.get('endpoint') ?? '');
  }

  /**
   * Asks whether to continue or to start over; `begun` says what the person has begun. Throws a
   * `CancellationError` if they dismiss it.
   */
  async askToContinue(title: string, begun: string): Promise<boolean> {
    const t = vscode.l10n.t;
    const answer = await askPick<boolean>(onlyStep(title), {
      placeholder: begun,
      choices: [
        {
          label: t('Continue with {0}', this.#label),
          description: this.#draft.endpoint,
          iconPath: new vscode.ThemeIcon('debug-continue'),
          choice: true,
        },
        {
          label: t('Start Over'),
          iconPath: new vscode.ThemeIcon('add'),
          choice: false,
        },
      ],
    });
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    return answer;
  }
}
