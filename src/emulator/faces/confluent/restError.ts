import { type KafkaErrorName, KafkaFailure } from '../../backend';
import { HttpError } from '../../http';

/** An error with the code that Confluent's proxy gives beside the HTTP status. */
export class RestError extends HttpError {
  constructor(
    status: number,
    readonly code: number,
    message: string,
  ) {
    super(status, message);
  }
}

export const topicNotFound = (): RestError => new RestError(404, 40_401, 'Topic not found.');
export const partitionNotFound = (): RestError =>
  new RestError(404, 40_402, 'Partition not found.');

/** API v3 hides codes such as 42206 in the message. */
export function unprocessable(code: number, message: string): RestError {
  return new RestError(422, 422, `Error: ${code} : ${message}`);
}

/** An entity of API v3 that does not exist. */
export function notFound(message = 'HTTP 404 Not Found'): RestError {
  return new RestError(404, 404, message);
}

const RETRIABLE = [500, 50_003] as const;

/** The status and code for Kafka's failures, as `KafkaExceptionMapper` of rest-utils gives them. */
const CODES: Readonly<Partial<Record<KafkaErrorName, readonly [status: number, code: number]>>> = {
  UNKNOWN_TOPIC_OR_PARTITION: [404, 40_403],
  GROUP_ID_NOT_FOUND: [404, 404],
  SASL_AUTHENTICATION_FAILED: [401, 40_101],
  TOPIC_AUTHORIZATION_FAILED: [403, 40_301],
  GROUP_AUTHORIZATION_FAILED: [403, 40_301],
  CLUSTER_AUTHORIZATION_FAILED: [403, 40_301],
  TOPIC_ALREADY_EXISTS: [400, 40_002],
  TOPIC_DELETION_DISABLED: [400, 40_002],
  INVALID_TOPIC_EXCEPTION: [400, 40_002],
  UNSUPPORTED_VERSION: [400, 40_002],
  UNKNOWN_SERVER_ERROR: [400, 40_002],
  INVALID_PARTITIONS: [400, 40_002],
  INVALID_REPLICATION_FACTOR: [400, 40_002],
  INVALID_CONFIG: [400, 40_002],
  INVALID_REQUEST: [400, 40_002],
  POLICY_VIOLATION: [400, 40_002],
  MESSAGE_TOO_LARGE: [413, 413],
  THROTTLING_QUOTA_EXCEEDED: [429, 42_901],
  BROKER_NOT_AVAILABLE: [503, 50_302],
  LEADER_NOT_AVAILABLE: RETRIABLE,
  NOT_LEADER_OR_FOLLOWER: RETRIABLE,
  NOT_CONTROLLER: RETRIABLE,
  NOT_COORDINATOR: RETRIABLE,
  COORDINATOR_NOT_AVAILABLE: RETRIABLE,
  COORDINATOR_LOAD_IN_PROGRESS: RETRIABLE,
  NOT_ENOUGH_REPLICAS: RETRIABLE,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: RETRIABLE,
  NETWORK_EXCEPTION: RETRIABLE,
  KAFKA_STORAGE_ERROR: RETRIABLE,
  CORRUPT_MESSAGE: RETRIABLE,
  REQUEST_TIMED_OUT: RETRIABLE,
};

/**
 * Returns the code that API v2 gives to a record that was not written; see `AbstractProduceAction`.
 * It tells fewer failures apart than `KafkaExceptionMapper` does.
 */
export function codeOfRecord({ code }: RestError): number {
  if (code === 40_101 || code === 40_301 || code === 50_003) return code;
  // What is not there yet may come.
  return code === 40_401 || code === 40_403 || code === 42_901 ? 50_003 : 50_002;
}

/** Returns an error of Kafka as the proxy passes it on. */
export function ofKafka({ kind, message }: KafkaFailure): RestError {
  const [status, code] = CODES[kind] ?? [500, 50_002];
  const isUnknown = kind === 'UNKNOWN_TOPIC_OR_PARTITION';
  const text = isUnknown ? 'This server does not host this topic-partition.' : message || kind;
  return new RestError(status, code, text);
}

/** Returns the result of a call, or `undefined` if Kafka says that what it names does not exist. */
export async function ifKnown<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const isUnknown =
      error instanceof KafkaFailure &&
      (error.kind === 'UNKNOWN_TOPIC_OR_PARTITION' || error.kind === 'GROUP_ID_NOT_FOUND');
    if (!isUnknown) throw error;
    return undefined;
  }
}
