import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

/** Azure's name for an id that a client gives to a request; services write it to their logs. */
const REQUEST_ID = 'x-ms-client-request-id';

/**
 * Watches the connection of one attempt. Until `connected`, not a byte of the request has left:
 * this makes repeating it safe.
 *
 * node-fetch does not show its `ClientRequest`, and VS Code swaps the agent that it is given, so
 * the request is met where neither can hide it: with a body, where Node pipes the body into it;
 * without one, on Node's diagnostics channel.
 */
export class Wire {
  /**
   * TCP, an HTTP proxy's tunnel and TLS are done. Whatever is sent next may have reached the
   * server.
   */
  connected = false;

  readonly #id = randomUUID();
  /** Must be sent with the request: they tell it from all others in this process. */
  readonly headers = { [REQUEST_ID]: this.#id };

  readonly #watch = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    const { request } = message;
    if (request instanceof ClientRequest && request.getHeader(REQUEST_ID) === this.#id) {
      this.#follow(request);
    }
  };

  /** `onConnected` is called once, when the connection stands. End it with `close`. */
  constructor(
    private readonly url: URL,
    private readonly onConnected: () => void,
  ) {
    subscribe('http.client.request.start', this.#watch);
  }

  /**
   * Whether a response to this request comes from an HTTP proxy that refused to open the tunnel.
   */
  get tunnelRefused(): boolean {
    return this.url.protocol === 'https:' && !this.connected;
  }

  close(): void {
    unsubscribe('http.client.request.start', this.#watch);
  }

  /** The body as a stream that gives nothing, not even its end, before the connection stands. */
  body(bytes: Uint8Array): Readable {
    return new GatedBody(bytes, (request, open) => {
      this.#follow(request, open);
    });
  }

  #follow(request: ClientRequest, open?: () => void): void {
    const connected = (): void => {
      if (!this.connected) this.onConnected();
      this.connected = true;
      open?.();
    };
    const onSocket = (socket: Socket): void => {
      const encrypted = 'encrypted' in socket;
      // A refused tunnel is replayed to the request on a socket without a connection.
      if (this.url.protocol === 'https:' && !encrypted) return;
      if (request.reusedSocket || isConnected(socket)) connected();
      else socket.once(encrypted ? 'secureConnect' : 'connect', connected);
    };
    if (request.socket) onSocket(request.socket);
    else request.once('socket', onSocket);
  }
}

function isConnected(socket: Socket): boolean {
  return 'encrypted' in socket
    ? 'authorized' in socket && socket.authorized === true
    : !socket.connecting;
}

class GatedBody extends Readable {
  constructor(
    private readonly bytes: Uint8Array,
    private readonly follow: (request: ClientRequest, open: () => void) => void,
  ) {
    super();
  }

  override _read(): void {
    // Nothing to do on demand: all is pushed at once when the connection stands.
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T, options?: { end?: boolean }): T {
    if (destination instanceof ClientRequest) {
      this.follow(destination, () => {
        if (this.bytes.length > 0) this.push(this.bytes);
        this.push(null);
      });
    }
    return super.pipe(destination, options);
  }
}
