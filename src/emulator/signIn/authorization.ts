import { HttpError, type Call } from '../http';
import type { Verdict } from './tokens';

/** Throws an `HttpError` for a call that the REST proxy does not accept. */
export type Authorize = (call: Call) => void;

/**
 * Returns a check that throws 401 for a call without a token that `verify` finds valid, and 403 for
 * an application other than `member`.
 */
export function byToken(verify: (token: string) => Verdict, member: string): Authorize {
  return ({ authorization = '' }) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new HttpError(401, 'Unauthorized', { 'WWW-Authenticate': 'Bearer' });
    }
    const verdict = verify(token);
    if (!verdict.valid) {
      throw new HttpError(401, verdict.reason, {
        'WWW-Authenticate': `Bearer error="invalid_token", error_description="${verdict.reason}"`,
      });
    }
    if (verdict.clientId !== member) {
      throw new HttpError(403, 'The application is not a member of the security group.');
    }
  };
}

export interface User {
  readonly username: string;
  readonly password: string;
}

/** Returns a check that throws 401 for a call without the user's name and password (RFC 7617). */
export function byPassword({ username, password }: User): Authorize {
  const known = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return ({ authorization = '' }) => {
    if (/^Basic +(\S+)$/i.exec(authorization)?.[1] === known) return;
    throw new HttpError(401, 'Unauthorized', {
      'WWW-Authenticate': 'Basic realm="Kafka REST", charset="UTF-8"',
    });
  };
}
