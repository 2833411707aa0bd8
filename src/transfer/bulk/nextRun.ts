import { isTemporary } from '../../core/produce/retryBudget';
import type { BulkOptions } from './bulkOptions';
import type { BulkReport } from './bulkReport';

/** How to go on: with what is left as before, or with what stopped the run set aside. */
export type NextRun = 'rest' | 'setAside';

/**
 * Returns how another run could write more than this one. Returns `undefined` where it would only
 * meet the same refusal again, and where something is unclear, which a person must look at first.
 * `canReadOn` says whether the next run can read what this one did not.
 */
export function nextRun(
  { end, unclear, unsent, unread }: BulkReport<unknown>,
  onBad: BulkOptions<unknown>['onBad'],
  canReadOn: boolean,
): NextRun | undefined {
  const isLeft = unsent > 0 || (unread && canReadOn);
  if (unclear > 0 || !isLeft) return undefined;
  switch (end.kind) {
    case 'cancelled':
    case 'encoding':
      return 'rest';
    case 'item':
      return onBad === 'stop' ? 'setAside' : undefined;
    case 'proxy':
    case 'source':
      return isTemporary(end.error) ? 'rest' : undefined;
    case 'done':
    case 'unclear':
    case 'keep':
      return undefined;
  }
}
