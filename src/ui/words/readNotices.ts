import * as vscode from 'vscode';
import type { KafkaRecord } from '../../core/kafka';
import type { ReadNotice, ReadRange } from '../../core/read/reader';
import type { LargeMessage } from '../../core/message/text';
import { formatTime } from '../../core/time/parse';
import { listed } from '../../l10n/listed';
import { timeContext } from '../base/settings';
import { partitions } from './counts';

/** The maximum number of partitions that a sentence names. */
const NAMED_PARTITIONS = 3;

/** Describes what a person should know about a read, one sentence for each notice. */
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
      case 'empty':
      case 'unreadable':
        return describeSkipped(notice);
      case 'timed':
        return t(
          'Looked for timestamps at most {0} s out of order (kafkaRest.time.margin): {1}.',
          notice.margin / 1000,
          describeRanges(notice.ranges),
        );
      case 'untimed':
        return t('Messages without a timestamp were left out.');
      case 'none':
        return describeNearest(notice);
      case 'tooLarge':
        return describeTooLarge(notice.messages);
      case 'stopped':
        return t(
          'Stopped at the size limit (kafkaRest.consume.maxSize). “Consume More Messages” goes on.',
        );
    }
  });
}

function describeSkipped({
  kind,
  partition,
  from,
  to,
}: ReadNotice & { kind: 'moved' | 'empty' | 'unreadable' }): string {
  const t = vscode.l10n.t;
  const stretch = [partition, String(from), String(to - 1n)] as const;
  switch (kind) {
    case 'moved':
      return t(
        'Retention deleted the offsets {1} to {2} of partition {0} while they were read.',
        ...stretch,
      );
    case 'empty':
      return t(
        'Partition {0} gave no messages from offset {1} to {2} (compacted, or transaction markers).',
        ...stretch,
      );
    case 'unreadable':
      return t(
        'The offsets {1} to {2} of partition {0} were left out: the REST proxy does not respond when it reads them. Strimzi’s bridge before 1.0 has this defect with headers that have no value.',
        ...stretch,
      );
  }
}

/** "Left out because no document can hold that much: offset 7 of partition 2 (52 MB). …" */
function describeTooLarge(messages: readonly LargeMessage[]): string {
  const t = vscode.l10n.t;
  const named = messages.slice(0, NAMED_PARTITIONS).map(({ partition, offset, bytes }) => {
    const megabytes = Math.ceil(bytes / 1024 / 1024).toLocaleString(vscode.env.language);
    return t('offset {0} of partition {1} ({2} MB)', String(offset), partition, megabytes);
  });
  const more = messages.length - named.length;
  return t(
    'Left out because no document can hold that much: {0}. “View Messages” shows its beginning, and “Export Messages” writes all of it.',
    listed([...named, ...(more > 0 ? [t('and {0} more', more)] : [])]),
  );
}

/** Returns the first and the last offset of each partition: as `describeRanges`. */
export function describeOffsets(records: readonly KafkaRecord[]): string {
  const ranges = new Map<number, ReadRange>();
  for (const { partition, offset } of records) {
    const { from = offset, until = offset } = ranges.get(partition) ?? {};
    ranges.set(partition, {
      partition,
      from: offset < from ? offset : from,
      until: offset < until ? until : offset + 1n,
    });
  }
  return describeRanges([...ranges.values()].sort((a, b) => a.partition - b.partition));
}

/** "offsets 120 to 249 of partition 0, offset 7 of partition 2, and 5 more partitions" */
function describeRanges(ranges: readonly ReadRange[]): string {
  const t = vscode.l10n.t;
  const read = ranges.filter(({ from, until }) => from < until);
  if (read.length === 0) return t('there are none');
  const named = read
    .slice(0, NAMED_PARTITIONS)
    .map(({ partition, from, until }) =>
      until - from === 1n
        ? t('offset {0} of partition {1}', String(from), partition)
        : t('offsets {0} to {1} of partition {2}', String(from), String(until - 1n), partition),
    );
  const more = read.length - named.length;
  return listed([...named, ...(more > 0 ? [t('and more of {0}', partitions(more))] : [])]);
}

function describeNearest({ before, after }: ReadNotice & { kind: 'none' }): string {
  const t = vscode.l10n.t;
  const { zone } = timeContext();
  const [last, next] = [before, after].map((time) => time !== undefined && formatTime(time, zone));
  if (last && next) return t('The nearest messages are from {0} and {1}.', last, next);
  if (last) return t('The newest message before that time is from {0}.', last);
  if (next) return t('The oldest message after that time is from {0}.', next);
  return t('No message has a time.');
}
