import type { NodeAuthOptions } from '@azure/msal-node';
import type { KafkaErrorFacts } from '../../core/errors';

/** What proves to Microsoft Entra ID which application signs in. */
export interface Proof {
  /** In the form that MSAL takes. */
  readonly auth: Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;
  /** Texts that no error may show. */
  readonly hidden: readonly string[];
}

/**
 * Gets the proof for one sign-in. Rejects with a `KafkaError` that has `facts` if there is none.
 */
export type GetProof = (
  facts: Required<Pick<KafkaErrorFacts, 'host' | 'signIn'>>,
) => Promise<Proof>;
