import { describeBeforeKafka } from './beforeKafka';

// With one of its APIs alone, it makes fewer of the same calls to Kafka.
describeBeforeKafka('Confluent with both APIs', { face: 'confluent' });
