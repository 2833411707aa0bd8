import type { NewTopic } from '../../core/kafka';
import { KafkaFailure } from '../backend';
import { propertyProblem } from './topicProperties';

/** What a cluster has before a topic is created. */
interface Existing {
  readonly brokerCount: number;
  readonly topics: readonly string[];
}

/** Returns why Kafka 4 would refuse to create a topic, in its words, if it would. */
export function topicProblem(
  { name, partitionCount = 1, replicationFactor = 1, properties = {} }: NewTopic,
  { brokerCount, topics }: Existing,
): KafkaFailure | undefined {
  const problem = nameProblem(name);
  if (problem !== undefined) {
    return new KafkaFailure('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: ${problem}`);
  }
  if (topics.includes(name)) {
    return new KafkaFailure('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
  }
  const twin = topics.find((topic) => metricName(topic) === metricName(name));
  if (twin !== undefined) {
    const message = `Topic '${name}' collides with existing topic: ${twin}`;
    return new KafkaFailure('INVALID_TOPIC_EXCEPTION', message);
  }
  const refused = Object.entries(properties)
    .map(([property, value]) => propertyProblem(property, value))
    .find(Boolean);
  if (refused) return refused;
  if (partitionCount < 1) {
    return new KafkaFailure(
      'INVALID_PARTITIONS',
      'Number of partitions was set to an invalid non-positive value.',
    );
  }
  return replicationProblem(replicationFactor, brokerCount);
}

function replicationProblem(factor: number, brokerCount: number): KafkaFailure | undefined {
  if (factor >= 1 && factor <= brokerCount) return undefined;
  return new KafkaFailure(
    'INVALID_REPLICATION_FACTOR',
    factor < 1
      ? 'Replication factor must be larger than 0, or -1 to use the default value.'
      : `Unable to replicate the partition ${factor} time(s): The target replication factor of ` +
          `${factor} cannot be reached because only ${brokerCount} broker(s) are registered or ` +
          'some brokers have all their log directories cordoned.',
  );
}

/** Kafka's metrics have names in which a dot is an underscore, so topics must differ in more. */
function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}

/**
 * Returns what is wrong with a topic's name by the rules of Kafka's `Topic.validate`, if anything.
 */
export function nameProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return `'${name}' is not allowed`;
  if (name.length > 249) {
    return `the length of '${name}' is longer than the max allowed length 249`;
  }
  if (/^[a-zA-Z0-9._-]+$/.test(name)) return undefined;
  const allowed = "ASCII alphanumerics, '.', '_' and '-'";
  return `'${name}' contains one or more characters other than ${allowed}`;
}
