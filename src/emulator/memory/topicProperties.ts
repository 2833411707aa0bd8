import type { TopicPropertyChange } from '../../core/administration';
import { type BackendProperty, KafkaFailure } from '../backend';

/** Returns why Kafka refuses a value, in its words, if it does. */
type Rule = (value: string) => string | undefined;

interface Property {
  readonly initial: string;
  readonly rule: Rule;
}

const MAX_INT = 2n ** 31n - 1n;
const MAX_LONG = 2n ** 63n - 1n;

const whole =
  (type: 'INT' | 'LONG', max: bigint) =>
  (initial: bigint, min?: bigint): Property => ({
    initial: initial.toString(),
    rule: (text) => {
      const value = /^[+-]?\d{1,19}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
      if (value === undefined || value > max || value < -max - 1n) {
        return `Not a number of type ${type}`;
      }
      const isBelow = min !== undefined && value < min;
      return isBelow ? `Value must be at least ${min.toString()}` : undefined;
    },
  });

const int = whole('INT', MAX_INT);
const long = whole('LONG', MAX_LONG);

function ratio(initial: string): Property {
  return {
    initial,
    rule: (text) => {
      const value = text.trim() === '' ? NaN : Number(text);
      if (Number.isNaN(value)) return 'Not a number of type DOUBLE';
      if (value < 0) return 'Value must be at least 0';
      return value > 1 ? 'Value must be no more than 1' : undefined;
    },
  };
}

function boolean(initial: 'true' | 'false'): Property {
  const rule: Rule = (text) =>
    /^(true|false)$/i.test(text.trim()) ? undefined : 'Expected value to be either true or false';
  return { initial, rule };
}

function oneOf(initial: string, ...values: readonly string[]): Property {
  const problem = `String must be one of: ${values.join(', ')}`;
  return { initial, rule: (text) => (values.includes(text.trim()) ? undefined : problem) };
}

/** A list of values with commas between them. */
function someOf(initial: string, ...values: readonly string[]): Property {
  const { rule } = oneOf(initial, ...values);
  const parts = (text: string): string[] => text.split(',');
  return { initial, rule: (text) => parts(text).map(rule).find(Boolean) };
}

const anything = (initial: string): Property => ({ initial, rule: () => undefined });

/** The properties of topics with the defaults and rules of Kafka 3.9 (`LogConfig`). */
const PROPERTIES: ReadonlyMap<string, Property> = new Map(
  Object.entries({
    'cleanup.policy': someOf('delete', 'compact', 'delete'),
    'compression.gzip.level': int(-1n, -1n),
    'compression.lz4.level': int(9n, 1n),
    'compression.type': oneOf(
      'producer',
      'uncompressed',
      'zstd',
      'lz4',
      'snappy',
      'gzip',
      'producer',
    ),
    'compression.zstd.level': int(3n, -131_072n),
    'delete.retention.ms': long(86_400_000n, 0n),
    'file.delete.delay.ms': long(60_000n, 0n),
    'flush.messages': long(MAX_LONG, 1n),
    'flush.ms': long(MAX_LONG, 0n),
    'follower.replication.throttled.replicas': anything(''),
    'index.interval.bytes': int(4096n, 0n),
    'leader.replication.throttled.replicas': anything(''),
    'local.retention.bytes': long(-2n, -2n),
    'local.retention.ms': long(-2n, -2n),
    'max.compaction.lag.ms': long(MAX_LONG, 1n),
    'max.message.bytes': int(1_048_588n, 0n),
    'message.downconversion.enable': boolean('true'),
    'message.format.version': anything('3.0-IV1'),
    'message.timestamp.after.max.ms': long(MAX_LONG, 0n),
    'message.timestamp.before.max.ms': long(MAX_LONG, 0n),
    'message.timestamp.difference.max.ms': long(MAX_LONG, 0n),
    'message.timestamp.type': oneOf('CreateTime', 'CreateTime', 'LogAppendTime'),
    'min.cleanable.dirty.ratio': ratio('0.5'),
    'min.compaction.lag.ms': long(0n, 0n),
    'min.insync.replicas': int(1n, 1n),
    preallocate: boolean('false'),
    'remote.storage.enable': boolean('false'),
    'retention.bytes': long(-1n),
    'retention.ms': long(604_800_000n, -1n),
    'segment.bytes': int(1_073_741_824n, 14n),
    'segment.index.bytes': int(10_485_760n, 4n),
    'segment.jitter.ms': long(0n, 0n),
    'segment.ms': long(604_800_000n, 1n),
    'unclean.leader.election.enable': boolean('false'),
  }),
);

/** Returns why Kafka would refuse a property of a topic, if it would. */
export function propertyProblem(name: string, value: string): KafkaFailure | undefined {
  const property = PROPERTIES.get(name);
  if (!property) {
    const message = `Unknown topic config name: ${name.slice(0, 100)}`;
    return new KafkaFailure('INVALID_CONFIG', message);
  }
  const problem = property.rule(value);
  if (problem === undefined) return undefined;
  const invalid = `Invalid value ${value.slice(0, 100)} for configuration ${name}`;
  return new KafkaFailure('INVALID_CONFIG', `${invalid}: ${problem}`);
}

/** Returns all properties of a topic, given those that it has set, sorted by name. */
export function propertiesOf(own: ReadonlyMap<string, string>): readonly BackendProperty[] {
  return [...PROPERTIES].map(([name, { initial }]) => ({
    name,
    value: own.get(name) ?? initial,
    defaultValue: initial,
    source: own.has(name) ? 'DYNAMIC_TOPIC_CONFIG' : 'DEFAULT_CONFIG',
    isReadOnly: false,
    isSensitive: false,
  }));
}

/**
 * Returns the properties that a topic has after some changes. Throws a `KafkaFailure` if Kafka
 * would refuse one of them.
 */
export function changedProperties(
  own: ReadonlyMap<string, string>,
  changes: readonly TopicPropertyChange[],
): ReadonlyMap<string, string> {
  const changed = new Map(own);
  for (const { name, value } of changes) {
    const problem = propertyProblem(name, value ?? PROPERTIES.get(name)?.initial ?? '');
    if (problem) throw problem;
    if (value === null) changed.delete(name);
    else changed.set(name, value.trim());
  }
  return changed;
}
