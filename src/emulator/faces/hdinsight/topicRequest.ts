import type { NewTopic } from '../../../core/kafka';
import { HttpError, parseJson } from '../../http';

/** The maximum number of partitions of a topic. More would only use memory. */
const MAX_PARTITIONS = 10_000;

/**
 * Reads the body of a request to create a topic. The body and each of its fields may be missing.
 * Throws an `HttpError` if it is invalid.
 */
export function parseTopicRequest(text: string, brokerCount: number): Omit<NewTopic, 'name'> {
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
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw new HttpError(400, `Invalid value of ${name.slice(0, 100)}.`);
    }
  }
  return {
    partitionCount: partitions,
    replicationFactor: replicas,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, String(value)]),
    ),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}
