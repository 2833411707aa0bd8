import type { NewTopic } from '../../core/kafka';
import { KafkaFailure } from '../backend';
import { propertyProblem } from './topicProperties';

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
  return Object.entries(properties)
    .map(([property, value]) => propertyProblem(property, value))
    .find(Boolean);
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
