import type { KafkaProxy } from '../../src/core/kafka';
import { openHttp } from '../../src/core/http';
import { openProxy } from '../../src/core/proxies/open';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server';
import { startEmulator } from '../../src/emulator/server';

/** An emulator without sign-in, and the client that the extension would use on it, over HTTPS. */
export interface EmulatedProxy {
  readonly emulator: Emulator;
  readonly proxy: KafkaProxy;
  /** The paths with queries that were asked for so far, in the order of their answers. */
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
