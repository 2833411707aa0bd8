import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange, Target, WholeResponse } from './fault';

/** A request on its way through the fault proxy. */
export class ProxiedExchange implements Exchange {
  readonly gone: AbortSignal;
  #body: Promise<Buffer> | undefined;

  /** `raw` is the TCP connection below TLS, where a reset must be sent. */
  constructor(
    readonly target: Target,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly raw: { resetAndDestroy(): unknown },
    private readonly pass: (body: Buffer) => Promise<WholeResponse>,
  ) {
    const end = new AbortController();
    this.gone = end.signal;
    const leave = (): void => {
      end.abort();
    };
    request.socket.once('close', leave);
    // The connection serves further requests; listeners of this one must not pile up on it.
    response.once('close', () => request.socket.off('close', leave));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  }

  body(): Promise<Buffer> {
    return (this.#body ??= buffer(this.request));
  }

  async forward(): Promise<WholeResponse> {
    return this.pass(await this.body());
  }

  async send({ status, headers, body }: WholeResponse, end = body.length): Promise<void> {
    // An unread body would break the connection for the client that is still writing.
    await this.body();
    const { response } = this;
    response.writeHead(status, { ...headers, 'content-length': body.length });
    if (end >= body.length) {
      response.end(body);
      return;
    }
    if (end > 0) response.write(body.subarray(0, end));
    else response.flushHeaders();
    // Everything must be sent before the next step, because a reset overtakes queued data.
    while (response.writableLength > 0 && !this.gone.aborted) await this.pause(1);
  }

  breakOff(how: 'reset' | 'close' = 'reset'): void {
    const { socket } = this.request;
    // If the client has disconnected, TLS is being shut down: a reset would fail (EINVAL), and
    // Node would then keep the connection for good.
    if (how === 'reset' && !socket.writableEnded) this.raw.resetAndDestroy();
    else socket.destroySoon();
  }

  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.gone }).catch(() => undefined);
  }
}
