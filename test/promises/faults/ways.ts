import type { EmulatorOptions } from '../../../src/emulator/server';
import * as faults from '../../support/faults/faults';
import type { CellInfo } from './cell';
import { CANARY, type MatrixFace } from './matrix';
import { operations } from './operations';
import type { PersonFacts } from './person';
import { once, type Row, row } from './rows';
import { certificate, type Facts, FORMER_SECRET, header, mistakes, type Wrong } from './mistakes';

/** A way to sign in, and what is expected of the client if something about it is wrong. */
interface Way {
  readonly name: string;
  readonly emulator: EmulatorOptions;
  /** Missing: it is no person who signs in. */
  readonly person?: PersonFacts;
  /** Whether a token that is refused is renewed once. */
  readonly renews?: boolean;
  readonly wrong: Wrong;
}

const headers = { 'X-Api-Key': CANARY };

/** Each method of `src/auth/methods`, alone or with a client certificate and extra headers. */
const known: readonly Way[] = [
  {
    name: 'clientSecret',
    emulator: { expiredSecret: FORMER_SECRET },
    renews: true,
    wrong: mistakes.clientSecret,
  },
  {
    name: 'clientSecret, certificate and header',
    emulator: { clientCertificates: true, headers },
    renews: true,
    wrong: { ...certificate, ...header('unauthorized') },
  },
  {
    name: 'clientCertificate',
    emulator: { auth: 'certificate' },
    renews: true,
    wrong: mistakes.clientCertificate,
  },
  {
    name: 'federatedAssertion',
    emulator: { auth: 'assertion' },
    renews: true,
    wrong: mistakes.federatedAssertion,
  },
  {
    name: 'managedIdentity',
    emulator: { auth: 'identity' },
    renews: true,
    wrong: mistakes.managedIdentity,
  },
  {
    name: 'account',
    emulator: {},
    person: { by: 'account' },
    renews: true,
    wrong: mistakes.account,
  },
  {
    name: 'azureCli',
    emulator: {},
    person: { by: 'azureCli' },
    renews: true,
    wrong: mistakes.azureCli,
  },
  {
    name: 'oauth',
    emulator: { auth: 'oauth', expiredSecret: FORMER_SECRET },
    renews: true,
    wrong: mistakes.oauth,
  },
  { name: 'bearerToken', emulator: { auth: 'bearer' }, wrong: mistakes.bearerToken },
  { name: 'basic', emulator: { auth: 'basic' }, wrong: mistakes.basic },
  {
    name: 'basic, certificate and header',
    emulator: { auth: 'basic', clientCertificates: true, headers },
    wrong: { ...certificate, ...header('unauthorized') },
  },
  { name: 'mutualTls', emulator: { auth: 'mutualTls' }, wrong: certificate },
  {
    name: 'none, header',
    emulator: { auth: 'none', headers },
    wrong: header('unauthorized'),
  },
];

function rowsOf({ wrong, renews = false }: Way): readonly Row[] {
  return [
    { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' },
    row(faults.unauthorized, 'unauthorized'),
    ...(renews ? [row(faults.unauthorized, 'ok', 'ok', once)] : []),
    row(faults.forbidden, 'forbidden'),
    row(faults.throttledAtTheEdge, 'ok', 'ok', once),
    row(faults.resetAtConnect, 'ok', 'ok', once),
    row(faults.responseLost, 'ok', 'unclear', once),
    row(faults.shows('unknown-ca'), 'tls'),
    ...Object.entries(wrong).map(([name, [facts, kind, says]]) =>
      row(
        { name, address: (info) => ({ ...info, ...trueOf(facts, info) }) },
        kind,
        kind,
        says && { says },
      ),
    ),
  ];
}

function trueOf(facts: Partial<Facts>, info: CellInfo): Readonly<Record<string, unknown>> {
  const own = Object.entries(facts).map(([name, fact]): readonly [string, unknown] => [
    name,
    typeof fact === 'function' ? fact(info) : fact,
  ]);
  return Object.fromEntries(own);
}

/** Each way with one operation that reads and one that writes. */
export const ways: readonly MatrixFace[] = known.map((way) => ({
  name: way.name,
  emulator: way.emulator,
  ...(way.person && { person: way.person }),
  operations: operations.filter(({ name }) => ['list', 'produce'].includes(name)),
  rows: () => rowsOf(way),
}));
