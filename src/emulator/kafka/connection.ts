import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { KafkaFailure } from '../backend';
import type { Api } from './api/api';
import type { KafkaOptions } from './options';
import { MalformedBytes, Reader } from './wire/reader';
import { Writer } from './wire/writer';

const CONNECT_MS = 10_000;
/** A longer response is taken for garbage, in bytes. */
const MAX_RESPONSE_BYTES = 512 * 1024 * 1024;
const CLIENT_ID = 'kafka-rest-explorer-gateway';

/** A request that was sent and has no response yet. */
interface Waiting {
  readonly resolve: (response: Buffer) => void;
  readonly reject: (failure: KafkaFailure) => void;
}

/**
 * A connection to one broker. The broker responds to its requests in order, so a slow one delays
 * those after it.
 */
export class Connection {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  /** The length of the response that is coming in, with its prefix; 0 while that is not known. */
  #expectedBytes = 0;
  #failure: KafkaFailure | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly address: string,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    socket.on('error', (error) => {
      this.#fail(error.message);
    });
    socket.on('close', () => {
      this.#fail('it closed the connection');
    });
  }

  /**
   * Opens a connection, which is not signed in yet. Rejects with `BROKER_NOT_AVAILABLE` if there is
   * no broker.
   *
   * @param address `host:port`
   */
  static async open(address: string, options: KafkaOptions): Promise<Connection> {
    const { host, port } = splitAddress(address);
    const isTls = options.tls ?? options.ca !== undefined;
    const socket = isTls
      ? connectTls({
          ...{ host, port },
          ...(isIP(host) === 0 && { servername: host }),
          ...(options.ca !== undefined && { ca: options.ca }),
        })
      : connectTcp({ host, port });
    socket.setNoDelay(true);
    const timer = setTimeout(() => {
      socket.destroy(new Error('it does not accept the connection'));
    }, CONNECT_MS);
    try {
      await once(socket, isTls ? 'secureConnect' : 'connect');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw unreachable('BROKER_NOT_AVAILABLE', address, reason);
    } finally {
      clearTimeout(timer);
    }
    return new Connection(socket, address);
  }

  /** The number of requests that wait for their responses. */
  get pending(): number {
    return this.#waiting.size;
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Sends a request and returns the response. Rejects with `NETWORK_EXCEPTION` if the connection
   * breaks, `REQUEST_TIMED_OUT` or `CORRUPT_MESSAGE`; all of these close the connection.
   */
  async call<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Response> {
    const id = (this.#lastId = (this.#lastId + 1) & 0x7fffffff);
    const response = await this.#exchange(id, encodeRequest(api, request, id), timeoutMs);
    try {
      const reader = new Reader(response);
      // The length and the id were looked at already.
      reader.raw(8);
      if (api.isFlexible) reader.skipTags();
      return api.read(reader);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      this.#fail(error.message);
      throw new KafkaFailure('CORRUPT_MESSAGE', `Kafka's ${api.name} response: ${error.message}`);
    }
  }

  close(): void {
    this.#fail('the gateway closed the connection');
  }

  #exchange(id: number, request: Buffer, timeoutMs: number): Promise<Buffer> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const message = `The broker ${this.address} did not respond within ${timeoutMs} ms.`;
        reject(new KafkaFailure('REQUEST_TIMED_OUT', message));
        this.#fail('it does not respond');
      }, timeoutMs);
      this.#waiting.set(id, {
        resolve: (response) => {
          clearTimeout(timer);
          resolve(response);
        },
        reject: (failure) => {
          clearTimeout(timer);
          reject(failure);
        },
      });
      this.socket.write(request);
    });
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    while (this.#receivedBytes >= Math.max(4, this.#expectedBytes)) {
      // A large response comes in many chunks, which are joined once.
      const [joined = chunk] =
        this.#received.length === 1 ? this.#received : [Buffer.concat(this.#received)];
      this.#received = [joined];
      this.#expectedBytes = 4 + joined.readInt32BE(0);
      if (this.#expectedBytes < 8 || this.#expectedBytes > MAX_RESPONSE_BYTES) {
        this.#fail('it does not speak the Kafka protocol');
        return;
      }
      if (joined.length < this.#expectedBytes) return;
      const response = joined.subarray(0, this.#expectedBytes);
      const rest = joined.subarray(this.#expectedBytes);
      this.#received = rest.length > 0 ? [rest] : [];
      this.#receivedBytes = rest.length;
      this.#expectedBytes = 0;
      this.#deliver(response);
    }
  }

  #deliver(response: Buffer): void {
    const id = response.readInt32BE(4);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) waiting.resolve(response);
    else this.#fail('it responds to what was not asked');
  }

  #fail(reason: string): void {
    if (this.#failure) return;
    this.#failure = unreachable('NETWORK_EXCEPTION', this.address, reason);
    this.socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    this.#received = [];
  }
}

function unreachable(
  kind: 'BROKER_NOT_AVAILABLE' | 'NETWORK_EXCEPTION',
  address: string,
  reason: string,
): KafkaFailure {
  return new KafkaFailure(kind, `No connection to the broker ${address}: ${reason}.`);
}

/** Splits `host:port`, where the host may be an IPv6 address in brackets. */
function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return {
    host: address.slice(0, at).replace(/^\[|\]$/g, ''),
    port: Number(address.slice(at + 1)),
  };
}

function encodeRequest<Request>(api: Api<Request, unknown>, request: Request, id: number): Buffer {
  const writer = new Writer().int16(api.key).int16(api.version).int32(id).string(CLIENT_ID);
  if (api.isFlexible) writer.noTags();
  api.write(writer, request);
  const { bytes } = writer;
  return Buffer.concat([new Writer().int32(bytes.length).bytes, bytes]);
}
