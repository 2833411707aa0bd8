import type { Authorizer } from '../../core/http/client';

/**
 * Returns an authorizer that `load` makes at the first sign-in, so that the code of a way to sign
 * in is loaded only where a cluster signs in that way. If that fails, the next sign-in tries again.
 */
export function onFirstUse(
  kind: string,
  origin: string,
  load: () => Promise<Authorizer>,
): Authorizer {
  let loaded: Promise<Authorizer> | undefined;
  const again = (error: unknown) => {
    loaded = undefined;
    throw error;
  };
  return {
    kind,
    origin,
    credentials: async (signal) => {
      const authorizer = await (loaded ??= load().catch(again));
      return authorizer.credentials(signal);
    },
  };
}
