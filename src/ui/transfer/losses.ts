import * as vscode from 'vscode';
import type { Capabilities } from '../../core/kafka';
import type { OnBad } from './askOnBad';

/** A fact about a copy that a person should know before it begins. */
interface Loss {
  readonly label: string;
  readonly detail: string;
}

/** Returns what messages lose on their way from one cluster to another, given what both offer. */
export function lossesOf(
  { read, produce: from }: Capabilities,
  { produce: can }: Capabilities,
  onBad: OnBad,
): readonly Loss[] {
  const t = vscode.l10n.t;
  if (!can) {
    return [{ label: t('This is not possible'), detail: t('The REST proxy cannot produce.') }];
  }
  const losses: Loss[] = [];
  if (!can.timestamp) {
    losses.push({
      label: t('New timestamps'),
      detail: t('The REST proxy cannot carry the old ones.'),
    });
  }
  const stops = onBad === 'stop';
  if (!can.tombstone) {
    losses.push({
      label: t('No tombstones'),
      detail: stops
        ? t(
            'The REST proxy cannot carry messages whose value is null. The copy stops at the first.',
          )
        : t('The REST proxy cannot carry messages whose value is null. They are set aside.'),
    });
  }
  if (!can.headers && read && read.headers) {
    losses.push({
      label: t('No headers'),
      detail: stops
        ? t('The REST proxy cannot carry messages with headers. The copy stops at the first.')
        : t('The REST proxy cannot carry messages with headers. They are set aside.'),
    });
  }
  if (can.emptyKeys) {
    losses.push({
      label: t('Empty keys'),
      detail: t('The REST proxy gives messages without a key an empty one.'),
    });
  }
  // A dialect that writes bytes reads them as well.
  if (!from || !from.binary) {
    losses.push({
      label: t('No bytes that are not UTF-8'),
      detail: stops
        ? t('Such messages were changed when they were read. The copy stops at the first.')
        : t('Such messages were changed when they were read. They are set aside.'),
    });
  } else if (!can.binary) {
    losses.push({
      label: t('No bytes that are not UTF-8'),
      detail: stops
        ? t('The REST proxy cannot carry such messages. The copy stops at the first.')
        : t('The REST proxy cannot carry such messages. They are set aside.'),
    });
  }
  return losses;
}
