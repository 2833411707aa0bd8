import * as vscode from 'vscode';
import {
  isKnownName,
  type KnownName,
  type PropertyType,
  type ValueProblem,
} from '../../../core/topicProperties/known';

/** Says in one sentence what a property of topics is for; `undefined` for an unknown one. */
export function aboutProperty(name: string): string | undefined {
  return isKnownName(name) ? descriptions()[name] : undefined;
}

function descriptions(): Readonly<Record<KnownName, string>> {
  const t = vscode.l10n.t;
  return {
    'cleanup.policy': t(
      'What happens to old messages: `delete` removes them by age and size, `compact` keeps the newest of each key.',
    ),
    'compression.gzip.level': t('How hard gzip compresses; -1 for its usual level.'),
    'compression.lz4.level': t('How hard lz4 compresses.'),
    'compression.type': t(
      'How messages are compressed on the brokers; `producer` keeps them as they arrive.',
    ),
    'compression.zstd.level': t('How hard zstd compresses.'),
    'delete.retention.ms': t(
      'How long tombstones stay in a compacted topic, so that readers can see them.',
    ),
    'file.delete.delay.ms': t('How long a file stays on disk after its messages were deleted.'),
    'flush.messages': t(
      'After how many messages they are forced to disk. Kafka relies on replicas instead.',
    ),
    'flush.ms': t('After how long messages are forced to disk. Kafka relies on replicas instead.'),
    'follower.replication.throttled.replicas': t(
      'Which followers copy at a limited rate, as partition:broker pairs, or * for all.',
    ),
    'index.interval.bytes': t('After how many bytes of messages an entry is added to the index.'),
    'leader.replication.throttled.replicas': t(
      'Which leaders hand out copies at a limited rate, as partition:broker pairs, or * for all.',
    ),
    'local.retention.bytes': t(
      'How much of a partition stays on local disks with tiered storage; -2 for `retention.bytes`.',
    ),
    'local.retention.ms': t(
      'How long messages stay on local disks with tiered storage; -2 for `retention.ms`.',
    ),
    'max.compaction.lag.ms': t('After how long a message is compacted at the latest.'),
    'max.message.bytes': t('How large a batch of messages may be, after compression.'),
    'message.downconversion.enable': t('Whether messages are converted for very old consumers.'),
    'message.timestamp.after.max.ms': t(
      'How far the timestamp of a message may be ahead of the broker’s clock.',
    ),
    'message.timestamp.before.max.ms': t(
      'How far the timestamp of a message may be behind the broker’s clock.',
    ),
    'message.timestamp.type': t(
      'Which time is a message’s timestamp: when it was created, or when the broker stored it.',
    ),
    'min.cleanable.dirty.ratio': t(
      'How much of the log must be new before it is compacted, from 0 to 1.',
    ),
    'min.compaction.lag.ms': t('How long a message stays as it is before it may be compacted.'),
    'min.insync.replicas': t(
      'How many replicas must have a message before a producer with acks=all is told so.',
    ),
    preallocate: t('Whether the file of a new segment gets its full size at once.'),
    'remote.log.copy.disable': t('Whether nothing more is copied to tiered storage.'),
    'remote.log.delete.on.disable': t(
      'Whether what is in tiered storage is deleted when that is switched off.',
    ),
    'remote.storage.enable': t('Whether old segments move to tiered storage.'),
    'retention.bytes': t(
      'How large each partition may become before its oldest messages are deleted; -1 for no limit.',
    ),
    'retention.ms': t('How long messages are kept before they are deleted; -1 for ever.'),
    'segment.bytes': t('How large a file of the log may become; deletion goes by whole files.'),
    'segment.index.bytes': t('How large the index of a segment may become.'),
    'segment.jitter.ms': t('By how much segments are closed earlier, so that not all do at once.'),
    'segment.ms': t('After how long a segment is closed even if it is not full.'),
    'unclean.leader.election.enable': t(
      'Whether a replica that lacks messages may become the leader if no other is left.',
    ),
  };
}

export function typeInWords(type: PropertyType): string {
  const t = vscode.l10n.t;
  switch (type) {
    case 'boolean':
      return t('true or false');
    case 'double':
      return t('a number');
    case 'int':
    case 'long':
      return t('a whole number');
    case 'list':
      return t('a list, with commas');
    case 'string':
      return t('a text');
  }
}

/** Says what is probably wrong with a value. */
export function valueProblemInWords(name: string, problem: ValueProblem): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case 'whole-number':
      return t('{0} takes a whole number.', name);
    case 'number':
      return t('{0} takes a number.', name);
    case 'min':
      return t('{0} takes {1} or more.', name, problem.min);
    case 'choice':
      return t('{0} takes: {1}', name, problem.choices.join(', '));
  }
}

const DURATIONS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;
const SIZES = [
  [1_073_741_824, 'GiB'],
  [1_048_576, 'MiB'],
  [1_024, 'KiB'],
] as const;

/** Returns a value in a larger unit: "7 days", "1 GiB"; `undefined` if there is none to name. */
export function inLargerUnit(name: string, value: string): string | undefined {
  if (!/^\d{4,15}$/.test(value)) return undefined;
  const number = Number(value);
  const shown = (unit: number) =>
    (number / unit).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
  if (name.endsWith('.ms')) {
    const [unit, word] = DURATIONS.find(([each]) => number >= each) ?? [1, 'second'];
    return inUnits(shown(unit), word);
  }
  if (!name.endsWith('.bytes')) return undefined;
  const size = SIZES.find(([each]) => number >= each);
  return size && `${shown(size[0])} ${size[1]}`;
}

function inUnits(count: string, unit: 'day' | 'hour' | 'minute' | 'second'): string {
  const t = vscode.l10n.t;
  const isOne = count === '1';
  switch (unit) {
    case 'day':
      return isOne ? t('1 day') : t('{0} days', count);
    case 'hour':
      return isOne ? t('1 hour') : t('{0} hours', count);
    case 'minute':
      return isOne ? t('1 minute') : t('{0} minutes', count);
    case 'second':
      return isOne ? t('1 second') : t('{0} seconds', count);
  }
}
