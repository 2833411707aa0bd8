import type { NetworkResponse } from '@azure/msal-node';
import { KafkaError } from '../../core/errors';
import type { HttpResponse, HttpClient } from '../../core/http/client';
import { isObject } from '../../core/json/decode';
import { serverDetail } from '../../core/http/serverDetail';
import { parseJson } from '../base/parseJson';
import { kindOfApplicationFailure } from './errorCodes';
import { type MsalRequest, MsalRequests } from './msalRequests';

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
export class MsalNetwork extends MsalRequests {
  constructor(
    private readonly http: HttpClient,
    private readonly options: MsalNetworkOptions,
  ) {
    super();
  }

  protected async send<T>(request: MsalRequest): Promise<NetworkResponse<T>> {
    const isBody = (value: unknown): value is T => isObject(value);
    const { url, body, ...others } = request;
    const { origin, hidden, signIn, signal } = this.options;
    if (url.origin !== origin) {
      const { host } = new URL(origin);
      const detail = serverDetail(`to ${url.origin}`, hidden);
      throw new KafkaError('redirect', { detail, host });
    }
    const response = await this.http.request({
      ...others,
      url,
      ...(body !== undefined && { body }),
      signal,
      // Asking for a token twice does no harm.
      idempotent: true,
      accept: (status) => status < 300 || (status >= 400 && status < 429),
      secrets: hidden,
    });
    const { status, text } = response;
    if (status >= 400) throw this.#refusal(response, url.host);
    const parsed = parseJson(text);
    if (!isBody(parsed)) {
      const detail = 'not a JSON object';
      throw new KafkaError('protocol', { status, detail, host: url.host, signIn });
    }
    return { status, headers: {}, body: parsed };
  }

  #refusal({ status, text }: HttpResponse, host: string): KafkaError {
    const { hidden, signIn } = this.options;
    const detail = serverDetail(text, hidden);
    return new KafkaError(kindOfApplicationFailure(detail), { status, detail, host, signIn });
  }
}
