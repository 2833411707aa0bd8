import * as vscode from 'vscode';
import type { Partition } from '../../core/kafka';
import { listed } from '../../l10n/listed';

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

/** Returns a count of topics in words. */
export function topics(count: number): string {
  return count === 1 ? vscode.l10n.t('1 topic') : vscode.l10n.t('{0} topics', count);
}

/** Returns a count of subjects of a schema registry in words. */
export function subjects(count: number): string {
  return count === 1 ? vscode.l10n.t('1 subject') : vscode.l10n.t('{0} subjects', count);
}

/** How much a cluster holds. */
export interface ClusterSize {
  /** Without the hidden ones. */
  readonly topics: number;
  /** The topics that the settings hide. */
  readonly hidden: number;
  /** Missing if the REST proxy does not list its brokers. */
  readonly brokers?: number;
}

/** Returns the size of a cluster in words: "6 topics, 3 brokers, 1 hidden topic". */
export function clusterSize({ topics: count, hidden, brokers }: ClusterSize): string {
  const t = vscode.l10n.t;
  const parts = [
    topics(count),
    brokers !== undefined && (brokers === 1 ? t('1 broker') : t('{0} brokers', brokers)),
    hidden > 0 && (hidden === 1 ? t('1 hidden topic') : t('{0} hidden topics', hidden)),
  ];
  return listed(parts.filter((part) => part !== false));
}

/**
 * Returns how many messages partitions hold at most; fewer if their log has gaps. Returns
 * `undefined` if the REST proxy does not tell the offsets of one of them.
 */
export function countIn(partitions: readonly Partition[]): bigint | undefined {
  let sum = 0n;
  for (const { earliest, latest } of partitions) {
    if (latest === undefined) return undefined;
    sum += latest - earliest;
  }
  return sum;
}

/** Returns the offsets of the messages of a partition in words: "offsets 0 to 119". */
export function offsetsOf({ earliest, latest }: Partition): string {
  const t = vscode.l10n.t;
  if (latest === undefined) return t('offsets unknown');
  return earliest === latest
    ? t('empty, the next offset is {0}', String(latest))
    : t('offsets {0} to {1}', String(earliest), String(latest - 1n));
}
