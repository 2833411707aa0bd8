import type { AuthenticationResult } from '@azure/msal-node';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import { renewalBefore, type Token } from '../base/bearer';
import { isToken } from '../base/tokenText';

/**
 * Returns the token that MSAL got. MSAL does not check the types of what the server sent. Throws a
 * `KafkaError` of kind `sign-in-failed` if a header cannot carry it.
 */
export function usableToken(result: AuthenticationResult | null, facts: KafkaErrorFacts): Token {
  const end = Number(result?.expiresOn);
  if (!isToken(result?.accessToken) || Number.isNaN(end)) {
    throw new KafkaError('sign-in-failed', { ...facts, detail: 'no usable token' });
  }
  return { value: result.accessToken, renewAt: renewalBefore(end) };
}
