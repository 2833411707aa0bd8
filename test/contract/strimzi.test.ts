import { startEmulated } from './servers/emulated';
import { exceptionsOf033, waits } from './strimzi';
import { describeContract } from './suite';

describeContract('Strimzi 1.1, on the emulator', () => startEmulated({ face: 'strimzi', waits }));

describeContract(
  'Strimzi 0.33, on the emulator',
  () => startEmulated({ face: 'strimzi-0.33', waits }),
  exceptionsOf033,
);
