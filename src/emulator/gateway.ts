import { KafkaFailure } from './backend';
import { KafkaBackend } from './kafka/kafkaBackend';
import type { KafkaOptions } from './kafka/options';
import { serve, type Served, type ServeOptions } from './serve';

export type { KafkaOptions, Served, ServeOptions };

/**
 * Starts a REST proxy before a real Kafka cluster, on 127.0.0.1.
 *
 * @throws {KafkaFailure} if no broker accepts us; the message says why
 */
export async function startGateway(
  kafka: KafkaOptions,
  options: ServeOptions = {},
): Promise<Served> {
  const backend = new KafkaBackend(kafka);
  try {
    await backend.brokers();
    const served = await serve(backend, options);
    return {
      ...served,
      stop: async () => {
        await served.stop();
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error instanceof KafkaFailure ? withHint(error, kafka) : error;
  }
}

/** Adds what a broker may want that accepts the connection and then closes it. */
function withHint(failure: KafkaFailure, { tls, ca, sasl }: KafkaOptions): KafkaFailure {
  if (failure.kind !== 'NETWORK_EXCEPTION') return failure;
  const isTls = tls ?? ca !== undefined;
  const missing = [...(isTls ? [] : ['TLS']), ...(sasl === undefined ? ['SASL'] : [])];
  if (missing.length === 0) return failure;
  const hint = `The gateway does not use ${missing.join(' and ')}, which the brokers may require.`;
  return new KafkaFailure(failure.kind, `${failure.message} ${hint}`);
}
