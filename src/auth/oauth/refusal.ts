import { KafkaError, type KafkaErrorKind } from '../../core/errors';
import type { HttpResponse } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import { lenient, object, string } from '../../core/schema';
import { parseJson } from '../base/parseJson';

/** The members of RFC 6749, 5.2, and those that Okta has in their place for some failures. */
const body = object({
  error: lenient(string),
  errorCode: lenient(string),
  errorSummary: lenient(string),
});

/** The context of a refused request. */
export interface Refused {
  readonly host: string;
  /** The kind of sign-in, which errors name. */
  readonly signIn: string;
  /** Texts that the error may not show. */
  readonly hidden: readonly string[];
}

/** Returns why a token endpoint refused to issue a token. */
export function refusalOf(
  { status, text }: Pick<HttpResponse, 'status' | 'text'>,
  { host, signIn, hidden }: Refused,
): KafkaError {
  const { error, errorCode, errorSummary } = body(parseJson(text)) ?? {};
  const code = error ?? errorCode ?? '';
  const detail = serverDetail(errorSummary ?? text, hidden);
  return new KafkaError(kindOf(code, detail, status), { status, detail, host, signIn });
}

function kindOf(code: string, detail: string, status: number): KafkaErrorKind {
  switch (code) {
    case 'invalid_client':
      return /expired/i.test(detail) ? 'secret-expired' : 'secret-wrong';
    // Keycloak says so of a wrong secret, and others of a client that may not use the grant.
    case 'unauthorized_client':
      return /\b(?:secret|client credentials)\b/i.test(detail) ? 'secret-wrong' : 'sign-in-failed';
    case 'invalid_scope':
      return 'scope-unknown';
    // Auth0 says so with 401 of a wrong secret, and with 403 of an API that it does not open.
    case 'access_denied':
      return status === 401 ? 'secret-wrong' : 'consent-missing';
    case 'invalid_target':
      return 'consent-missing';
    default:
      if (status === 401) return 'secret-wrong';
      return status === 404 || status === 405 ? 'tenant-unknown' : 'sign-in-failed';
  }
}
