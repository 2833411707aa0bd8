import type { Handler, RequestLogEntry } from '../http';
import type { Application } from './applications';
import { Entra } from './entra';

export const TENANT_ID = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';
/** The application that is a member of the security group. */
export const CLIENT_ID = '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21';

/** What a way to sign in uses of the emulator. */
export interface Surroundings {
  /** The name under which clients reach the servers that sign in. */
  readonly host: string;
  /** Starts such a server, with TLS unless it is `plain`. Resolves to its port. */
  readonly start: (
    server: RequestLogEntry['server'],
    handle: Handler,
    how?: { readonly plain: boolean },
  ) => Promise<number>;
  /** Writes a file that only this user can read, until the emulator stops. Resolves to its path. */
  readonly write: (name: string, text: string) => Promise<string>;
}

export interface TokenOptions {
  /** The life of a token, in seconds; default 3600. */
  readonly tokenLifetime?: number | undefined;
  /** Called with every token that Entra ID issues. */
  readonly onToken?: ((token: string) => void) | undefined;
}

/** Starts an Entra ID that knows some applications. */
export async function startDirectory(
  applications: readonly Application[],
  { tokenLifetime = 3600, onToken }: TokenOptions,
  { host, start }: Surroundings,
): Promise<Entra> {
  const entra = await Entra.create({ tenantId: TENANT_ID, applications, tokenLifetime, onToken });
  entra.origin = `https://${host}:${await start('entra', entra.handle.bind(entra))}`;
  return entra;
}
