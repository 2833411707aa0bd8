import { kafkaErrorCodes, type KafkaErrorName, type KafkaFailure } from '../../backend';
import { HttpError } from '../../http';

/** A failure with the proxy's own code, whose first three digits are the status. */
export class RedpandaError extends HttpError {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(code < 1000 ? code : Math.floor(code / 100), message);
  }
}

/** The failure of a request that cannot be understood. */
export function badRequest(message: string): RedpandaError {
  return new RedpandaError(BAD_REQUEST, message);
}

const BAD_REQUEST = 40002;
const SERVER_ERROR = 50002;

/** The proxy's codes for errors of Kafka; all others are the server's errors. */
const CODES: Readonly<Partial<Record<KafkaErrorName, number>>> = {
  TOPIC_AUTHORIZATION_FAILED: 40301,
  GROUP_AUTHORIZATION_FAILED: 40301,
  CLUSTER_AUTHORIZATION_FAILED: 40301,
  UNKNOWN_TOPIC_OR_PARTITION: 40402,
  LEADER_NOT_AVAILABLE: 50302,
  NETWORK_EXCEPTION: 50003,
  REQUEST_TIMED_OUT: 50003,
  OFFSET_OUT_OF_RANGE: BAD_REQUEST,
  NOT_LEADER_OR_FOLLOWER: BAD_REQUEST,
  MESSAGE_TOO_LARGE: BAD_REQUEST,
  INVALID_TOPIC_EXCEPTION: BAD_REQUEST,
  RECORD_LIST_TOO_LARGE: BAD_REQUEST,
  INVALID_TIMESTAMP: BAD_REQUEST,
  INVALID_REQUEST: BAD_REQUEST,
  INVALID_RECORD: BAD_REQUEST,
};

/** Returns the failure of the proxy for one of Kafka. The message is the name of Kafka's error. */
export function failureOf({ kind }: KafkaFailure): RedpandaError {
  return new RedpandaError(CODES[kind] ?? SERVER_ERROR, kind.toLowerCase());
}

/** Returns Kafka's number for a failure, which the response to a produce request has. */
export function kafkaCodeOf({ kind }: KafkaFailure): number {
  return kafkaErrorCodes[kind];
}
