import { operations } from '../faults/operations';
import {
  decode,
  encode,
  prepareDecoding,
  register,
  REGISTRY_PASSWORD,
} from './operations/decoding';
import { view } from './operations/viewing';
import { describeTorture, type TorturedFace } from './torture';

const hdinsight: TorturedFace = {
  name: 'hdinsight',
  emulator: {},
  operations: [...operations, view],
};

/** With consumer instances, which must not be left, and a schema registry. */
const strimzi: TorturedFace = {
  name: 'strimzi',
  emulator: {
    ...{ face: 'strimzi', auth: 'none' },
    registry: { auth: 'basic', password: REGISTRY_PASSWORD },
  },
  operations: [decode, encode, register],
};

describeTorture('each call of an operation fails once', [hdinsight, strimzi], {
  file: 'torture.md',
  prepare: prepareDecoding,
});
