import { describeBeforeKafka } from './beforeKafka';

describeBeforeKafka('Karapace', { face: 'karapace', faults: { seekRaces: 'always' } });
