import net from 'node:net';

/** How many bytes have passed on a connection so far. */
export interface Passed {
  /** The number of the connection, counted from 1. */
  readonly connection: number;
  readonly sent: number;
  readonly received: number;
}

export interface Relay {
  readonly port: number;
  /** The number of broken connections. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * Starts a relay on `host`, an address of this computer, that passes bytes on to a port of
 * 127.0.0.1. It breaks a connection when `cut` says so: when it opens, and before each piece is
 * passed on.
 */
export async function startRelay(
  port: number,
  cut: (passed: Passed) => boolean = () => false,
  host = '127.0.0.1',
): Promise<Relay> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let cuts = 0;
  const server = net.createServer((client) => {
    const target = net.connect(port, '127.0.0.1');
    const passed = { connection: ++connections, sent: 0, received: 0 };
    const pass = (bytes: number, direction: 'sent' | 'received', pass: () => void): void => {
      passed[direction] += bytes;
      if (!cut(passed)) {
        pass();
        return;
      }
      cuts++;
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => {
      pass(data.length, 'sent', () => target.write(data));
    });
    target.on('data', (data) => {
      pass(data.length, 'received', () => client.write(data));
    });
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    pass(0, 'sent', () => undefined);
  });
  server.listen(0, host);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get cuts() {
      return cuts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
