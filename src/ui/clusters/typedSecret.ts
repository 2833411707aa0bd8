import * as vscode from 'vscode';
import type { SecretRule } from '../../auth/methods/signInMethod';
import type { FieldProblem } from '../../core/cluster/parsed';
import { dateWords } from '../words/dateWords';
import { fieldProblem } from '../words/fieldProblem';

/** The part of the rule for a secret that decides about a typed text. */
type TypedRule = Pick<SecretRule<string>, 'parse' | 'expiry'>;

/** Says what is wrong with a text that is typed as a secret. */
export function secretProblem(rule: TypedRule, problem: FieldProblem, text: string): string {
  const end = rule.expiry?.(text);
  return problem === 'expired' && end !== undefined
    ? vscode.l10n.t('This has expired: it was valid until {0}.', dateWords(end))
    : fieldProblem(problem);
}

/** Says until when a text that is typed as a secret is valid, if it tells that. */
export function secretHint(rule: TypedRule, text: string): string | undefined {
  const end = rule.parse(text).value === undefined ? undefined : rule.expiry?.(text);
  return end === undefined ? undefined : vscode.l10n.t('Valid until {0}', dateWords(end));
}
