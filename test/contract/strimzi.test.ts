import { type EmulatedServerOptions, startEmulated } from './servers/emulated';
import { describeContract } from './suite';

/** Consumer instances are made and moved to read, so that only these calls write. */
const writes = (method: string, path: string): boolean =>
  method === 'POST' && /^\/(?:topics|admin)\//.test(path);

const common: EmulatedServerOptions = {
  writes,
  kept: (emulator) => emulator.instances(),
  waits: { blockMs: 10, adminMs: 10, deliveryMs: 10 },
};

describeContract('Strimzi 1.1, on the emulator', () =>
  startEmulated({ ...common, face: 'strimzi' }),
);

describeContract(
  'Strimzi 0.33, on the emulator',
  () => startEmulated({ ...common, face: 'strimzi-0.33' }),
  {
    'reads headers in order, including repeated names, bytes and null':
      'a header with a null value makes this version wait for ever',
  },
);
