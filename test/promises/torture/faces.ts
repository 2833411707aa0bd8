import { operations } from '../faults/operations';
import type { Operation } from '../faults/operations/operation';
import { REGISTRY_PASSWORD } from './operations/decoding';
import type { TorturedFace } from './torture';

/** Returns operations of the fault matrix by their names. */
export function named(...names: readonly string[]): readonly Operation[] {
  return operations.filter(({ name }) => names.includes(name));
}

export const hdinsight = { name: 'hdinsight', emulator: {} } as const;

/** With consumer instances, which must not be left, and a schema registry. */
export const strimzi = {
  name: 'strimzi',
  emulator: {
    face: 'strimzi',
    auth: 'none',
    registry: { auth: 'basic', password: REGISTRY_PASSWORD },
  },
} as const;

/** It administers topics; API v3 writes, and API v2 reads. */
export const confluent = {
  name: 'confluent',
  emulator: { face: 'confluent', auth: 'basic' },
} as const;

/** The others, whose calls differ: they place records, poll or probe in ways of their own. */
export const others: readonly TorturedFace[] = (['karapace', 'redpanda'] as const).map((face) => ({
  name: face,
  emulator: { face, auth: 'basic' },
  operations: named('produce', 'read'),
}));

/** Each way to sign in whose calls differ: those for files, programs, services of this computer. */
export const ways: readonly TorturedFace[] = (
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
