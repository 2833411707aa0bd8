import { startEmulated } from './servers/emulated';
import { describeContract } from './suite';

describeContract('Karapace, on the emulator', () =>
  startEmulated({ face: 'karapace', faults: { seekRaces: 'always' } }),
);
