import { type Kafka, startKafka } from './broker';
import { KafkaMissing } from './java';
import type { BrokerOptions } from './properties';

/** How long the first start may take, which fetches Kafka and perhaps Java, in milliseconds. */
const MAX_INSTALL_MS = 300_000;

/**
 * Gives the tests of a `describe` a Kafka that they share. Where there cannot be one, they are
 * skipped, except in CI.
 *
 * @returns a function that returns the Kafka in hooks and tests
 */
export function useKafka(options: BrokerOptions = {}): () => Kafka {
  let kafka: Kafka | undefined;

  before('start Kafka', async function () {
    this.timeout(MAX_INSTALL_MS);
    try {
      kafka = await startKafka(options);
    } catch (error) {
      if (!(error instanceof KafkaMissing) || process.env['CI'] === 'true') throw error;
      console.error(`Skipped, because there is no Kafka. ${error.message}`);
      this.skip();
    }
  });

  after('stop Kafka', () => kafka?.stop());

  return () => {
    if (!kafka) throw new Error('Kafka has not been started.');
    return kafka;
  };
}
