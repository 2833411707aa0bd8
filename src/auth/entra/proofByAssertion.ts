import { KafkaError } from '../../core/errors';
import { type FileProblem, readSmallFile } from '../base/smallFile';
import { checkLife, lifeIn, objectInPart } from '../base/tokenLife';
import type { GetProof } from './proof';

const FIELD = 'assertionFile';

/** Why the content of a token file cannot be used, as `detail` of a failure. */
export type AssertionProblem = FileProblem | 'not-a-jwt';

/**
 * Returns the proof by a token of another provider, as a workload has it in a file that another
 * program keeps up to date. The file is read for each sign-in. It rejects with
 * `credential-expired`, or `credential-unusable` with an `AssertionProblem` or a code of the system
 * as `detail`. A file that holds anything but a JSON Web Token is sent to nobody.
 */
export function proofByAssertion(file: string): GetProof {
  return async (given) => {
    const facts = { ...given, field: FIELD };
    const token = (await readSmallFile(file, facts)).toString('utf8').trim();
    const claims = claimsOf(token);
    if (!claims) {
      const detail: AssertionProblem = 'not-a-jwt';
      throw new KafkaError('credential-unusable', { ...facts, detail });
    }
    checkLife(lifeIn(claims), facts);
    return { auth: { clientAssertion: token }, hidden: [token] };
  };
}

/** Returns the claims of a signed JSON Web Token, or `undefined` if the text is something else. */
function claimsOf(token: string): object | undefined {
  const [, ...parts] = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
  const [header, claims] = parts.map(objectInPart);
  return header && 'alg' in header ? claims : undefined;
}
