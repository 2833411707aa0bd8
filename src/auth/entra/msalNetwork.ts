import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { KafkaError } from '../../core/errors';
import type { HttpResponse, HttpClient } from '../../core/http/client';
import { isObject } from '../../core/json/decode';
import { serverDetail } from '../../core/http/serverDetail';
import { kindOfCode } from './errorCodes';

export interface MsalNetworkOptions {
  /** The origin of the authority. What proves the identity may be sent to no other. */
  readonly origin: string;
  /** Texts that no error may show. */
  readonly hidden: readonly string[];
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
    const { origin, hidden, signal } = this.options;
    const isBody = (value: unknown): value is T => isObject(value);
    try {
      const url = new URL(address);
      if (url.origin !== origin) {
        const { host } = new URL(origin);
        const detail = serverDetail(`to ${url.origin}`, hidden);
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
        secrets: hidden,
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
    const { hidden, signIn } = this.options;
    const detail = serverDetail(text, hidden);
    return new KafkaError(kindOfCode(detail), { status, detail, host, signIn });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
