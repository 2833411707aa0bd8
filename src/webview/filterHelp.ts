import { element } from './dom';
import type { StringKey } from './strings';
import { words } from './words';

/** What can be written into the filter, by example. */
const examples: readonly (readonly [example: string, meaning: StringKey])[] = [
  ['order', 'helpText'],
  ['"order 17"', 'helpPhrase'],
  ['/ord(er)?-\\d+/i', 'helpRegex'],
  ['key:alice  value:refund', 'helpField'],
  ['partition:0  offset:>=100  size:>1000', 'helpNumbers'],
  ['time:>=2026-11-22T14:00', 'helpTime'],
  ['$.user.id == 5', 'helpPath'],
  ['a or (b and not c)', 'helpCombine'],
];

/** The content of the popover that explains the filter. */
export function filterHelp(): HTMLElement {
  const list = element('dl', { class: 'help' });
  for (const [example, meaning] of examples) {
    list.append(
      element('dt', {}, element('code', { text: example })),
      element('dd', { text: words(meaning) }),
    );
  }
  return element(
    'div',
    { class: 'popover', role: 'dialog', aria: { label: words('filterHelp') } },
    list,
  );
}
