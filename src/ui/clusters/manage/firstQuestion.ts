import * as vscode from 'vscode';
import { parseAskedEndpoint } from '../../../core/cluster/askedEndpoint';
import { dialectOf, dialects } from '../../../core/dialects/registry';
import { askPick, type Choice } from '../../dialogs/questions';
import type { Answer, StepContext } from '../../dialogs/wizard';
import { dialectWords } from '../../words/dialects/registry';
import { fieldDoubt } from '../../words/fieldProblem';
import type { Draft } from './draft';
import { questionFor } from './fieldQuestions';

/**
 * What a person begins a new cluster with: the kind of its REST proxy, a text for its address, or
 * the list of their clusters in Azure.
 */
export type Beginning =
  { readonly kind: string } | { readonly address: string } | { readonly from: 'azure' };

/**
 * Asks for the kind of the REST proxy in a list that takes a pasted address as well. `typed` is
 * called with a text that looks like an address, as it is typed.
 */
export function askBeginning(
  draft: Draft,
  context: StepContext,
  typed: (address: string) => void,
): Promise<Answer<Beginning>> {
  const t = vscode.l10n.t;
  return askPick<Beginning>(context, {
    placeholder: t('Paste the address of the REST proxy, or choose its kind'),
    choices: dialects.flatMap(({ kind }) => {
      const { label = kind, detail } = dialectWords(kind) ?? {};
      const row = { label, ...(detail !== undefined && { detail }), choice: { kind } };
      return kind === 'hdinsight-v1' ? [row, azureChoice()] : [row];
    }),
    active: (choice) => 'kind' in choice && choice.kind === draft.dialect.kind,
    custom: (text) => {
      if (/[.:/]/.test(text)) typed(text);
      return addressChoice(text, draft);
    },
  });
}

function azureChoice(): Choice<Beginning> {
  const t = vscode.l10n.t;
  return {
    label: t('From Azure...'),
    detail: t('You sign in to Azure, and choose one of your HDInsight clusters'),
    choice: { from: 'azure' },
  };
}

/** Returns the choice for a typed text, which says how it is understood. */
function addressChoice(text: string, draft: Draft): Choice<Beginning> {
  const t = vscode.l10n.t;
  const read = parseAskedEndpoint(text, dialectOf(draft.dialect).endpoint);
  const { value = '', problem, doubt, remark } = read;
  const trouble =
    problem === undefined
      ? doubt && fieldDoubt(doubt, value)
      : questionFor('endpoint', draft).explain(problem, text, remark);
  const detail = trouble ?? t('Find out which kind of REST proxy is at {0}', value);
  const iconPath = new vscode.ThemeIcon(trouble === undefined ? 'search' : 'warning');
  return { label: text, detail, iconPath, alwaysShow: true, choice: { address: text } };
}
