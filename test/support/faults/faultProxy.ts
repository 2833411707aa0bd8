import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { authorities, type Certificates, makeCertificates } from './certificates';
import { clientCertificates } from './clientCertificates';
import type { Plan } from './fault';
import { Front, type Seen, State } from './front';
import { type IdentityFacts, identityRouter } from './identityRouter';
import { Upstream } from './upstream';

/**
 * A proxy between a client and an emulator, in front of its REST proxy and of the service that signs
 * in, if there is one.
 */
export interface FaultProxy {
  /**
   * The facts that a client needs: the emulator's, with the addresses and the CA of the fault
   * proxy.
   */
  readonly info: EmulatorInfo & Partial<IdentityFacts>;
  /** Decides the faults; can be changed at any time. At first there are none. */
  plan: Plan;
  /** Connections and requests, in the order in which they arrived. */
  readonly seen: readonly Seen[];
  /** Every bearer token that was sent or issued. */
  readonly tokens: ReadonlySet<string>;
  /** The number of bytes written to clients, as sent over the network. */
  readonly bytesWritten: number;
  /** The number of open connections. */
  readonly connections: number;
  /** Resolves as soon as the condition holds. Checks it at once and after each event. */
  until(condition: () => boolean): Promise<void>;
  /** Refuses new connections and ends the existing ones, until `listen`. */
  refuse(): Promise<void>;
  /** Accepts connections again, at the same address. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface FaultProxyOptions {
  readonly plan?: Plan;
  /** Made for this proxy unless given; several proxies can share them. */
  readonly certificates?: Certificates;
}

/**
 * Starts a fault proxy on 127.0.0.1 for an emulator whose REST proxy speaks HTTPS.
 */
export async function startFaultProxy(
  { info }: { readonly info: EmulatorInfo },
  { plan = () => undefined, certificates = makeCertificates() }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  if (info.caFile === null) throw new Error('the emulator must speak HTTPS');
  const ca = readFileSync(info.caFile, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authorities(certificates));

  const state = new State(plan);
  const clients = clientCertificates(info);
  const upstream = new Upstream(new URL(info.endpoint).origin, ca, clients);
  const proxy = new Front('proxy', upstream, certificates, state, clients.size > 0);
  const { authority, issuer, identityHost } = info;
  const address = authority ?? issuer ?? identityHost;
  const service =
    address === null
      ? undefined
      : new Front(
          'service',
          new Upstream(new URL(address).origin, ca, new Map()),
          certificates,
          state,
        );
  const fronts = service ? [proxy, service] : [proxy];
  await Promise.all(fronts.map((front) => front.listen()));
  const identities =
    service && identityHost !== null
      ? (await identityRouter()).open(service.port, info.clientId ?? '')
      : undefined;

  return {
    info: {
      ...info,
      // With the path at which the API begins.
      endpoint: proxy.origin + pathOf(info.endpoint),
      authority: service && authority !== null ? service.origin + pathOf(authority) : null,
      issuer: service && issuer !== null ? service.origin + pathOf(issuer) : null,
      caFile,
      ...identities?.facts,
    },
    get plan() {
      return state.plan;
    },
    set plan(changed) {
      state.plan = changed;
    },
    seen: state.seen,
    tokens: state.tokens,
    get bytesWritten() {
      return fronts.reduce((sum, front) => sum + front.bytesWritten, 0);
    },
    get connections() {
      return fronts.reduce((sum, front) => sum + front.connections, 0);
    },
    until: async (condition) => {
      while (!condition()) await once(state.events, 'event');
    },
    refuse: async () => {
      await Promise.all(fronts.map((front) => front.refuse()));
    },
    listen: async () => {
      await Promise.all(fronts.map((front) => front.listen()));
    },
    close: async () => {
      identities?.close();
      await Promise.all(fronts.map((front) => front.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns what follows the origin in an address, without a slash alone. */
function pathOf(address: string): string {
  return address.slice(new URL(address).origin.length);
}
