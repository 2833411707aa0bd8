import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Backend } from './backend';
import { byPassword, byToken, type Authorize, type User } from './signIn/authorization';
import { makeServerCertificate, type ServerCertificate } from './certificate';
import { Entra, SCOPE } from './signIn/entra';
import { listen, type Handler, type RequestLogEntry } from './http';
import { type Face, handlerOf } from './faces/face';
import { type FaceKind, type FaceName, type FaceOptions, faces } from './faces/faces';

export type { RequestLogEntry };

const TENANT_ID = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';
const CLIENT_ID = '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21';
const USERNAME = 'kafka';
const OUTSIDER_ID = '9c2ad3f4-1b7e-4f63-b1d5-6d0e5c7a8e32';

/** The facts about signing in that the emulator reports if clients need not sign in. */
const noSignIn = {
  signIn: 'none',
  authority: null,
  tenantId: null,
  clientId: null,
  clientSecret: null,
  outsider: null,
  scope: null,
  username: null,
  password: null,
} as const;

export interface ServeOptions extends FaceOptions {
  /** The kind of REST proxy; default `hdinsight`. */
  readonly face?: FaceName | undefined;
  /**
   * The port of the REST proxy; default 0, which means any free port. Entra ID always uses a free
   * one.
   */
  readonly port?: number | undefined;
  /**
   * How clients sign in to the REST proxy: with a token of Entra ID, with a name and password, or
   * not at all.
   * Only `entra`, the default, starts an Entra ID.
   */
  readonly auth?: 'entra' | 'basic' | 'none' | undefined;
  /** Whether the REST proxy uses HTTPS; default true. Entra ID always does. */
  readonly tls?: boolean | undefined;
  /** Where to write the CA certificate; default: a new temporary folder, removed at the end. */
  readonly caFile?: string | undefined;
  /** Seconds; default 3600. */
  readonly tokenLifetime?: number | undefined;
  /** Milliseconds by which the REST proxy delays every response; default 0. */
  readonly latency?: number | undefined;
  /**
   * The names under which clients reach the servers, instead of 127.0.0.1. They are for tests
   * through an HTTP proxy, because only it knows that these names mean this computer.
   */
  readonly hosts?: { readonly proxy: string; readonly authority: string } | undefined;
  /** Random unless given; a given secret survives a restart. */
  readonly clientSecret?: string | undefined;
  readonly password?: string | undefined;
  readonly outsiderSecret?: string | undefined;
  /** A secret of the client that Entra ID reports as expired (AADSTS7000222). */
  readonly expiredSecret?: string | undefined;
  /** Called for every request after its response was sent. */
  readonly onRequest?: ((request: RequestLogEntry) => void) | undefined;
  /** Called with every token that Entra ID issues. */
  readonly onToken?: ((token: string) => void) | undefined;
}

/**
 * The facts that a client needs. Those of a way to sign in that the emulator does not offer are
 * `null`.
 */
export interface EmulatorInfo {
  /** The kind of REST proxy, as the setting `kafkaRest.clusters` names it. */
  readonly dialect: string;
  /** Address of the REST proxy, with the path at which its API begins, if that is not the root. */
  readonly endpoint: string;
  /** The way to sign in, as the setting `kafkaRest.clusters` names it. */
  readonly signIn: 'clientSecret' | 'basic' | 'none';
  /** With the tenant, as MSAL requires. */
  readonly authority: string | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** An application outside the security group. Its tokens are valid, but get 403. */
  readonly outsider: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly scope: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** The CA certificate, as PEM; `null` if nothing uses TLS. */
  readonly caFile: string | null;
}

