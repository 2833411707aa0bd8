import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

/** The header for an id that a client of Azure gives to a request. Services log it. */
const REQUEST_ID = 'x-ms-client-request-id';

/**
 * Watches the connection of one attempt. No byte of the request is sent before `connected`, so
 * until then it is safe to repeat it.
 *
 * node-fetch does not expose its `ClientRequest`, and VS Code replaces the agent. The request is
 * therefore found elsewhere: if it has a body, when the body is piped into it; otherwise on Node's
 * diagnostics channel.
 */
export class Wire {
  /**
   * TCP, an HTTP proxy's tunnel and TLS are done. Whatever is sent next may have reached the
   * server.
   */
  connected = false;

  readonly #id = randomUUID();
  /** These must be sent with the request. They distinguish it from all others in this process. */
  readonly headers = { [REQUEST_ID]: this.#id };

  readonly #watch = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    const { request } = message;
    if (request instanceof ClientRequest && request.getHeader(REQUEST_ID) === this.#id) {
      this.#follow(request);
    }
  };

  /** Calls `onConnected` once, when the connection is established. Call `close` at the end. */
  constructor(
    private readonly url: URL,
    private readonly onConnected: () => void,
  ) {
    subscribe('http.client.request.start', this.#watch);
  }

  /**
   * Whether a response to this request came from an HTTP proxy that refused to open the tunnel.
   */
  get tunnelRefused(): boolean {
    return this.url.protocol === 'https:' && !this.connected;
  }

  close(): void {
    unsubscribe('http.client.request.start', this.#watch);
  }

  /**
   * Returns the body as a stream that yields nothing, not even its end, before the connection is
   * established.
   */
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
      // The agent replays a refusal of the tunnel on a socket that has no connection.
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
    // Does nothing, because all bytes are pushed when the connection is established.
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
