import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** An ApiVersions request, version 0, without the name of a client. */
const API_VERSIONS = Buffer.from('0000000a00120000000000070000', 'hex');

/** Returns whether a broker on 127.0.0.1 responds. Never rejects. */
export async function respondsAt(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  socket.setTimeout(1000, () => socket.destroy());
  try {
    await once(socket, 'connect');
    socket.write(API_VERSIONS);
    // The response begins with its length and the number of the request.
    const response = await Promise.race([
      once(socket, 'data').then(([data]: Buffer[]) => data),
      once(socket, 'close').then(() => undefined),
    ]);
    return response !== undefined && response.length >= 10 && response.readInt16BE(8) === 0;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Returns ports of 127.0.0.1 that are free now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
