import { startEmulated } from './servers/emulated';
import { describeContract } from './suite';

describeContract('HDInsight, on the emulator', () =>
  startEmulated({ face: 'hdinsight', auth: 'entra' }),
);
