import { Duplex } from 'node:stream';

/** What carries the bytes of a connection from one end to the other. */
export interface Line {
  /** Runs something when it has travelled to the other end. */
  readonly travel: (arrive: () => void) => void;
  /** Runs something after a time in milliseconds, and returns what cancels it. */
  readonly after: (ms: number, act: () => void) => () => void;
}

/**
 * One end of a TCP connection that no computer has. It does of `net.Socket` what Node's HTTP needs.
 */
export class SimulatedSocket extends Duplex {
  connecting = true;
  timeout = 0;
  readonly remoteAddress = '127.0.0.1';
  readonly #line: Line;
  #peer: SimulatedSocket | undefined;
  #idle: (() => void) | undefined;
  /** How it ends for the other side. */
  #reset = false;
  #finished = false;

  constructor(line: Line, options: { readonly allowHalfOpen: boolean }) {
    super({ ...options, emitClose: true });
    this.#line = line;
  }

  /** Joins two ends, which can then send. */
  static join(client: SimulatedSocket, server: SimulatedSocket): void {
    client.#peer = server;
    server.#peer = client;
    server.connecting = false;
  }

  /** Says that the connection is established. */
  established(): void {
    if (this.destroyed) return;
    this.connecting = false;
    this.emit('connect');
    this.emit('ready');
  }

  override _read(): void {
    // What arrives is pushed.
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    if (this.connecting) {
      this.once('connect', () => {
        this._write(chunk, _, done);
      });
      return;
    }
    this.#active();
    const peer = this.#peer;
    this.#line.travel(() => {
      if (!peer || peer.destroyed) {
        // Nobody is there any more, so the other computer answers with a reset.
        this.#line.travel(() => {
          this.#broken('write EPIPE', 'EPIPE');
        });
        return;
      }
      peer.#active();
      peer.push(chunk);
    });
    done();
  }

  override _final(done: (error?: Error) => void): void {
    if (this.connecting) {
      this.once('connect', () => {
        this._final(done);
      });
      return;
    }
    this.#sendEnd();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#idle?.();
    const peer = this.#peer;
    if (this.#reset) {
      this.#line.travel(() => {
        if (peer) peer.#broken('read ECONNRESET', 'ECONNRESET');
      });
    } else this.#sendEnd();
    done(error);
  }

  #sendEnd(): void {
    if (this.#finished) return;
    this.#finished = true;
    const peer = this.#peer;
    this.#line.travel(() => {
      if (peer && !peer.destroyed) peer.push(null);
    });
  }

  #broken(message: string, code: string): void {
    if (this.destroyed) return;
    this.destroy(Object.assign(new Error(message), { code }));
  }

  resetAndDestroy(): this {
    this.#reset = true;
    return this.destroy();
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  setTimeout(ms: number, onTimeout?: () => void): this {
    this.timeout = ms;
    if (onTimeout) {
      if (ms === 0) this.removeListener('timeout', onTimeout);
      else this.once('timeout', onTimeout);
    }
    this.#active();
    return this;
  }

  #active(): void {
    this.#idle?.();
    this.#idle = undefined;
    if (this.timeout === 0 || this.destroyed) return;
    this.#idle = this.#line.after(this.timeout, () => this.emit('timeout'));
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
