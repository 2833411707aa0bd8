import { KafkaError } from '../../core/errors';
import type { Authorizer, ClientCertificate, Credentials } from '../../core/http/client';
import type { SignInHost } from '../base/signInHost';
import { type CertificateFiles, openCertificate } from './clientCertificate';

interface Extras {
  /** Missing: no client certificate. */
  readonly files: CertificateFiles | undefined;
  /** The names of the headers. */
  readonly headers: readonly string[];
  /** The names of the secrets. */
  readonly secretOf: { readonly passphrase: string; header(header: string): string };
  readonly context: {
    readonly origin: string;
    readonly secret: (name: string) => Promise<string | undefined>;
    readonly host: SignInHost;
  };
}

/**
 * Returns an authorizer that adds a client certificate and headers to the credentials of another
 * one. They go only to its origin. They are read anew for each request, before the other one signs
 * in, so that nothing is sent if they cannot be used.
 */
export function withExtraCredentials(own: Authorizer, extras: Extras): Authorizer {
  const { kind, origin } = own;
  const { headers, secretOf, context } = extras;
  const certificate = certificateOf(own, extras);

  const readHeaders = async (): Promise<Readonly<Record<string, string>>> => {
    const values: Record<string, string> = {};
    for (const header of headers) {
      const field = secretOf.header(header);
      const value = await context.secret(field);
      if (!value) {
        throw new KafkaError('secret-missing', { host: new URL(origin).host, signIn: kind, field });
      }
      values[header] = value;
    }
    return values;
  };

  const join = async (
    signal: AbortSignal,
    signIn: () => Promise<Credentials>,
  ): Promise<Credentials> => {
    const extra = { certificate: await certificate?.(), headers: await readHeaders() };
    signal.throwIfAborted();
    const credentials = await signIn();
    return {
      headers: { ...extra.headers, ...credentials.headers },
      ...(extra.certificate && { certificate: extra.certificate }),
      hidden: [...credentials.hidden, ...Object.values(extra.headers)],
      ...(credentials.renew && {
        renew: (again) =>
          join(again, async () => (await credentials.renew?.(again)) ?? credentials),
      }),
    };
  };

  return {
    kind,
    origin,
    credentials: (signal) => join(signal, () => own.credentials(signal)),
  };
}

/** Returns what reads the client certificate, if there is one. */
function certificateOf(
  { kind, origin }: Authorizer,
  { files, secretOf, context }: Extras,
): (() => Promise<ClientCertificate>) | undefined {
  if (!files) return undefined;
  const { protocol, host } = new URL(origin);
  const facts = { host, signIn: kind };
  const read = openCertificate(files, facts, {
    name: secretOf.passphrase,
    get: () => context.secret(secretOf.passphrase),
  });
  return async () => {
    if (protocol !== 'https:') {
      const field = 'certificateFile';
      throw new KafkaError('credential-unusable', { ...facts, field, detail: 'needs-https' });
    }
    return read();
  };
}
