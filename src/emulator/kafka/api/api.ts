import { type KafkaErrorName, kafkaErrorCodes, KafkaFailure } from '../../backend';
import type { Reader } from '../wire/reader';
import type { Writer } from '../wire/writer';

/**
 * One kind of request, in the one version of its messages that we speak. It is the last one without
 * compact types where there is a choice, which brokers from Kafka 2.4 to 4 know.
 */
export interface Api<Request, Response> {
  readonly name: string;
  readonly key: number;
  readonly version: number;
  /** Whether its messages have compact types and tagged fields. */
  readonly isFlexible?: true;
  write(writer: Writer, request: Request): void;
  read(reader: Reader): Response;
}

const namesByCode = new Map<number, KafkaErrorName>(
  Object.entries(kafkaErrorCodes).map(([name, code]) => [code, name as KafkaErrorName]),
);

/** The messages of errors about which responses often say no more than their code. */
const words: Partial<Record<KafkaErrorName, string>> = {
  OFFSET_OUT_OF_RANGE: 'The offset is out of range.',
  UNKNOWN_TOPIC_OR_PARTITION: 'This server does not host this topic-partition.',
  MESSAGE_TOO_LARGE:
    'The request included a message larger than the max message size the server will accept.',
  INVALID_TOPIC_EXCEPTION: 'The request attempted to perform an operation on an invalid topic.',
  TOPIC_AUTHORIZATION_FAILED: 'The user of the gateway is not authorized to access the topic.',
  GROUP_AUTHORIZATION_FAILED: 'The user of the gateway is not authorized to access the group.',
  CLUSTER_AUTHORIZATION_FAILED: 'The user of the gateway is not authorized for this.',
  NOT_ENOUGH_REPLICAS: 'There are fewer in-sync replicas than required.',
  TOPIC_DELETION_DISABLED: 'Topic deletion is disabled.',
};

/** Returns the failure that an error code of a response means; `undefined` for 0. */
export function failureOf(code: number, message?: string | null): KafkaFailure | undefined {
  if (code === 0) return undefined;
  const name = namesByCode.get(code);
  if (name !== undefined) return new KafkaFailure(name, message ?? words[name] ?? '');
  const reason = message ?? 'see the error codes of its protocol';
  return new KafkaFailure('UNKNOWN_SERVER_ERROR', `Kafka's error ${code}: ${reason}.`);
}

/** Throws the failure that an error code of a response means. */
export function check(code: number, message?: string | null): void {
  const failure = failureOf(code, message);
  if (failure) throw failure;
}
