import type { TopicLayout } from './cluster';
import { HttpError, parseJson } from './http';

/** The names of Kafka's settings for topics. Other names are refused, as Kafka refuses them. */
const topicProperties = new Set([
  'cleanup.policy',
  'compression.gzip.level',
  'compression.lz4.level',
  'compression.type',
  'compression.zstd.level',
  'delete.retention.ms',
  'file.delete.delay.ms',
  'flush.messages',
  'flush.ms',
  'follower.replication.throttled.replicas',
  'index.interval.bytes',
  'leader.replication.throttled.replicas',
  'local.retention.bytes',
  'local.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.downconversion.enable',
  'message.format.version',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'preallocate',
  'remote.storage.enable',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.index.bytes',
  'segment.jitter.ms',
  'segment.ms',
  'unclean.leader.election.enable',
]);

/** The maximum number of partitions of a topic. More would only use memory. */
const MAX_PARTITIONS = 10_000;

/**
 * Returns what is wrong with a topic's name by the rules of Kafka's `Topic.validate`, if anything.
 */
export function topicNameProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return "A topic name cannot be '.' or '..'.";
  if (name.length > 249) return 'A topic name has at most 249 characters.';
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return "A topic name consists of ASCII letters, digits, '.', '_' and '-'.";
  }
  return undefined;
}

/**
 * Reads the body of a request to create a topic. The body and each of its fields may be missing.
 * Throws an `HttpError` if it is invalid.
 */
export function parseTopicRequest(
  text: string,
  brokerCount: number,
): Pick<TopicLayout, 'partitions' | 'replicas'> {
  const body = text.trim() === '' ? {} : parseJson(text);
  if (!isObject(body)) throw new HttpError(400, 'The request body is not an object.');
  const { partition_count: partitions = 1, replication_factor: replicas = brokerCount } = body;
  if (!isCount(partitions) || partitions > MAX_PARTITIONS) {
    throw new HttpError(400, `partition_count must be an integer from 1 to ${MAX_PARTITIONS}.`);
  }
  if (!isCount(replicas) || replicas > brokerCount) {
    throw new HttpError(
      400,
      `replication_factor must be an integer from 1 to ${brokerCount}, the number of brokers.`,
    );
  }
  const { topic_properties: properties = {} } = body;
  if (!isObject(properties)) throw new HttpError(400, 'topic_properties must be an object.');
  for (const [name, value] of Object.entries(properties)) {
    if (!topicProperties.has(name)) {
      throw new HttpError(400, `Unknown topic config name: ${name.slice(0, 100)}`);
    }
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw new HttpError(400, `Invalid value of ${name}.`);
    }
  }
  return { partitions, replicas };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}
