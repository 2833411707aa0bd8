import * as vscode from 'vscode';

/** Returns a count of messages in words, with a thousands separator. */
export function messages(count: bigint | number): string {
  const number = count.toLocaleString(vscode.env.language);
  return Number(count) === 1
    ? vscode.l10n.t('{0} message', number)
    : vscode.l10n.t('{0} messages', number);
}

/**
 * Returns the size of a cluster in words. `brokers` is missing if its REST proxy does not list
 * them.
 */
export function clusterSize(topics: number, brokers?: number): string {
  return brokers === undefined
    ? vscode.l10n.t('{0} topics', topics)
    : vscode.l10n.t('{0} topics, {1} brokers', topics, brokers);
}
