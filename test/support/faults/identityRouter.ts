import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** Where requests for the token of one identity go. */
interface Route {
  readonly port: number;
  /** What the service calls the identity. */
  readonly clientId: string;
}

/** How a client is to name a managed identity, so that its requests go to a certain service. */
export interface IdentityFacts {
  readonly identity: 'clientId';
  readonly identityId: string;
  /** An identity that the computer does not have. */
  readonly strangerId: string;
}

export interface Identities {
  readonly facts: IdentityFacts;
  close(): void;
}

/**
 * Leads requests for tokens of managed identities to several services. MSAL keeps the address of the
 * first one for the whole process, so each service is told by the client ID that a request names.
 */
export interface IdentityRouter {
  /** Leads to the service on a port of this computer, which knows the identity by its client ID. */
  open(port: number, clientId: string): Identities;
}

let opened: Promise<IdentityRouter> | undefined;

/** Returns the router of this process. It does not keep the process alive, and is never closed. */
export function identityRouter(): Promise<IdentityRouter> {
  return (opened ??= open());
}

async function open(): Promise<IdentityRouter> {
  const routes = new Map<string, Route>();
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head: Buffer) => {
      lead(socket, head.toString('latin1'), routes);
    });
  });
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = `http://127.0.0.1:${port}`;
  return {
    open: (port, clientId) => {
      const facts = {
        identity: 'clientId',
        identityId: randomUUID(),
        strangerId: randomUUID(),
      } as const;
      routes.set(facts.identityId, { port, clientId });
      routes.set(facts.strangerId, { port, clientId: facts.strangerId });
      return {
        facts,
        close: () => {
          routes.delete(facts.identityId);
          routes.delete(facts.strangerId);
        },
      };
    },
  };
}

/** Passes on a connection whose first bytes are known, both ways and with its end. */
function lead(socket: Socket, head: string, routes: ReadonlyMap<string, Route>): void {
  const [, id = ''] = /[?&]client_id=([\da-f-]{36})/.exec(head) ?? [];
  const route = routes.get(id);
  if (!route) {
    socket.resetAndDestroy();
    return;
  }
  const onward = net.connect(route.port, '127.0.0.1');
  onward.on('error', () => socket.resetAndDestroy());
  socket.on('close', () => onward.destroy());
  onward.write(head.replace(id, route.clientId), 'latin1');
  socket.pipe(onward).pipe(socket);
}
