import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Backend } from './backend';
import type { Authorize } from './signIn/authorization';
import { makeServerCertificate } from './certificate';
import { type Guard, openGuard } from './signIn/guard';
import {
  noSignIn,
  type SignInFacts,
  type Way,
  type WayOptions,
  ways,
  waysWithService,
} from './signIn/ways';
import { listen, type Handler, type RequestLogEntry } from './http';
import { type Face, handlerOf } from './faces/face';
import { type FaceKind, type FaceName, type FaceOptions, faces } from './faces/faces';

export type { RequestLogEntry };

export interface ServeOptions extends FaceOptions, WayOptions {
  /** The kind of REST proxy; default `hdinsight`. */
  readonly face?: FaceName | undefined;
  /**
   * The port of the REST proxy; default 0, which means any free port. Servers that sign in
   * always use a free one.
   */
  readonly port?: number | undefined;
  /** How clients sign in to the REST proxy; default `entra`. */
  readonly auth?: Way | undefined;
  /**
   * Whether the REST proxy uses HTTPS; default true. It does if it asks for client certificates, and
   * servers that sign in always do.
   */
  readonly tls?: boolean | undefined;
  /** Where to write the CA certificate; default: a new temporary folder, removed at the end. */
  readonly caFile?: string | undefined;
  /** Milliseconds by which the REST proxy delays every response; default 0. */
  readonly latency?: number | undefined;
  /**
   * The names under which clients reach the servers, instead of 127.0.0.1. They are for tests
   * through an HTTP proxy, because only it knows that these names mean this computer.
   */
  readonly hosts?: { readonly proxy: string; readonly authority: string } | undefined;
  /** Called for every request after its response was sent. */
  readonly onRequest?: ((request: RequestLogEntry) => void) | undefined;
}

/** The facts that a client needs. */
export interface EmulatorInfo extends SignInFacts {
  /** The kind of REST proxy, as the setting `kafkaRest.clusters` names it. */
  readonly dialect: string;
  /** Address of the REST proxy, with the path at which its API begins, if that is not the root. */
  readonly endpoint: string;
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
 * Starts a REST proxy before a cluster, and the server that signs clients in, on 127.0.0.1.
 * Rejects if the port is taken or the CA file cannot be written.
 */
export async function serve(backend: Backend, options: ServeOptions): Promise<Served> {
  const { auth = 'entra' } = options;
  const clientCertificates = auth === 'mutualTls' || options.clientCertificates === true;
  const tls = clientCertificates || (options.tls ?? true);
  const cleanUps: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
  };
  const start = async (
    server: RequestLogEntry['server'],
    handle: Handler,
    listening: Pick<Parameters<typeof listen>[1], 'port' | 'certificate' | 'clientCa'>,
  ): Promise<number> => {
    const listener = await listen(handle, {
      ...listening,
      onResponse: (entry) => {
        // A misconfigured client may put a secret into the query.
        const path = server === 'proxy' ? entry.path : entry.path.replace(/\?.*/, '');
        options.onRequest?.({ server, ...entry, path });
      },
    });
    cleanUps.push(() => listener.close());
    return listener.port;
  };

  try {
    const certificate =
      tls || waysWithService.has(auth)
        ? makeServerCertificate([
            '127.0.0.1',
            'localhost',
            '::1',
            ...Object.values(options.hosts ?? {}),
          ])
        : undefined;
    const caFile = certificate
      ? (options.caFile ?? (await temporaryFile(cleanUps, 'ca.pem')))
      : null;
    if (certificate && caFile !== null) await writeFile(caFile, certificate.ca);

    const write = async (name: string, text: string): Promise<string> => {
      const file = await temporaryFile(cleanUps, name);
      await writeFile(file, text, { mode: 0o600 });
      return file;
    };
    const { facts, authorize } = await ways[auth](options, {
      host: options.hosts?.authority ?? '127.0.0.1',
      start: (server, handle, { plain } = { plain: false }) =>
        start(server, handle, { port: 0, certificate: plain ? undefined : certificate }),
      write,
    });
    const guard = await openGuard({ ...options, clientCertificates }, write);
    const { dialect, path, open } = faceOf(options);
    const face = open(backend, options);
    const port = await start('proxy', proxyHandler(face, guard, authorize, options), {
      port: options.port ?? 0,
      certificate: tls ? certificate : undefined,
      clientCa: guard.clientCa,
    });
    const origin = `${tls ? 'https' : 'http'}://${options.hosts?.proxy ?? '127.0.0.1'}:${port}`;
    const endpoint = origin + (path?.(options) ?? '');
    const info: EmulatorInfo = { dialect, endpoint, ...noSignIn, ...facts, ...guard.facts, caFile };
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
  guard: Guard,
  authorize: Authorize | undefined,
  { latency = 0 }: ServeOptions,
): Handler {
  const respond = guard.before(handlerOf(face, authorize));
  return async (call) => {
    // The timer is unreferenced: a delayed response must not keep the process of a stopped
    // emulator alive.
    if (latency > 0) await setTimeout(latency, undefined, { ref: false });
    return respond(call);
  };
}

async function temporaryFile(cleanUps: (() => Promise<void>)[], name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-emulator-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}
