import type { EmulatorInfo, EmulatorOptions } from '../../../src/emulator/server';
import * as faults from '../../support/faults/faults';
import { CANARY, type MatrixFace } from './matrix';
import { operations } from './operations';
import { once, type Outcome, type Row, row } from './rows';

/** A way to sign in, and what is expected of the client if something about it is wrong. */
interface Way {
  readonly name: string;
  readonly emulator: EmulatorOptions;
  /** Whether a token that is refused is renewed once. */
  readonly renews?: boolean;
  /** What a person may have got wrong: what becomes of the facts, and what is told. */
  readonly wrong: Readonly<Record<string, readonly [Partial<Facts>, Outcome, says?: RegExp]>>;
}

/** The facts about an emulator. A function gets the true ones. */
type Facts = {
  readonly [Name in keyof EmulatorInfo]: EmulatorInfo[Name] | ((info: EmulatorInfo) => unknown);
};

const refused = (which: 'revoked' | 'expired') => (info: EmulatorInfo) =>
  info.refusedCertificates?.[which] ?? null;

const passphrase = {
  'wrong passphrase': [{ keyPassphrase: 'wrong' }, 'secret-wrong', /passphrase does not decrypt/],
  'no passphrase': [{ keyPassphrase: '' }, 'secret-missing', /passphrase is not stored/],
} as const;

const certificate = {
  'expired certificate': [
    { certificateFile: refused('expired') },
    'credential-expired',
    /certificate expired on/,
  ],
  'revoked certificate': [
    { certificateFile: refused('revoked') },
    'client-certificate-refused',
    /certificate is not accepted/,
  ],
  'no certificate file': [
    { certificateFile: '/nowhere/client.pem' },
    'credential-unusable',
    /no such certificate file/,
  ],
  ...passphrase,
} as const;

const header = (kind: Outcome) =>
  ({
    'wrong header': [{ headers: () => ({ 'X-Api-Key': 'wrong' }) }, kind, /header X-Api-Key/],
  }) as const;

const headers = { 'X-Api-Key': CANARY };

/** Each method of `src/auth/methods`, alone or with a client certificate and extra headers. */
const known: readonly Way[] = [
  {
    name: 'clientSecret',
    emulator: { expiredSecret: 'expired' },
    renews: true,
    wrong: {
      'wrong secret': [{ clientSecret: 'wrong' }, 'secret-wrong'],
      'expired secret': [{ clientSecret: 'expired' }, 'secret-expired'],
      'no secret': [{ clientSecret: '' }, 'secret-missing'],
    },
  },
  {
    name: 'clientSecret, certificate and header',
    emulator: { clientCertificates: true, headers },
    renews: true,
    wrong: { ...certificate, ...header('unauthorized') },
  },
  {
    name: 'bearerToken',
    emulator: { auth: 'bearer' },
    wrong: {
      'wrong token': [{ token: 'nobody-has-issued-this-token' }, 'unauthorized'],
      'no token': [{ token: '' }, 'secret-missing'],
    },
  },
  {
    name: 'basic',
    emulator: { auth: 'basic' },
    wrong: {
      'wrong password': [{ password: 'wrong' }, 'unauthorized'],
      'no password': [{ password: '' }, 'secret-missing'],
    },
  },
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
      row({ name, address: (info) => changed(info, facts) }, kind, kind, says && { says }),
    ),
  ];
}

function changed(info: EmulatorInfo, facts: Partial<Facts>): EmulatorInfo {
  const own = Object.entries(facts).map(([name, fact]): readonly [string, unknown] => [
    name,
    typeof fact === 'function' ? fact(info) : fact,
  ]);
  return { ...info, ...Object.fromEntries(own) };
}

/** Each way with one operation that reads and one that writes. */
export const ways: readonly MatrixFace[] = known.map((way) => ({
  name: way.name,
  emulator: way.emulator,
  operations: operations.filter(({ name }) => ['list', 'produce'].includes(name)),
  rows: () => rowsOf(way),
}));
