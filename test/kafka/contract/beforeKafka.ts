import type { ServeOptions } from '../../../src/emulator/gateway';
import { startBefore } from '../../contract/servers/gateway';
import { describeContract } from '../../contract/suite';
import { useKafka } from '../../support/kafka/useKafka';

/** Declares the tests of the contract against a gateway before a real Kafka, as `describeContract`. */
export function describeBeforeKafka(
  dialect: string,
  options: ServeOptions,
  exceptions?: Readonly<Record<string, string>>,
): void {
  describe('A gateway before a real Kafka', () => {
    const kafka = useKafka();
    describeContract(dialect, () => startBefore(kafka(), options), exceptions);
  });
}