/** A running REST proxy. */
export interface Served {
  readonly info: EmulatorInfo;
  /** The names of the consumer instances that clients have, each as `group/name`. */
  readonly instances: () => readonly string[];
  /** Closes both servers and all connections. Removes the CA file unless its path was given. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a REST proxy before a cluster, and an Entra ID if clients sign in there, on 127.0.0.1.
 * Rejects if the port is taken or the CA file cannot be written.
 */
export async function serve(backend: Backend, options: ServeOptions): Promise<Served> {
  const { auth = 'entra', tls = true } = options;
  const client = {
    clientId: CLIENT_ID,
    clientSecret: options.clientSecret ?? newSecret(),
    expiredSecret: options.expiredSecret,
  };
  const outsider = {
    clientId: OUTSIDER_ID,
    clientSecret: options.outsiderSecret ?? newSecret(),
  };

  const cleanUps: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
  };
  const start = async (
    server: RequestLogEntry['server'],
    handle: Handler,
    listening: { readonly port: number; readonly certificate: ServerCertificate | undefined },
  ): Promise<number> => {
    const listener = await listen(handle, {
      ...listening,
      onResponse: (entry) => {
        // A misconfigured client may put a secret into the query.
        const path = server === 'entra' ? entry.path.replace(/\?.*/, '') : entry.path;
        options.onRequest?.({ server, ...entry, path });
      },
    });
    cleanUps.push(() => listener.close());
    return listener.port;
  };

  try {
    const certificate =
      tls || auth === 'entra'
        ? makeServerCertificate([
            '127.0.0.1',
            'localhost',
            '::1',
            ...Object.values(options.hosts ?? {}),
          ])
        : undefined;
    const caFile = certificate ? (options.caFile ?? (await temporaryFile(cleanUps))) : null;
    if (certificate && caFile !== null) await writeFile(caFile, certificate.ca);

    let signIn: Partial<EmulatorInfo> = {};
    let authorize: Authorize | undefined;
    if (auth === 'entra') {
      const { tokenLifetime = 3600, onToken } = options;
      const applications = [client, outsider];
      const entra = await Entra.create({
        tenantId: TENANT_ID,
        applications,
        tokenLifetime,
        onToken,
      });
      const port = await start('entra', entra.handle.bind(entra), { port: 0, certificate });
      entra.origin = `https://${options.hosts?.authority ?? '127.0.0.1'}:${port}`;
      const { authority } = entra;
      const { clientSecret } = client;
      signIn = {
        signIn: 'clientSecret',
        authority,
        tenantId: TENANT_ID,
        clientId: CLIENT_ID,
        clientSecret,
        outsider,
        scope: SCOPE,
      };
      authorize = byToken(entra, CLIENT_ID);
    } else if (auth === 'basic') {
      const user: User = { username: USERNAME, password: options.password ?? newSecret() };
      signIn = { signIn: 'basic', ...user };
      authorize = byPassword(user);
    }
    const { dialect, path, open } = faceOf(options);
    const face = open(backend, options);
    const port = await start('proxy', proxyHandler(face, authorize, options), {
      port: options.port ?? 0,
      certificate: tls ? certificate : undefined,
    });
    const origin = `${tls ? 'https' : 'http'}://${options.hosts?.proxy ?? '127.0.0.1'}:${port}`;
    const endpoint = origin + (path?.(options) ?? '');
    const info: EmulatorInfo = { dialect, endpoint, ...noSignIn, ...signIn, caFile };
    return { info, instances: () => face.instances?.() ?? [], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function faceOf({ face = 'hdinsight' }: ServeOptions): FaceKind {
  return faces[face];
}

function proxyHandler(
  face: Face,
  authorize: Authorize | undefined,
  { latency = 0 }: ServeOptions,
): Handler {
  const respond = handlerOf(face, authorize);
  return async (call) => {
    // The timer is unreferenced: a delayed response must not keep the process of a stopped
    // emulator alive.
    if (latency > 0) await setTimeout(latency, undefined, { ref: false });
    return respond(call);
  };
}

async function temporaryFile(cleanUps: (() => Promise<void>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-emulator-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'ca.pem');
}

/** Returns a secret like those of Entra ID: 40 characters that need no escaping in a form. */
function newSecret(): string {
  return randomBytes(30).toString('base64url');
}
