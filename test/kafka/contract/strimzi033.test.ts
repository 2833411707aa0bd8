import { exceptionsOf033, waits } from '../../contract/strimzi';
import { describeBeforeKafka } from './beforeKafka';

describeBeforeKafka('Strimzi 0.33', { face: 'strimzi-0.33', waits }, exceptionsOf033);
