import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { KafkaError } from '../errors';
import { type ClientCertificate, digestOf, requireUsable } from './clientCertificate';

/**
 * How long an idle connection is kept, in milliseconds. Every gateway keeps it longer, so a request
 * seldom uses a connection that the gateway is just closing.
 */
const READ_IDLE_MS = 4000;
/**
 * The same for writes. It is shorter because a write that is lost on a closing connection cannot be
 * repeated.
 */
const WRITE_IDLE_MS = 1000;

/** The connection pools of one client. */
export interface Agents {
  /**
   * Returns the pool for a request to `url`. Connections with a client certificate have pools of
   * their own. Throws a `KafkaError` of kind `client-certificate-unusable`.
   */
  pick(url: URL, idempotent: boolean, certificate?: ClientCertificate): http.Agent;
  /** Ends all connections. */
  dispose(): void;
}

/**
 * Opens the pools. Only `trusted` (PEM) are trusted; if they are missing, Node's defaults and those
 * that VS Code adds are trusted.
 *
 * VS Code's extension host replaces the agent of a request by its own. It takes only `options.ca`
 * from the given agent, and also uses it for a tunnelled connection. If there is a `ca`, it adds no
 * certificates of its own (`createHttpPatch` of `@vscode/proxy-agent`).
 */
export function openAgents(trusted?: readonly string[]): Agents {
  const opened = new Map<string, Pools>();
  const poolsFor = (certificate: ClientCertificate | undefined): Pools => {
    const key = certificate ? digestOf(certificate) : '';
    const pools = opened.get(key) ?? openPools(trusted, certificate);
    opened.set(key, pools);
    return pools;
  };
  return {
    pick: ({ protocol }, idempotent, certificate) => {
      if (certificate && protocol !== 'https:') {
        const detail = 'needs an address with https';
        throw new KafkaError('client-certificate-unusable', { detail });
      }
      const pools = poolsFor(certificate)[idempotent ? 'read' : 'write'];
      return pools[protocol === 'https:' ? protocol : 'http:'];
    },
    dispose: () => {
      for (const { read, write } of opened.values()) {
        for (const pools of [read, write]) {
          for (const agent of Object.values(pools)) agent.destroy();
        }
      }
    },
  };
}

type Pools = Readonly<Record<'read' | 'write', Readonly<Record<'http:' | 'https:', http.Agent>>>>;

function openPools(
  trusted: readonly string[] | undefined,
  certificate: ClientCertificate | undefined,
): Pools {
  if (certificate) requireUsable(certificate);
  const tlsOptions = trusted ? trusting(trusted, certificate) : {};
  const open = (timeout: number): Pools['read'] => ({
    'http:': new http.Agent({ keepAlive: true, timeout }),
    'https:': new https.Agent({ keepAlive: true, timeout, ...tlsOptions }),
  });
  return { read: open(READ_IDLE_MS), write: open(WRITE_IDLE_MS) };
}

function trusting(
  certificates: readonly string[],
  client: ClientCertificate | undefined,
): Pick<https.AgentOptions, 'ca' | 'secureContext'> {
  const digest = createHash('sha256').update(certificates.join()).digest('hex');
  // An agent finds its connections by the text of their options, which would be 200 KB long for
  // each request.
  const ca = Object.assign([...certificates], { toString: () => digest });
  // VS Code's agent ignores the context.
  const secureContext = client
    ? tls.createSecureContext({ ca, ...client })
    : contextOf(digest, certificates);
  return { ca, secureContext };
}

/** The contexts that were used last, by what they trust. They hold nobody's key. */
const contexts = new Map<string, tls.SecureContext>();
const MOST_CONTEXTS = 4;

/** Returns a context that clients share, because making one takes about 40 ms. */
function contextOf(digest: string, certificates: readonly string[]): tls.SecureContext {
  const context = contexts.get(digest) ?? tls.createSecureContext({ ca: [...certificates] });
  contexts.delete(digest);
  contexts.set(digest, context);
  const [oldest] = contexts.keys();
  if (contexts.size > MOST_CONTEXTS && oldest !== undefined) contexts.delete(oldest);
  return context;
}

/**
 * Returns the certificates of a PEM file and those that are trusted without it: Node's own and the
 * system's. Returns `undefined` if no file is given. Rejects with kind `ca-file` if the file cannot
 * be read or holds no valid certificate.
 */
export async function trustedWith(
  caFile: string | undefined,
): Promise<readonly string[] | undefined> {
  if (caFile === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(caFile, 'utf8');
  } catch (cause) {
    throw new KafkaError('ca-file', { detail: codeOf(cause), cause });
  }
  const own = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (own.length === 0) throw new KafkaError('ca-file', { detail: 'holds no PEM certificate' });
  try {
    for (const certificate of own) new X509Certificate(certificate);
  } catch (cause) {
    throw new KafkaError('ca-file', { detail: codeOf(cause), cause });
  }
  return [...new Set([...defaults(), ...own])];
}

/**
 * Returns the certificates that are trusted by default. `getCACertificates` exists since Node
 * 22.15, and therefore in every VS Code that this extension supports.
 */
function defaults(): readonly string[] {
  const source: {
    readonly rootCertificates: readonly string[];
    getCACertificates?(type: 'default' | 'system'): readonly string[];
  } = tls;
  if (!source.getCACertificates) return source.rootCertificates;
  return [...source.getCACertificates('default'), ...source.getCACertificates('system')];
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
