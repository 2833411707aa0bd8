import { KafkaError } from '../../core/errors';
import { isObject } from '../../core/json/decode';
import { type FileProblem, readSmallFile } from '../base/smallFile';
import type { GetProof } from './proof';

const FIELD = 'assertionFile';

/** Why the content of a token file cannot be used, as `detail` of a failure. */
export type AssertionProblem = FileProblem | 'not-a-jwt';

/** By how many milliseconds the clocks of this computer and of the issuer may differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

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
    const date = invalidityOf(claims);
    if (date) {
      throw new KafkaError('credential-expired', { ...facts, detail: date.toISOString() });
    }
    return { auth: { clientAssertion: token }, hidden: [token] };
  };
}

type Claims = Readonly<Record<string, unknown>>;

/** Returns the claims of a signed JSON Web Token, or `undefined` if the text is something else. */
function claimsOf(token: string): Claims | undefined {
  const parts = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
  const [header, claims] = parts.slice(1).map((part) => {
    try {
      const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
      return isObject(value) ? value : undefined;
    } catch {
      return undefined;
    }
  });
  return header && 'alg' in header && claims ? { ...claims } : undefined;
}

/** Returns the date at which a token expired or becomes valid, if it is not valid now. */
function invalidityOf({ exp, nbf }: Claims): Date | undefined {
  const now = Date.now();
  if (isTime(exp) && exp * 1000 <= now) return new Date(exp * 1000);
  return isTime(nbf) && nbf * 1000 > now + CLOCK_TOLERANCE_MS ? new Date(nbf * 1000) : undefined;
}

/** Returns whether a claim is a number of seconds that a `Date` can represent. */
function isTime(claim: unknown): claim is number {
  return typeof claim === 'number' && Math.abs(claim) <= 8.64e12;
}
