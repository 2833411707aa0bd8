import { generateKeyPair, randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { makeAuthority } from '../certificate';
import { byToken } from './authorization';
import {
  CLIENT_ID,
  startDirectory,
  type Surroundings,
  TENANT_ID,
  type TokenOptions,
} from './directory';
import { SCOPE } from './entra';
import { signJwt } from './tokens';

export interface AssertionOptions extends TokenOptions {
  /** Further certificates of the client, as PEM. */
  readonly certificates?: readonly string[] | undefined;
}

const HOUR_MS = 3_600_000;

const common = { tenantId: TENANT_ID, clientId: CLIENT_ID, scope: SCOPE } as const;

const generateRsa = () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 });

/** Starts an Entra ID at which the client signs in with a certificate, whose files it writes. */
export async function startCertificate(options: AssertionOptions, surroundings: Surroundings) {
  const keys = await generateRsa();
  const { ca, issue } = makeAuthority();
  const { cert } = issue([CLIENT_ID], undefined, keys);
  const { cert: unregistered } = issue([CLIENT_ID], undefined, keys);
  const { cert: expired } = issue([CLIENT_ID], { from: -2 * HOUR_MS, until: -HOUR_MS }, keys);
  const certPassphrase = randomBytes(18).toString('base64url');
  const key = keys.privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: certPassphrase,
  });
  const certificates = [cert, ...(options.certificates ?? [])].map(
    (pem) => new X509Certificate(pem),
  );
  const application = { clientId: CLIENT_ID, certificates };
  const entra = await startDirectory([application], options, surroundings);
  const { authority } = entra;
  return {
    facts: {
      ...common,
      signIn: 'clientCertificate' as const,
      authority,
      certFile: await surroundings.write('certificate.pem', cert + ca),
      certKeyFile: await surroundings.write('key.pem', key.toString()),
      certPassphrase,
      refusedProofs: {
        expired: await surroundings.write('expired.pem', expired),
        unregistered: await surroundings.write('unregistered.pem', unregistered),
      },
    },
    authorize: byToken(entra.verify.bind(entra), CLIENT_ID),
  };
}

const ISSUER = 'https://oidc.emulator.example';
const SUBJECT = 'system:serviceaccount:kafka:explorer';
const AUDIENCE = 'api://AzureADTokenExchange';
/** Seconds for which a token of the workload is valid. */
const LIFETIME_S = 3600;

/**
 * Starts an Entra ID at which the client signs in with a token of its workload, whose file it
 * writes.
 */
export async function startAssertion(options: AssertionOptions, surroundings: Surroundings) {
  const { publicKey, privateKey } = await generateRsa();
  const federated = { issuer: ISSUER, subject: SUBJECT, audience: AUDIENCE, key: publicKey };
  const entra = await startDirectory([{ clientId: CLIENT_ID, federated }], options, surroundings);
  const { authority } = entra;
  const now = Math.floor(Date.now() / 1000);
  const tokenOf = (subject: string, exp: number) => {
    const claims = { iss: ISSUER, sub: subject, aud: AUDIENCE, iat: now, nbf: now };
    const own = { ...claims, exp, jti: randomUUID() };
    return `${signJwt(own, { kid: 'emulator', key: privateKey })}\n`;
  };
  return {
    facts: {
      ...common,
      signIn: 'federatedAssertion' as const,
      authority,
      assertionFile: await surroundings.write('token', tokenOf(SUBJECT, now + LIFETIME_S)),
      refusedProofs: {
        expired: await surroundings.write('expired', tokenOf(SUBJECT, now - LIFETIME_S)),
        unregistered: await surroundings.write(
          'unregistered',
          tokenOf('system:serviceaccount:kafka:other', now + LIFETIME_S),
        ),
      },
    },
    authorize: byToken(entra.verify.bind(entra), CLIENT_ID),
  };
}
