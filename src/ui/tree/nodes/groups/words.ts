import * as vscode from 'vscode';
import { messages } from '../../../words/counts';

/** Returns the state of a consumer group in words; an unknown one as the cluster names it. */
export function stateInWords(state: string): string {
  const t = vscode.l10n.t;
  switch (kindOf(state)) {
    case 'stable':
      return t('stable');
    case 'preparingrebalance':
    case 'completingrebalance':
    case 'assigning':
    case 'reconciling':
      return t('rebalancing');
    case 'empty':
      return t('no members');
    case 'dead':
      return t('dead');
    default:
      return state;
  }
}

/** Returns the id of the codicon for a state. */
export function stateIcon(state: string | undefined): string {
  switch (kindOf(state ?? '')) {
    case 'preparingrebalance':
    case 'completingrebalance':
    case 'assigning':
    case 'reconciling':
      return 'sync';
    case 'empty':
      return 'circle-outline';
    case 'dead':
      return 'circle-slash';
    default:
      return 'organization';
  }
}

/** Dialects write `PREPARING_REBALANCE` or `PreparingRebalance`. */
function kindOf(state: string): string {
  return state.replace(/[^a-z]/gi, '').toLowerCase();
}

/** Returns how far behind a group is, in words. */
export function lagInWords(lag: bigint): string {
  return lag === 0n ? vscode.l10n.t('up to date') : vscode.l10n.t('{0} behind', messages(lag));
}

/** Returns how far behind a group is, in few words for a narrow row. */
export function shortLag(lag: bigint): string {
  return vscode.l10n.t('lag {0}', lag.toLocaleString(vscode.env.language));
}
