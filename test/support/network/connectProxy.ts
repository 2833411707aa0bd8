import http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  /** For VS Code's setting `http.proxy`. */
  readonly url: string;
  /**
   * The requested targets as `host:port`, in order, including refused ones and those of requests
   * without a tunnel.
   */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts an HTTP proxy on 127.0.0.1 that only supports CONNECT. Every host leads to this computer,
 * so that a test can use a name that does not resolve and thus see that the proxy was used.
 */
export async function startConnectProxy({
  port,
  ports = {},
  refuse,
}: {
  /** The port that all tunnels lead to; by default, the requested port. */
  readonly port?: number;
  /** The ports that tunnels to some hosts lead to, by the host. */
  readonly ports?: Readonly<Record<string, number>>;
  /** The response if the proxy refuses to open tunnels. */
  readonly refuse?: { readonly status: number; readonly body: string };
} = {}): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Duplex>();
  const track = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };

  const server = http.createServer(({ url = '' }, response) => {
    tunnels.push(url.replace(/^http:\/\/([^/]*).*/, '$1'));
    response.writeHead(405).end();
  });
  server.on('connection', track);
  server.on('connect', ({ url = '' }, client) => {
    tunnels.push(url);
    if (refuse) {
      const { status, body } = refuse;
      client.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return;
    }
    const [host = '', requested] = url.split(':');
    const target = net.connect(port ?? ports[host] ?? Number(requested), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    track(target);
    target.on('error', () => {
      if (target.connecting || target.pending) client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    target.on('close', () => client.end());
    client.on('close', () => target.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    tunnels,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
