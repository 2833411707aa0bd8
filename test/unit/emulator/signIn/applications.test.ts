import assert from 'node:assert/strict';
import {
  constants,
  createHash,
  generateKeyPairSync,
  randomUUID,
  sign,
  X509Certificate,
} from 'node:crypto';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import { Applications } from '../../../../src/emulator/signIn/applications';
import { SignInError } from '../../../../src/emulator/signIn/signInError';

const CLIENT = '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21';
const AUDIENCE = 'https://127.0.0.1/tenant/oauth2/v2.0/token';
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the applications of the emulator', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = new X509Certificate(makeServerCertificate(['a'], undefined, rsa).cert);
  const past = { from: -2 * DAY_MS, until: -DAY_MS };
  const expired = new X509Certificate(makeServerCertificate(['a'], past, rsa).cert);
  const federated = {
    issuer: 'https://idp',
    subject: 'me',
    audience: 'api://x',
    key: rsa.publicKey,
  };
  let applications: Applications;

  beforeEach(() => {
    const certificates = [certificate, expired];
    applications = new Applications([{ clientId: CLIENT, certificates, federated }]);
  });

  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const thumbprint = ({ raw }: X509Certificate) =>
    createHash('sha256').update(raw).digest('base64url');

  function jwt(header: object, claims: object, key = rsa.privateKey): string {
    const signed = `${encode(header)}.${encode(claims)}`;
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const isPss = 'alg' in header && header.alg === 'PS256';
    const signature = sign('sha256', Buffer.from(signed), isPss ? { key, ...pss } : key);
    return `${signed}.${signature.toString('base64url')}`;
  }

  const now = () => Math.floor(Date.now() / 1000);
  const header = { alg: 'PS256', 'x5t#S256': thumbprint(certificate) };
  const claims = () => ({
    iss: CLIENT,
    sub: CLIENT,
    aud: AUDIENCE,
    nbf: now(),
    exp: now() + 600,
    jti: randomUUID(),
  });
  const workload = () => ({ iss: 'https://idp', sub: 'me', aud: 'api://x', exp: now() + 60 });

  /** Returns the number of the error, or 0 if the application is accepted. */
  function codeFor(assertion: string, type = TYPE): number {
    const form = new URLSearchParams({ client_assertion: assertion, client_assertion_type: type });
    try {
      applications.authenticate(form, CLIENT, [AUDIENCE]);
      return 0;
    } catch (error) {
      assert.ok(error instanceof SignInError);
      return error.code;
    }
  }

  it('accept what their certificate signed, with either padding', () => {
    assert.equal(codeFor(jwt(header, claims())), 0);
    assert.equal(codeFor(jwt({ ...header, alg: 'RS256' }, claims())), 0);
  });

  it('accept a repeated request, and no other assertion with its identifier', () => {
    const given = claims();
    const assertion = jwt({ ...header, alg: 'RS256' }, given);
    assert.equal(codeFor(assertion), 0);
    assert.equal(codeFor(assertion), 0);
    assert.equal(codeFor(jwt(header, { ...given, exp: given.exp + 1 })), 50027);
    assert.equal(codeFor(jwt(header, { ...given, jti: undefined })), 50027);
  });

  it('refuse every other assertion', () => {
    const table: [number, string][] = [
      [50027, 'a.b'],
      [700027, jwt({ ...header, 'x5t#S256': 'other' }, claims())],
      [700027, jwt(header, claims(), stranger.privateKey)],
      [700027, jwt({ ...header, alg: 'none' }, claims())],
      [700021, jwt(header, { ...claims(), iss: 'other' })],
      [700023, jwt(header, { ...claims(), aud: 'https://elsewhere' })],
      [700024, jwt(header, { ...claims(), exp: now() - 400 })],
      [700024, jwt(header, { ...claims(), nbf: now() + 400 })],
      [700024, jwt(header, { ...claims(), exp: undefined })],
      [1000502, jwt({ ...header, 'x5t#S256': thumbprint(expired) }, claims())],
    ];
    for (const [code, assertion] of table) assert.equal(codeFor(assertion), code);
    assert.equal(codeFor(jwt(header, claims()), 'saml'), 900144);
  });

  it('accept the token of a workload identity that is registered, and no other', () => {
    const rs256 = { alg: 'RS256', kid: 'a' };
    assert.equal(codeFor(jwt(rs256, workload())), 0);
    const table: [number, object][] = [
      [700211, { iss: 'https://other' }],
      [700213, { sub: 'other' }],
      [700212, { aud: 'other' }],
      [700024, { exp: now() - 400 }],
    ];
    for (const [code, change] of table) {
      assert.equal(codeFor(jwt(rs256, { ...workload(), ...change })), code);
    }
    assert.equal(codeFor(jwt(rs256, workload(), stranger.privateKey)), 50027);
  });
});
