import assert from 'node:assert/strict';
import type { Capabilities, KafkaProxy, NewRecord, ProduceResult } from '../../src/core/kafka';

type Produce = (records: readonly NewRecord[]) => Promise<readonly ProduceResult[]>;

/** The same proxy, with something in the way of `produce`, and other limits where given. */
export function meddledProxy(
  real: KafkaProxy,
  meddle: (
    records: readonly NewRecord[],
    produce: Produce,
    signal: AbortSignal | undefined,
  ) => ReturnType<Produce>,
  limits: Partial<Exclude<Capabilities['produce'], false>> = {},
): KafkaProxy {
  const { produce } = real.capabilities;
  assert.ok(produce);
  return {
    capabilities: { ...real.capabilities, produce: { ...produce, ...limits } },
    brokers: (options) => real.brokers(options),
    topics: (options) => real.topics(options),
    partitions: (topic, options) => real.partitions(topic, options),
    partition: (topic, id, options) => real.partition(topic, id, options),
    createTopic: (topic, options) => real.createTopic(topic, options),
    read: (range, options) => real.read(range, options),
    dispose: () => real.dispose(),
    produce: (topic, records, options) =>
      meddle(records, (some) => real.produce(topic, some, options), options?.signal),
  };
}
