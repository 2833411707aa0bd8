import { Brokers } from '../../../src/emulator/kafka/brokers';
import type { Kafka } from './broker';

/** Returns what a call to the brokers of a Kafka returns, over connections of its own. */
export async function withBrokers<T>(
  { bootstrap }: Kafka,
  call: (brokers: Brokers) => Promise<T>,
): Promise<T> {
  const brokers = new Brokers({ brokers: [bootstrap] });
  try {
    return await call(brokers);
  } finally {
    brokers.close();
  }
}
