import type { KafkaProxy } from '../../src/core/kafka';
import { openHttp } from '../../src/core/http/client';
import { openProxy } from '../../src/core/dialects/open';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server';
import { startEmulator } from '../../src/emulator/server';

/** An emulator without sign-in, and the client that the extension would use for it, over HTTPS. */
export interface EmulatedProxy {
  readonly emulator: Emulator;
  readonly proxy: KafkaProxy;
  /** The requested paths with queries so far, in the order of their responses. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startEmulatedProxy(options: EmulatorOptions = {}): Promise<EmulatedProxy> {
  const requests: string[] = [];
  const emulator = await startEmulator({
    auth: 'none',
    samples: false,
    onRequest: ({ path }) => requests.push(path),
    ...options,
  });
  const { caFile, endpoint } = emulator.info;
  const http = openHttp({ ...(caFile !== null && { caFile }), retries: 0 });
  const proxy = openProxy({ endpoint, http });
  return {
    emulator,
    proxy,
    requests,
    close: async () => {
      await proxy.dispose();
      await emulator.stop();
    },
  };
}

/** Returns the same proxy with some changes. */
export function changed(proxy: KafkaProxy, changes: Partial<KafkaProxy>): KafkaProxy {
  return {
    capabilities: proxy.capabilities,
    brokers: (options) => proxy.brokers(options),
    topics: (options) => proxy.topics(options),
    partitions: (topic, options) => proxy.partitions(topic, options),
    partition: (topic, id, options) => proxy.partition(topic, id, options),
    createTopic: (topic, options) => proxy.createTopic(topic, options),
    produce: (topic, records, options) => proxy.produce(topic, records, options),
    read: (range, options) => proxy.read(range, options),
    dispose: () => proxy.dispose(),
    ...changes,
  };
}
