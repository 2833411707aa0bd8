import { KafkaError } from '../../core/errors';
import type { GetProof } from './proof';

/** Returns the proof by a client secret. It rejects with `secret-missing` if there is none. */
export function proofBySecret(get: () => Promise<string | undefined>): GetProof {
  return async (facts) => {
    const secret = await get();
    if (!secret) throw new KafkaError('secret-missing', facts);
    return { auth: { clientSecret: secret }, hidden: [secret] };
  };
}
