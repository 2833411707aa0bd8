import { describeBeforeKafka } from './beforeKafka';

describeBeforeKafka('Redpanda', { face: 'redpanda' });
