import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { KafkaError } from '../../core/errors';
import type { KafkaErrorKind } from '../../core/errors';
import type { HttpResponse, HttpClient } from '../../core/http/client';
import { isObject } from '../../core/json/decode';
import { serverDetail } from '../../core/http/serverDetail';

/** The kinds of failure for the error codes of Entra ID. */
const KIND_OF_CODE: Readonly<Record<string, KafkaErrorKind>> = {
  AADSTS7000215: 'secret-wrong',
  AADSTS7000222: 'secret-expired',
  AADSTS700016: 'client-unknown',
  AADSTS90002: 'tenant-unknown',
  AADSTS900023: 'tenant-unknown',
  AADSTS500011: 'scope-unknown',
  AADSTS1002012: 'scope-unknown',
  AADSTS70011: 'scope-unknown',
};

export interface MsalNetworkOptions {
  /** The origin of the authority. The secret may be sent to no other. */
  readonly origin: string;
  readonly secret: string;
  /** The kind of sign-in, which errors name. */
  readonly signIn: string;
  readonly signal: AbortSignal;
}

/**
 * Sends MSAL's requests through our own HTTP client, so that the proxy settings, CA file, limits
 * and retries apply to them too.
 */
export class MsalNetwork implements INetworkModule {
  /** Why the last request failed. MSAL's own errors hold little of it. */
  failure: unknown;

  constructor(
    private readonly http: HttpClient,
    private readonly options: MsalNetworkOptions,
  ) {}

  async sendGetRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    return this.#send<T>('GET', url, options);
  }

  async sendPostRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(
    method: 'GET' | 'POST',
    address: string,
    { headers, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const { origin, secret, signal } = this.options;
    const isBody = (value: unknown): value is T => isObject(value);
    try {
      const url = new URL(address);
      if (url.origin !== origin) {
        const { host } = new URL(origin);
        const detail = serverDetail(`to ${url.origin}`, [secret]);
        throw new KafkaError('redirect', { detail, host });
      }
      const response = await this.http.request({
        method,
        url,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
        signal,
        // Asking for a token twice does no harm.
        idempotent: true,
        accept: (status) => status < 300 || (status >= 400 && status < 429),
        secrets: [secret],
      });
      const { status, text } = response;
      if (status >= 400) throw this.#refusal(response, url.host);
      const parsed = parse(text);
      if (!isBody(parsed)) {
        throw new KafkaError('protocol', { status, detail: 'not a JSON object', host: url.host });
      }
      return { status, headers: {}, body: parsed };
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  #refusal({ status, text }: HttpResponse, host: string): KafkaError {
    const { secret, signIn } = this.options;
    const detail = serverDetail(text, [secret]);
    const code = /^AADSTS\d+/.exec(detail)?.[0] ?? '';
    return new KafkaError(KIND_OF_CODE[code] ?? 'sign-in-failed', { status, detail, host, signIn });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
