import type { NewTopic } from '../../core/kafka';
import { KafkaFailure } from '../backend';

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

/** Returns why Kafka would refuse to create a topic, if it would. */
export function topicProblem(
  { name, partitionCount = 1, replicationFactor = 1, properties = {} }: NewTopic,
  brokerCount: number,
): KafkaFailure | undefined {
  const problem = nameProblem(name);
  if (problem !== undefined) return new KafkaFailure('INVALID_TOPIC_EXCEPTION', problem);
  if (partitionCount < 1) {
    return new KafkaFailure('INVALID_PARTITIONS', 'Number of partitions must be larger than 0.');
  }
  if (replicationFactor < 1 || replicationFactor > brokerCount) {
    return new KafkaFailure(
      'INVALID_REPLICATION_FACTOR',
      `Unable to replicate the partition ${replicationFactor} time(s): there are ${brokerCount} brokers.`,
    );
  }
  const unknown = Object.keys(properties).find((property) => !topicProperties.has(property));
  return unknown === undefined
    ? undefined
    : new KafkaFailure('INVALID_CONFIG', `Unknown topic config name: ${unknown.slice(0, 100)}`);
}

/**
 * Returns what is wrong with a topic's name by the rules of Kafka's `Topic.validate`, if anything.
 */
function nameProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return "A topic name cannot be '.' or '..'.";
  if (name.length > 249) return 'A topic name has at most 249 characters.';
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return "A topic name consists of ASCII letters, digits, '.', '_' and '-'.";
  }
  return undefined;
}
