import * as vscode from 'vscode';
import { isAbortError } from '../../core/async/abortError';
import { KafkaError } from '../../core/errors';
import type { Explanation, NextStep } from '../base/explanation';
import type { Action } from '../dialogs/notify';
import { explainOther } from './dialects/others';
import { dialectWords } from './dialects/registry';
import { explainByKind } from './explainByKind';
import { clause } from './sentences';
import { inAzure } from './inAzure';
import { signInWords } from './signIn/registry';

/** Returns whether the failure is only a cancellation by the person. */
export function isCancelled(error: unknown): boolean {
  return error instanceof vscode.CancellationError || isAbortError(error);
}

/** A reason that quotes a message, which must not get into the log. */
export interface QuotingReason {
  readonly shown: string;
  /** The same without the quotation. */
  readonly logged: string;
}

/**
 * A failure that we word ourselves, such as a selection that cannot be sent. It is a mistake of the
 * person or a fact about the cluster, never a fault of the code.
 */
export class UserError extends Error implements Explanation<NextStep | Action> {
  readonly reason: string;
  /** What the log says: the reason, unless that quotes a message. */
  readonly logged: string;
  readonly next: readonly (NextStep | Action)[];

  /** `next` are the steps that the advice names, the most helpful first. */
  constructor(
    reason: string | QuotingReason,
    readonly advice: string,
    ...next: readonly (NextStep | Action)[]
  ) {
    const { shown, logged } =
      typeof reason === 'string' ? { shown: reason, logged: reason } : reason;
    super(shown);
    this.name = 'UserError';
    this.reason = shown;
    this.logged = logged;
    this.next = next;
  }
}

export function explain(error: unknown): Explanation<NextStep | Action> {
  if (error instanceof UserError) return error;
  if (error instanceof KafkaError) return explainKafkaError(error);
  return {
    reason: clause(error instanceof Error ? error.message : String(error)),
    advice: vscode.l10n.t('See the log for details'),
  };
}

function explainKafkaError(error: KafkaError): Explanation<NextStep> {
  const { signIn = '', dialect = '' } = error;
  const own = explainOther(error) ?? signInWords(signIn)?.explain(error);
  const explanation = own ?? dialectWords(dialect)?.explain(error) ?? explainByKind(error);
  return error.azure ? { ...explanation, ...inAzure(error, error.azure) } : explanation;
}
