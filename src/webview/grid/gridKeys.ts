import { commandKey } from '../lib/dom';

/** The effect of a key in the table. */
type GridCommand =
  | { readonly kind: 'row'; readonly row: number; readonly extend: boolean }
  | { readonly kind: 'column'; readonly by: number }
  | { readonly kind: 'head' | 'toggle' | 'all' | 'open' | 'only' | 'copy' };

/**
 * Returns the effect of a key in a table of `count` rows, `page` of them visible, whose current row
 * is `row`. If there is none yet, the arrows go to `start`. Returns `undefined` for other keys.
 */
export function gridKey(
  event: KeyboardEvent,
  row: number | undefined,
  count: number,
  page: number,
  start: number,
): GridCommand | undefined {
  const command = commandKey(event);
  const go = (to: number): GridCommand => ({
    kind: 'row',
    row: Math.min(Math.max(to, 0), count - 1),
    extend: event.shiftKey,
  });
  switch (event.key) {
    case 'ArrowUp':
      return row === 0 && !event.shiftKey ? { kind: 'head' } : go((row ?? start + 1) - 1);
    case 'ArrowDown':
      return go((row ?? start - 1) + 1);
    case 'PageUp':
      return go((row ?? start) - page);
    case 'PageDown':
      return go((row ?? start) + page);
    case 'ArrowLeft':
      return { kind: 'column', by: -1 };
    case 'ArrowRight':
      return { kind: 'column', by: 1 };
    case 'Home':
      return command ? go(0) : { kind: 'column', by: -Infinity };
    case 'End':
      return command ? go(count - 1) : { kind: 'column', by: Infinity };
    case ' ':
      return { kind: 'toggle' };
    case 'Enter':
      return { kind: event.altKey ? 'only' : 'open' };
    case 'a':
    case 'A':
      return command ? { kind: 'all' } : undefined;
    case 'c':
    case 'C':
      return command ? { kind: 'copy' } : undefined;
    default:
      return undefined;
  }
}
