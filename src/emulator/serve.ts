import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Backend } from './backend';
import { makeServerCertificate } from './certificate';
import { openGuard } from './signIn/guard';
import {
  noSignIn,
  type SignInFacts,
  type Way,
  type WayOptions,
  ways,
  waysWithService,
} from './signIn/ways';
import { listen, type Handler, type RequestLogEntry } from './http';
import { RegistryFace } from './registry/registryFace';
import type { SchemaStore } from './registry/schemaStore';
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
  /** A schema registry that is served besides, on a port of its own. Missing: there is none. */
  readonly registry?: ServedRegistry | undefined;
  /** Called for every request after its response was sent. */
  readonly onRequest?: ((request: RequestLogEntry) => void) | undefined;
}

/** A schema registry, and how clients sign in to it. */
export interface ServedRegistry extends WayOptions {
  readonly store: SchemaStore;
  /** Default `none`. */
  readonly auth?: Way | undefined;
}

/** The facts that a client of the schema registry needs. */
export interface RegistryInfo extends SignInFacts {
  readonly endpoint: string;
}

/** The facts that a client needs. */
export interface EmulatorInfo extends SignInFacts {
  /** The kind of REST proxy, as the setting `kafkaRest.clusters` names it. */
  readonly dialect: string;
  /** Address of the REST proxy, with the path at which its API begins, if that is not the root. */
  readonly endpoint: string;
  /** The CA certificate, as PEM; `null` if nothing uses TLS. */
  readonly caFile: string | null;
  /** `null` if there is none. */
  readonly schemaRegistry: RegistryInfo | null;
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
  const { auth = 'entra', registry } = options;
  const registryAuth = registry?.auth ?? 'none';
  const tls =
    [options, { ...registry, auth: registryAuth }].some(asksForCertificate) ||
    (options.tls ?? true);
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
        const isApi = server === 'proxy' || server === 'registry';
        const path = isApi ? entry.path : entry.path.replace(/\?.*/, '');
        options.onRequest?.({ server, ...entry, path });
      },
    });
    cleanUps.push(() => listener.close());
    return listener.port;
  };

  try {
    const certificate =
      tls || waysWithService.has(auth) || waysWithService.has(registryAuth)
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
    /** Serves a face behind its sign-in, and returns its address and what a client must know. */
    const front = async (
      server: 'proxy' | 'registry',
      face: Face,
      { auth: way, port = 0, ...rest }: WayOptions & Pick<ServeOptions, 'port'> & { auth: Way },
    ) => {
      const { facts, authorize } = await ways[way](rest, {
        host: options.hosts?.authority ?? '127.0.0.1',
        start: (service, handle, { plain } = { plain: false }) =>
          start(service, handle, { port: 0, certificate: plain ? undefined : certificate }),
        write,
      });
      const clientCertificates = asksForCertificate({ ...rest, auth: way });
      const guard = await openGuard({ ...rest, clientCertificates }, write);
      const handle = delayed(guard.before(handlerOf(face, authorize)), options);
      const listening = { port, certificate: tls ? certificate : undefined };
      const at = await start(server, handle, { ...listening, clientCa: guard.clientCa });
      return {
        origin: `${tls ? 'https' : 'http'}://${options.hosts?.proxy ?? '127.0.0.1'}:${at}`,
        facts: { ...noSignIn, ...facts, ...guard.facts },
      };
    };
    const { dialect, path, open } = faceOf(options);
    const face = open(backend, options);
    const { origin, facts } = await front('proxy', face, { ...options, auth });
    const beside =
      registry &&
      (await front('registry', new RegistryFace(registry.store), {
        ...registry,
        auth: registryAuth,
      }));
    const info: EmulatorInfo = {
      ...{ dialect, endpoint: origin + (path?.(options) ?? ''), ...facts, caFile },
      schemaRegistry: beside ? { endpoint: beside.origin, ...beside.facts } : null,
    };
    return { info, instances: () => face.instances?.() ?? [], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function faceOf({ face = 'hdinsight' }: ServeOptions): FaceKind {
  return faces[face];
}

function asksForCertificate({
  auth,
  clientCertificates,
}: Pick<ServeOptions, 'auth' | 'clientCertificates'>): boolean {
  return auth === 'mutualTls' || clientCertificates === true;
}

function delayed(handle: Handler, { latency = 0 }: ServeOptions): Handler {
  return async (call) => {
    // The timer is unreferenced: a delayed response must not keep the process of a stopped
    // emulator alive.
    if (latency > 0) await setTimeout(latency, undefined, { ref: false });
    return handle(call);
  };
}

async function temporaryFile(cleanUps: (() => Promise<void>)[], name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-emulator-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}
