import {
  CLUSTER_ID,
  type ConfluentOptions,
} from '../../src/emulator/faces/confluent/confluentRest';
import { startEmulated } from './servers/emulated';
import { describeContract } from './suite';

const start = (confluent: ConfluentOptions, clusterId = '') =>
  startEmulated({ face: 'confluent', confluent, fields: { clusterId } });

describeContract('Confluent with both APIs, on the emulator', () => start({}));

describeContract('Confluent with API v3 alone, on the emulator', () =>
  start({ apis: 'v3', path: '/kafka', listsClusters: false }, CLUSTER_ID),
);

describeContract('Confluent with API v2 alone, on the emulator', () => start({ apis: 'v2' }));
