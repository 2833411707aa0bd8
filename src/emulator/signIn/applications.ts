import { createHash, type KeyObject, verify, constants, type X509Certificate } from 'node:crypto';
import { SignInError } from './signInError';
import { decode } from './tokens';

/** An application that is registered in the tenant, with what it may sign in with. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** A former secret, which gets another error than a wrong one. */
  readonly expiredSecret?: string | undefined;
  readonly certificates?: readonly X509Certificate[] | undefined;
  readonly federated?: FederatedCredential | undefined;
}

/** Whose tokens prove that a workload is the application. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** The public key of the issuer. */
  readonly key: KeyObject;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** By how many seconds the clock of a client may be off. */
const CLOCK_TOLERANCE_S = 300;

/** Checks the credentials of applications. */
export class Applications {
  /** The hashes of the assertions that came, by their identifiers. */
  readonly #seen = new Map<string, string>();

  constructor(private readonly registered: readonly Application[]) {}

  /**
   * Returns the application that a token request is from. Throws a `SignInError`. An assertion that
   * the application signs must be for one of `audiences`.
   */
  authenticate(form: URLSearchParams, clientId: string, audiences: readonly string[]): Application {
    const application = this.registered.find((known) => known.clientId === clientId);
    if (!application) throw new SignInError(700016, clientId);
    const secret = form.get('client_secret');
    const assertion = form.get('client_assertion');
    if (assertion) {
      const type = form.get('client_assertion_type') ?? '';
      if (type !== ASSERTION_TYPE) throw new SignInError(900144, 'client_assertion_type');
      this.#checkAssertion(assertion, application, audiences);
      return application;
    }
    if (!secret) throw new SignInError(7000216, clientId);
    if (secret === application.expiredSecret) throw new SignInError(7000222, clientId);
    if (secret !== application.clientSecret) throw new SignInError(7000215, clientId);
    return application;
  }

  #checkAssertion(text: string, application: Application, audiences: readonly string[]): void {
    const assertion = parse(text);
    const { iss, sub } = assertion.claims;
    if (iss === application.clientId || sub === application.clientId) {
      checkCertificate(assertion, application, audiences);
      this.#checkIdentifier(assertion);
    } else checkFederated(assertion, application);
  }

  /** A client may repeat a request, but not use an identifier for another assertion. */
  #checkIdentifier({ claims, signed }: Assertion): void {
    const id = claims['jti'];
    if (typeof id !== 'string' || id === '') throw new SignInError(50027, "no 'jti'");
    const hash = createHash('sha256').update(signed).digest('hex');
    if ((this.#seen.get(id) ?? hash) !== hash) throw new SignInError(50027, "a used 'jti'");
    this.#seen.set(id, hash);
  }
}

/** A JSON Web Token whose signature is not checked yet. */
interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

function parse(text: string): Assertion {
  const parts = text.split('.');
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3) throw new SignInError(50027, `${parts.length} parts`);
  return {
    header: decode(header),
    claims: decode(claims),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Checks an assertion that an application signs with the key of its certificate (RFC 7523, 3). */
function checkCertificate(
  assertion: Assertion,
  { clientId, certificates = [] }: Application,
  audiences: readonly string[],
): void {
  const { header, claims } = assertion;
  const thumbprint = String(header['x5t#S256']);
  const certificate = certificates.find((each) => thumbprintOf(each) === thumbprint);
  if (!certificate || !isSignedBy(assertion, certificate.publicKey)) {
    throw new SignInError(700027, clientId);
  }
  if (claims['iss'] !== clientId || claims['sub'] !== clientId) {
    throw new SignInError(700021, clientId);
  }
  if (!audiences.includes(String(claims['aud']))) throw new SignInError(700023, clientId);
  checkTime(claims);
  if (Date.now() > Date.parse(certificate.validTo)) throw new SignInError(1000502, thumbprint);
}

/** Checks a token of another provider that stands for the application. */
function checkFederated(assertion: Assertion, { clientId, federated }: Application): void {
  const { iss, sub, aud } = assertion.claims;
  if (!federated || iss !== federated.issuer) throw new SignInError(700211, String(iss));
  if (sub !== federated.subject) throw new SignInError(700213, String(sub));
  if (aud !== federated.audience) throw new SignInError(700212, String(aud));
  if (!isSignedBy(assertion, federated.key)) throw new SignInError(50027, clientId);
  checkTime(assertion.claims);
}

function checkTime({ nbf, exp }: Assertion['claims']): void {
  const now = Date.now() / 1000;
  const isEarly = nbf !== undefined && !(Number(nbf) <= now + CLOCK_TOLERANCE_S);
  if (!isEarly && Number(exp) > now - CLOCK_TOLERANCE_S) return;
  throw new SignInError(700024, new Date().toISOString());
}

function isSignedBy({ header, signed, signature }: Assertion, key: KeyObject): boolean {
  const { alg } = header;
  if (alg === 'RS256') return verify('sha256', signed, key, signature);
  if (alg !== 'PS256') return false;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return verify('sha256', signed, { key, ...pss }, signature);
}

/** Returns the SHA-256 thumbprint of a certificate as assertions name it. */
function thumbprintOf({ raw }: X509Certificate): string {
  return createHash('sha256').update(raw).digest('base64url');
}
