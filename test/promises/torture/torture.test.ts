import { operations } from '../faults/operations';
import {
  decode,
  encode,
  prepareDecoding,
  register,
  REGISTRY_PASSWORD,
} from './operations/decoding';
import { replaceSecrets } from './operations/secrets';
import { view } from './operations/viewing';
import { exportedThere, producedThere } from './operations/virtual';
import { describeTorture, type TorturedFace } from './torture';

const hdinsight: TorturedFace = {
  name: 'hdinsight',
  emulator: {},
  operations: [...operations, view, exportedThere, producedThere, replaceSecrets],
};

const named = (...names: readonly string[]) =>
  operations.filter(({ name }) => names.includes(name));

/** With consumer instances, which must not be left, and a schema registry. */
const strimzi: TorturedFace = {
  name: 'strimzi',
  emulator: {
    ...{ face: 'strimzi', auth: 'none' },
    registry: { auth: 'basic', password: REGISTRY_PASSWORD },
  },
  operations: [...named('read', 'produce'), decode, encode, register],
};

/** Each way to sign in whose calls differ: those for files, programs, services of this computer. */
const ways: readonly TorturedFace[] = (
  [
    ['clientCertificate', { auth: 'certificate' }],
    ['federatedAssertion', { auth: 'assertion' }],
    ['managedIdentity', { auth: 'identity' }],
    ['oauth', { auth: 'oauth' }],
    ['account', {}, { by: 'account' }],
    ['azureCli', {}, { by: 'azureCli' }],
    ['mutualTls', { auth: 'mutualTls' }],
  ] as const
).map(([name, emulator, person]) => ({
  name,
  emulator,
  ...(person && { person }),
  operations: named('list'),
}));

describeTorture('each call of an operation fails once', [hdinsight, strimzi, ...ways], {
  file: 'torture.md',
  prepare: prepareDecoding,
});
