import { startEmulated } from './servers/emulated';
import { describeContract } from './suite';

describeContract('Redpanda, on the emulator', () => startEmulated({ face: 'redpanda' }));
