import { setTimeout } from 'node:timers/promises';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import type { Log } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import { isObject } from '../../core/json/decode';
import { DirectFailure, type DirectResponse, sendDirectly } from './directHttp';
import { kindOfCode } from './errorCodes';

export interface IdentityNetworkOptions {
  readonly signIn: string;
  readonly signal: AbortSignal;
  readonly log?: Log | undefined;
  /** The wait before the first repetition, in milliseconds. It doubles each time. Default 1000. */
  readonly backoffMs?: number | undefined;
  /** How long connecting may take, in milliseconds. Default 3000. */
  readonly connectMs?: number | undefined;
}

const RETRIES = 3;
/** How long one response may take, in milliseconds. */
const LIMIT_MS = 10_000;

/**
 * Sends MSAL's requests to the service for managed identities, which is at an address of this
 * computer, directly. The service asks to repeat a request after 404, 410, 429 and 5xx.
 */
export class IdentityNetwork implements INetworkModule {
  /** Why the last request failed. MSAL's own errors hold little of it. */
  failure: KafkaError | undefined;

  constructor(private readonly options: IdentityNetworkOptions) {}

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
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const isBody = (value: unknown): value is T => isObject(value);
    const url = new URL(address);
    const { signIn, signal, backoffMs = 1000 } = this.options;
    const facts = { host: url.host, signIn };
    this.failure = undefined;
    for (let attempt = 0; ; attempt++) {
      const response = await this.#try(method, url, headers, body, facts);
      const { status } = response;
      const isTransient = [404, 410, 429].includes(status) || status >= 500;
      if (isTransient && attempt < RETRIES) {
        await setTimeout(backoffMs * 2 ** attempt, undefined, { signal });
        continue;
      }
      const parsed = parse(response.text);
      if (status >= 400) this.failure = refusal(response, parsed, facts);
      // Azure Arc responds with 401 to tell MSAL which file holds a challenge.
      const isChallenge = status === 401 && response.headers['www-authenticate'] !== undefined;
      if (this.failure && !isChallenge) throw this.failure;
      const known = { 'www-authenticate': response.headers['www-authenticate'] ?? '' };
      if (isBody(parsed)) return { status, headers: known, body: parsed };
      const empty: unknown = {};
      if (isChallenge && isBody(empty)) return { status, headers: known, body: empty };
      throw (this.failure = new KafkaError('identity-missing', facts));
    }
  }

  async #try(
    method: 'GET' | 'POST',
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
    facts: KafkaErrorFacts,
  ): Promise<DirectResponse> {
    const { signal, log, connectMs = 3000 } = this.options;
    try {
      if (url.protocol !== 'http:') throw new DirectFailure('no-connection');
      const wanted = { method, url, headers, body, signal, connectMs, limitMs: LIMIT_MS };
      const response = await sendDirectly(wanted);
      log?.trace(`${method} ${url.origin}${url.pathname} ${response.status}`);
      return response;
    } catch (error) {
      if (!(error instanceof DirectFailure)) throw error;
      log?.trace(`${method} ${url.origin}${url.pathname} ${error.reason}`);
      const kind = error.reason === 'timeout' ? 'timeout' : 'identity-missing';
      throw (this.failure = new KafkaError(kind, { ...facts, cause: error.cause }));
    }
  }
}

/** Returns why the service gives no token. A server of another kind has no identities at all. */
function refusal(
  { status, text }: DirectResponse,
  body: unknown,
  facts: KafkaErrorFacts,
): KafkaError {
  if (!isObject(body) || !('error' in body || 'message' in body)) {
    const kind = status === 429 ? 'throttled' : status >= 500 ? 'unavailable' : 'identity-missing';
    return new KafkaError(kind, { ...facts, status });
  }
  const detail = serverDetail(text);
  const isMissing = /identity/i.test(detail) && /not found|no .* found/i.test(detail);
  const kind =
    status === 429
      ? 'throttled'
      : status >= 500
        ? 'unavailable'
        : isMissing
          ? 'identity-missing'
          : kindOfCode(detail);
  return new KafkaError(kind, { ...facts, status, detail });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
