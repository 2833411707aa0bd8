import { startHdinsight } from './servers/hdinsight';
import { describeContract } from './suite';

describeContract('HDInsight, on the emulator', startHdinsight);
