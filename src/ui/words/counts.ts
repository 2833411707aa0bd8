import * as vscode from 'vscode';

/** Returns a count of messages in words, with a thousands separator. */
export function messages(count: bigint | number): string {
  const number = count.toLocaleString(vscode.env.language);
  return Number(count) === 1
    ? vscode.l10n.t('{0} message', number)
    : vscode.l10n.t('{0} messages', number);
}

/** Returns a number of bytes in megabytes: "64", "1.5", "0.012". */
export function megabytes(bytes: number): string {
  const size = bytes / 1024 / 1024;
  const maximumFractionDigits = size < 1 ? 3 : 1;
  return size.toLocaleString(vscode.env.language, { maximumFractionDigits });
}

/** Returns a count of partitions in words. */
export function partitions(count: number): string {
  return count === 1 ? vscode.l10n.t('1 partition') : vscode.l10n.t('{0} partitions', count);
}

/**
 * Returns the size of a cluster in words. `brokers` is missing if its REST proxy does not list
 * them.
 */
export function clusterSize(topics: number, brokers?: number): string {
  const t = vscode.l10n.t;
  const size = topics === 1 ? t('1 topic') : t('{0} topics', topics);
  if (brokers === undefined) return size;
  return t('{0}, {1}', size, brokers === 1 ? t('1 broker') : t('{0} brokers', brokers));
}
