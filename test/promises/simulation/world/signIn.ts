import {
  bearer,
  cachedTokens,
  renewalBefore,
  type TokenSource,
} from '../../../../src/auth/base/bearer';
import { KafkaError } from '../../../../src/core/errors';
import type { Authorizer } from '../../../../src/core/http/client';
import { between, type Drawing, pick } from '../../../support/faults/random';
import type { VirtualTime } from './time';

export interface SignInOptions extends Drawing {
  readonly time: VirtualTime;
  /** Whether the service that issues the tokens may fail now. */
  readonly mayFail: () => boolean;
  readonly trace: (line: string) => void;
}

/** A service that issues tokens of a short life, and the proxy that takes them. */
export class SimulatedSignIn {
  /** Until when the proxy takes each token, in epoch milliseconds. */
  readonly #ends = new Map<string, number>();
  readonly #lifeMs: number;
  /** The part of its life after which the proxy no longer takes a token: its clock may be wrong. */
  readonly #share: number;

  constructor(private readonly options: SignInOptions) {
    // To Karapace, a consumer instance belongs to the token that it was created with, so a stretch of
    // a read must fit into the life of one.
    this.#lifeMs = pick(options, [30_000, 60_000, 300_000]);
    this.#share = pick(options, [1, 1, 0.5]);
  }

  authorizer(origin: string): Authorizer {
    const source: TokenSource = cachedTokens(async () => {
      const { time, random, mayFail, trace } = this.options;
      await time.wait(between(this.options, 1, 300));
      if (mayFail() && random() < 0.2) {
        trace('no token');
        throw new KafkaError(pick(this.options, ['connection', 'timeout', 'sign-in-failed']));
      }
      const value = `token-${this.#ends.size}`;
      const now = Date.now();
      this.#ends.set(value, now + this.#lifeMs * this.#share);
      trace(value);
      return { value, renewAt: renewalBefore(now + this.#lifeMs) };
    });
    return bearer('oauth', origin, source);
  }

  /** Returns whether the proxy takes the credentials of a request. */
  takes(authorization = ''): boolean {
    const end = this.#ends.get(authorization.replace('Bearer ', '')) ?? 0;
    return Date.now() < end;
  }
}
