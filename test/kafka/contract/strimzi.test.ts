import { waits } from '../../contract/strimzi';
import { describeBeforeKafka } from './beforeKafka';

describeBeforeKafka('Strimzi 1.1', { face: 'strimzi', waits });
