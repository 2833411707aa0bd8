import { describeBeforeKafka } from './beforeKafka';

describeBeforeKafka('HDInsight', { face: 'hdinsight', auth: 'entra' });
