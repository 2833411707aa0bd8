import assert from 'node:assert/strict';
import type { Capabilities, KafkaProxy, NewRecord, ProduceResult } from '../../../src/core/kafka';
import { changed } from '../emulatedProxy';

type Produce = (records: readonly NewRecord[]) => Promise<readonly ProduceResult[]>;

/** Returns the same proxy with a changed `produce`, and other limits if given. */
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
  return changed(real, {
    capabilities: { ...real.capabilities, produce: { ...produce, ...limits } },
    produce: (topic, records, options) =>
      meddle(records, (some) => real.produce(topic, some, options), options?.signal),
  });
}
