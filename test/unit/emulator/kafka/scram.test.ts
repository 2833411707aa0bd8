import assert from 'node:assert/strict';
import { signInByScram } from '../../../../src/emulator/kafka/scram';

/** The example of RFC 7677. */
const rfc = {
  login: {
    hash: 'sha256',
    username: 'user',
    password: 'pencil',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
  },
  clientFirst: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
  serverFirst:
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  clientFinal:
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,' +
    'p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
} as const;

describe('signing in by SCRAM', () => {
  const signIn = async (...responses: readonly string[]) => {
    const sent: string[] = [];
    await signInByScram(rfc.login, (message) => {
      sent.push(message);
      return Promise.resolve(responses[sent.length - 1] ?? '');
    });
    return sent;
  };

  it('sends what the example of the RFC does', async () => {
    const sent = await signIn(rfc.serverFirst, rfc.serverFinal);
    assert.deepEqual(sent, [rfc.clientFirst, rfc.clientFinal]);
  });

  it('escapes the name', async () => {
    let first = '';
    const login = { ...rfc.login, username: 'a,b=c' };
    const ends = signInByScram(login, (message) => {
      first ||= message;
      return Promise.resolve('');
    });
    await assert.rejects(ends);
    assert.match(first, /^n,,n=a=2Cb=3Dc,/);
  });

  for (const [what, ...responses] of [
    ['another nonce', rfc.serverFirst.replace('r=r', 'r=x')],
    ['no iterations', rfc.serverFirst.replace('i=4096', 'i=0')],
    ['so many iterations that they would take hours', rfc.serverFirst.replace('4096', '9999999')],
    ['a wrong signature', rfc.serverFirst, 'v=AAAA'],
    ['an error', rfc.serverFirst, 'e=invalid-proof'],
    ['nothing'],
  ] as const) {
    it(`fails if the server sends ${what}`, async () => {
      await assert.rejects(signIn(...responses), /^Error: The broker does/);
    });
  }
});
