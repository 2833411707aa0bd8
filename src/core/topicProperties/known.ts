/** What a property of a topic takes as its value. */
export type PropertyType = 'boolean' | 'double' | 'int' | 'list' | 'long' | 'string';

/** A property of topics that Kafka documents. */
export interface KnownProperty {
  readonly type: PropertyType;
  /** Kafka's own default; that of a cluster may be another one. */
  readonly byDefault: string;
  /** The values that it takes; for a list, each of its items. Missing: any of its type. */
  readonly choices?: readonly string[];
  /** The smallest number. Missing: any. */
  readonly min?: number;
}

const LONGEST = '9223372036854775807';

const long = (byDefault: string, min?: number): KnownProperty => ({
  type: 'long',
  byDefault,
  ...(min !== undefined && { min }),
});
const int = (byDefault: string, min?: number): KnownProperty => ({
  ...long(byDefault, min),
  type: 'int',
});
const boolean = (byDefault: 'true' | 'false'): KnownProperty => ({
  type: 'boolean',
  byDefault,
  choices: ['true', 'false'],
});
const list = (byDefault: string, choices?: readonly string[]): KnownProperty => ({
  type: 'list',
  byDefault,
  ...(choices && { choices }),
});
const oneOf = (byDefault: string, ...others: readonly string[]): KnownProperty => ({
  type: 'string',
  byDefault,
  choices: [byDefault, ...others],
});

/**
 * The properties that the documentation of Apache Kafka lists for topics, and some of its earlier
 * versions: https://kafka.apache.org/documentation/#topicconfigs
 */
const KNOWN = {
  'cleanup.policy': list('delete', ['delete', 'compact']),
  'compression.gzip.level': int('-1'),
  'compression.lz4.level': int('9'),
  'compression.type': oneOf('producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'),
  'compression.zstd.level': int('3'),
  'delete.retention.ms': long('86400000', 0),
  'file.delete.delay.ms': long('60000', 0),
  'flush.messages': long(LONGEST, 1),
  'flush.ms': long(LONGEST, 0),
  'follower.replication.throttled.replicas': list(''),
  'index.interval.bytes': int('4096', 0),
  'leader.replication.throttled.replicas': list(''),
  'local.retention.bytes': long('-2', -2),
  'local.retention.ms': long('-2', -2),
  'max.compaction.lag.ms': long(LONGEST, 1),
  'max.message.bytes': int('1048588', 0),
  'message.downconversion.enable': boolean('true'),
  'message.timestamp.after.max.ms': long('3600000', 0),
  'message.timestamp.before.max.ms': long(LONGEST, 0),
  'message.timestamp.type': oneOf('CreateTime', 'LogAppendTime'),
  'min.cleanable.dirty.ratio': { type: 'double', byDefault: '0.5', min: 0 },
  'min.compaction.lag.ms': long('0', 0),
  'min.insync.replicas': int('1', 1),
  preallocate: boolean('false'),
  'remote.log.copy.disable': boolean('false'),
  'remote.log.delete.on.disable': boolean('false'),
  'remote.storage.enable': boolean('false'),
  'retention.bytes': long('-1', -1),
  'retention.ms': long('604800000', -1),
  'segment.bytes': int('1073741824', 14),
  'segment.index.bytes': int('10485760', 4),
  'segment.jitter.ms': long('0', 0),
  'segment.ms': long('604800000', 1),
  'unclean.leader.election.enable': boolean('false'),
} as const satisfies Readonly<Record<string, KnownProperty>>;

export type KnownName = keyof typeof KNOWN;

/** The properties of topics that Kafka documents, by name and sorted. */
export const knownProperties: ReadonlyMap<string, KnownProperty> = new Map(Object.entries(KNOWN));

/** Returns whether Kafka documents a property of this name. */
export function isKnownName(name: string): name is KnownName {
  return knownProperties.has(name);
}

/** What is wrong with a value, as far as the documentation tells. */
export type ValueProblem =
  | { readonly kind: 'number' | 'whole-number' }
  | { readonly kind: 'min'; readonly min: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** Returns what is probably wrong with the value of a property. */
export function valueProblem(name: string, value: string): ValueProblem | undefined {
  const known = knownProperties.get(name);
  if (!known) return undefined;
  const { type, choices, min } = known;
  if (choices) {
    const items = type === 'list' ? value.split(',').map((item) => item.trim()) : [value];
    return items.every((item) => choices.includes(item)) ? undefined : { kind: 'choice', choices };
  }
  const isWhole = type === 'int' || type === 'long';
  if (!isWhole && type !== 'double') return undefined;
  if (isWhole && !/^[+-]?\d+$/.test(value)) return { kind: 'whole-number' };
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value)) return { kind: 'number' };
  return min !== undefined && Number(value) < min ? { kind: 'min', min } : undefined;
}
