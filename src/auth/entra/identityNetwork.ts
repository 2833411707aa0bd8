import { setTimeout } from 'node:timers/promises';
import type { NetworkResponse } from '@azure/msal-node';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import type { Log } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import { isObject } from '../../core/json/decode';
import { parseJson } from '../base/parseJson';
import { DirectFailure, type DirectResponse, sendDirectly } from './directHttp';
import { kindOfApplicationFailure } from './errorCodes';
import { type MsalRequest, MsalRequests } from './msalRequests';

export interface IdentityNetworkOptions {
  readonly signIn: string;
  /** The field that names the identity, which is blamed if there is no such one. */
  readonly field: string;
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
export class IdentityNetwork extends MsalRequests {
  constructor(private readonly options: IdentityNetworkOptions) {
    super();
  }

  protected async send<T>(request: MsalRequest): Promise<NetworkResponse<T>> {
    const isBody = (value: unknown): value is T => isObject(value);
    const { signIn, field, signal, backoffMs = 1000 } = this.options;
    const facts = { host: request.url.host, signIn };
    for (let attempt = 0; ; attempt++) {
      const response = await this.#try(request, facts);
      const { status } = response;
      const isTransient = [404, 410, 429].includes(status) || status >= 500;
      if (isTransient && attempt < RETRIES) {
        await setTimeout(backoffMs * 2 ** attempt, undefined, { signal });
        continue;
      }
      const parsed = parseJson(response.text);
      const { 'www-authenticate': challenge } = response.headers;
      const headers = { 'www-authenticate': challenge ?? '' };
      if (status >= 400) {
        const failure = refusal(response, parsed, facts, field);
        // Azure Arc responds with 401 to tell MSAL which file holds a challenge.
        if (status !== 401 || challenge === undefined) throw failure;
        this.failure = failure;
        const body = isObject(parsed) ? parsed : {};
        if (isBody(body)) return { status, headers, body };
      }
      if (isBody(parsed)) return { status, headers, body: parsed };
      throw new KafkaError('identity-missing', facts);
    }
  }

  async #try({ url, ...request }: MsalRequest, facts: KafkaErrorFacts): Promise<DirectResponse> {
    const { signal, log, connectMs = 3000 } = this.options;
    const told = `${request.method} ${url.origin}${url.pathname}`;
    try {
      if (url.protocol !== 'http:') throw new DirectFailure('no-connection');
      const wanted = { ...request, url, signal, connectMs, limitMs: LIMIT_MS };
      const response = await sendDirectly(wanted);
      log?.trace(`${told} ${response.status}`);
      return response;
    } catch (error) {
      if (!(error instanceof DirectFailure)) throw error;
      log?.trace(`${told} ${error.reason}`);
      const kind = error.reason === 'timeout' ? 'timeout' : 'identity-missing';
      throw new KafkaError(kind, { ...facts, cause: error.cause });
    }
  }
}

/** Returns why the service gives no token. A server of another kind has no identities at all. */
function refusal(
  { status, text }: DirectResponse,
  body: unknown,
  facts: KafkaErrorFacts,
  field: string,
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
          : kindOfApplicationFailure(detail);
  return new KafkaError(kind, { ...facts, status, detail, ...(isMissing && { field }) });
}
