import type { EmulatorOptions } from '../../../src/emulator/server';
import type { RequestKind } from '../../support/faults/requestKind';
import * as faults from '../../support/faults/faults';
import type { MatrixFace } from './matrix';
import { operations } from './operations';
import { once, type Row, row } from './rows';

/**
 * The faults that all dialects of REST proxies meet. The HTTP client below them is the same, so
 * these are the ones that depend on what a request means.
 */
function common(): readonly Row[] {
  return [
    { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' },
    ...[
      row(faults.resetAtConnect, 'ok', 'ok', once),
      row(faults.responseLost, 'ok', 'unclear', once),
      row(faults.resetInResponse, 'ok', 'unclear', once),
      row(faults.truncated, 'connection', 'unclear'),
      row(faults.hangAfter, 'timeout', 'unclear'),

      row(faults.unauthorized, 'unauthorized'),
      row(faults.forbidden, 'forbidden'),
      row(faults.throttledAtTheEdge, 'throttled'),
      row(faults.throttledAtTheEdge, 'ok', 'ok', once),
      row(faults.unavailable, 'unavailable', 'unclear'),
      row(faults.badGateway, 'ok', 'unclear', once),
      row(faults.failed, 'unavailable', 'unclear'),

      row(faults.signInPage, 'protocol', 'unclear'),
      row(faults.errorInside, 'protocol', 'unclear'),
      row(faults.gzipBomb, 'response-too-large', 'unclear'),
    ].map((each) => ({
      ...each,
      only: ['describe', 'create', 'produce', 'bulk produce', 'read', 'follow'],
    })),
  ];
}

/** What can happen to the consumer instances through which a proxy reads. */
function instances(): readonly Row[] {
  const struck: readonly RequestKind[] = ['assign', 'seek', 'consume', 'remove'];
  return [
    row(faults.lostInstance, 'ok', 'ok', { ...once, on: 'seek' }),
    row(faults.lostInstance, 'ok', 'ok', { ...once, on: 'consume' }),
    row(faults.lostInstance, 'not-found', 'ok', {
      on: 'consume',
      says: /lost its consumer instance \(Consumer instance not found\)/,
    }),
    row(faults.otherNode, 'ok', 'ok', { on: ({ kind }) => struck.some((each) => each === kind) }),
    // The request is sent again, and finds the name in use.
    row(faults.responseLost, 'ok', 'ok', { ...once, on: 'open' }),
    row(faults.responseLost, 'ok', 'ok', { ...once, on: 'assign' }),
    row(faults.responseLost, 'ok', 'ok', { ...once, on: 'seek' }),
    row(faults.latency(1500), 'ok', 'ok', { on: 'seek' }),
    row(faults.latency(1500), 'ok', 'ok', { on: 'remove' }),
    row(faults.throttledAtTheEdge, 'ok', 'ok', { ...once, on: 'open' }),
    row(faults.unavailable, 'unavailable', 'ok', { on: 'open' }),
    row(faults.forbidden, 'forbidden', 'ok', { on: 'open' }),
    row(faults.hangAfter, 'ok', 'ok', { ...once, on: 'consume', hangs: true }),
    row(faults.failed, 'ok', 'ok', { on: 'remove' }),
    row(faults.resetBeforeBody, 'ok', 'ok', { on: 'remove' }),
    row(faults.hangBefore, 'ok', 'ok', { on: 'remove', hangs: true }),
  ].map((each) => ({ ...each, name: `${nameOf(each)}: ${each.name}`, only: ['read', 'follow'] }));
}

function nameOf({ on }: Row): string {
  return typeof on === 'string' ? on : 'instances';
}

/** A proxy without the operations that it does not offer. */
function proxy(
  name: string,
  emulator: EmulatorOptions,
  { without = [], rows }: { without?: readonly string[]; rows: readonly Row[] },
): MatrixFace {
  return {
    name,
    emulator,
    operations: operations.filter((operation) => !without.includes(operation.name)),
    rows: () => rows,
  };
}

const reading = ['read', 'follow', 'export'];
const both = (): readonly Row[] => [...common(), ...instances()];

/** With the usual sign-in of each. */
export const proxies: readonly MatrixFace[] = [
  proxy('strimzi', { face: 'strimzi', auth: 'none' }, { rows: both() }),
  proxy('karapace', { face: 'karapace', auth: 'basic' }, { without: ['create'], rows: both() }),
  proxy('confluent', { face: 'confluent', auth: 'basic' }, { rows: both() }),
  proxy(
    'confluent v3',
    { face: 'confluent', auth: 'basic', confluent: { apis: 'v3' } },
    { without: reading, rows: common() },
  ),
  proxy('redpanda', { face: 'redpanda', auth: 'basic' }, { without: ['create'], rows: common() }),
];
