import * as vscode from 'vscode';
import type { ReadNotice } from '../core/reader';

/** What a person should know about a read, one sentence a notice. */
export function describeNotices(notices: readonly ReadNotice[]): string[] {
  const t = vscode.l10n.t;
  return notices.map((notice) => {
    switch (notice.kind) {
      case 'clamped': {
        const { partition, asked, used, end } = notice;
        return end === 'earliest'
          ? t('Partition {0} begins at {1}, not at {2}.', partition, String(used), String(asked))
          : t('Partition {0} ends at {1}, before {2}.', partition, String(used), String(asked));
      }
      case 'moved':
        return t(
          'Retention deleted the offsets {1} to {2} of partition {0} while they were read.',
          notice.partition,
          String(notice.from),
          String(notice.to - 1n),
        );
      case 'empty':
        return t(
          'Partition {0} gave no messages from offset {1} to {2} (compacted, or transaction markers).',
          notice.partition,
          String(notice.from),
          String(notice.to - 1n),
        );
      case 'stopped':
        return t(
          'Stopped at the size limit (kafkaRest.consume.maxSize). “Consume More Messages” goes on.',
        );
    }
  });
}
