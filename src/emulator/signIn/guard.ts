import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { makeAuthority, newKeys } from '../certificate';
import { type CallResponse, type Handler, HttpError } from '../http';

/** What a gateway before the REST proxy asks for, besides the way to sign in. */
export interface GuardOptions {
  /** Whether clients must identify themselves by a certificate; default: only with `mutualTls`. */
  readonly clientCertificates?: boolean | undefined;
  /** The passphrase of the client's private key. Random unless given. */
  readonly keyPassphrase?: string | undefined;
  /** Headers that every request must have, with their values; default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What a client must know of it. What is not asked for is `null`. */
export interface GuardFacts {
  /** A PEM file with the client's certificate. */
  readonly certificateFile: string | null;
  /** A PEM file with its private key, which is encrypted. */
  readonly keyFile: string | null;
  readonly keyPassphrase: string | null;
  /** Certificates for the same key that are not accepted, as PEM files. */
  readonly refusedCertificates: { readonly revoked: string; readonly expired: string } | null;
  readonly headers: Readonly<Record<string, string>> | null;
}

export const noGuard: GuardFacts = {
  certificateFile: null,
  keyFile: null,
  keyPassphrase: null,
  refusedCertificates: null,
  headers: null,
};

export interface Guard {
  readonly facts: Partial<GuardFacts>;
  /** Who signs the clients' certificates, as PEM. Missing: none is asked for. */
  readonly clientCa?: string;
  /** Returns a handler that lets pass only what has the certificate and the headers. */
  before(handle: Handler): Handler;
}

const HOUR_MS = 60 * 60 * 1000;

/** Makes what the options ask for. `write` writes a file and resolves to its path. */
export async function openGuard(
  options: GuardOptions,
  write: (name: string, text: string) => Promise<string>,
): Promise<Guard> {
  const { headers = {} } = options;
  const hasHeaders = Object.keys(headers).length > 0;
  const certificates = options.clientCertificates
    ? await makeCertificates(options, write)
    : undefined;
  return {
    facts: { ...certificates?.facts, ...(hasHeaders && { headers }) },
    ...(certificates && { clientCa: certificates.ca }),
    before: (handle) => (call) => {
      if (certificates) {
        if (!call.peer) return refusal('No required SSL certificate was sent');
        const isRevoked = call.peer.fingerprint === certificates.revoked;
        if (!call.peer.authorized || isRevoked) return refusal('The SSL certificate error');
      }
      for (const [name, value] of Object.entries(headers)) {
        if (call.headers[name.toLowerCase()] === value) continue;
        throw new HttpError(401, `Access denied: the header ${name} is missing or wrong.`);
      }
      return handle(call);
    },
  };
}

async function makeCertificates(
  { keyPassphrase = randomBytes(18).toString('base64url') }: GuardOptions,
  write: (name: string, text: string) => Promise<string>,
) {
  const { ca, issue } = makeAuthority();
  const keys = newKeys();
  const hosts = ['client'];
  const { cert, key } = issue(hosts, undefined, keys);
  const revoked = issue(hosts, undefined, keys);
  const expired = issue(hosts, { from: -2 * HOUR_MS, until: -HOUR_MS }, keys);
  const encrypted = createPrivateKey(key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: keyPassphrase,
  });
  const facts: Partial<GuardFacts> = {
    certificateFile: await write('client.pem', cert),
    keyFile: await write('client.key', encrypted.toString()),
    keyPassphrase,
    refusedCertificates: {
      revoked: await write('revoked.pem', revoked.cert),
      expired: await write('expired.pem', expired.cert),
    },
  };
  return { ca, facts, revoked: new X509Certificate(revoked.cert).fingerprint256 };
}

/** The response of nginx to a certificate that it does not accept. */
function refusal(text: string): CallResponse {
  const title = `400 ${text}`;
  return {
    status: 400,
    headers: { 'Content-Type': 'text/html' },
    body: `<html><head><title>${title}</title></head><body><h1>400 Bad Request</h1>${text}</body></html>`,
  };
}
