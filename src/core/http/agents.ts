import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { KafkaError } from '../errors';

/**
 * How long an idle connection is kept, in milliseconds. Shorter than any gateway keeps it, so that
 * a request seldom meets a connection that is just being closed.
 */
const READ_IDLE_MS = 4000;
/** A write that is lost on a closing connection cannot be repeated, so it gets a younger one. */
const WRITE_IDLE_MS = 1000;

/** The connection pools of one client. */
export interface Agents {
  /** The pool for a request to `url`. */
  pick(url: URL, idempotent: boolean): http.Agent;
  /** Ends all connections. */
  dispose(): void;
}

/**
 * Opens the pools. `certificates` (PEM) are all that is trusted; without them Node's defaults and
 * those that VS Code adds are in force.
 *
 * VS Code's extension host replaces the agent of a request by its own, and looks only at
 * `options.ca` of the given one, which it then carries over to a tunnelled connection as well. With
 * a `ca` it adds no certificates of its own (`createHttpPatch` of `@vscode/proxy-agent`).
 */
export function openAgents(certificates?: readonly string[]): Agents {
  const tlsOptions = certificates ? trusting(certificates) : {};
  const open = (timeout: number) => ({
    'http:': new http.Agent({ keepAlive: true, timeout }),
    'https:': new https.Agent({ keepAlive: true, timeout, ...tlsOptions }),
  });
  const pools = { read: open(READ_IDLE_MS), write: open(WRITE_IDLE_MS) };
  return {
    pick: ({ protocol }, idempotent) =>
      pools[idempotent ? 'read' : 'write'][protocol === 'https:' ? protocol : 'http:'],
    dispose: () => {
      for (const pool of Object.values(pools)) {
        for (const agent of Object.values(pool)) agent.destroy();
      }
    },
  };
}

function trusting(
  certificates: readonly string[],
): Pick<https.AgentOptions, 'ca' | 'secureContext'> {
  const digest = createHash('sha256').update(certificates.join()).digest('hex');
  // A pool finds its connections by the text of their options, which would be 200 KB a request.
  const ca = Object.assign([...certificates], { toString: () => digest });
  // Made once, because it takes some 40 ms. Only VS Code's agent makes its own.
  return { ca, secureContext: tls.createSecureContext({ ca }) };
}

/**
 * The certificates of a PEM file, and with them all that would be trusted without it: Node's own
 * and the system's. Returns nothing if there is no file. Rejects with kind `ca-file`.
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
 * `getCACertificates` exists since Node 22.15, so in every VS Code that this extension supports.
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
