import type { KafkaFailure } from '../../backend';
import { type KafkaErrorName } from '../../backend';
import { type CallResponse, HttpError } from '../../http';
import { PositionError, UnassignedError } from '../v2/consumerInstance';

export const V2_JSON = 'application/vnd.kafka.v2+json';

/** A request that does not fit the bridge's OpenAPI description. */
export class ValidationError extends HttpError {
  constructor(
    message: string,
    readonly errors: readonly string[] = [],
  ) {
    super(400, `Validation error on: ${message}`);
  }
}

/** Returns a response with a document of the bridge. */
export function v2(document: unknown, status = 200): CallResponse {
  return v2Text(JSON.stringify(document), status);
}

/** Returns a response with JSON text. */
export function v2Text(
  body: string | readonly string[],
  status = 200,
  type = V2_JSON,
): CallResponse {
  return { status, headers: { 'content-type': type }, body, isBare: true };
}

/** Returns a response without a body. */
export function empty(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): CallResponse {
  return { status, headers, body: '', isBare: true };
}

/** Returns the bridge's response to a call that failed. */
export function errorResponse(error: HttpError): CallResponse {
  const { status, message } = error;
  if (status === 405) {
    return empty(405, { allow: (error.headers['Allow'] ?? '').replaceAll(', ', ',') });
  }
  const errors = error instanceof ValidationError ? error.errors : [];
  const document = {
    error_code: status,
    message,
    ...(errors.length > 0 && { validation_errors: errors }),
  };
  const response = v2(document, status);
  return { ...response, headers: { ...response.headers, ...error.headers } };
}

/** How the bridge words Kafka's failures of a call about a topic or a partition. */
const MESSAGES: Readonly<Partial<Record<KafkaErrorName, string>>> = {
  UNKNOWN_TOPIC_OR_PARTITION:
    'org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.',
  INVALID_PARTITIONS: 'Number of partitions was set to an invalid non-positive value.',
};

/** Returns the error of the bridge for a failure of Kafka. */
export function toHttpError({ kind, message }: KafkaFailure): HttpError {
  const status = kind === 'UNKNOWN_TOPIC_OR_PARTITION' ? 404 : 500;
  return new HttpError(status, MESSAGES[kind] ?? (message || kind));
}

/** Never resolves: the bridge sends no response until the client gives up. */
export async function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

/** Returns the error of the bridge for a poll that failed, if there is one. */
export function pollError(error: unknown): unknown {
  if (error instanceof UnassignedError) {
    return new HttpError(
      500,
      'Consumer is not subscribed to any topics or assigned any partitions',
    );
  }
  if (!(error instanceof PositionError)) return error;
  const name =
    error.offset === undefined ? 'NoOffsetForPartitionException' : 'OffsetOutOfRangeException';
  return new HttpError(500, `org.apache.kafka.clients.consumer.${name}: ${error.message}`);
}
