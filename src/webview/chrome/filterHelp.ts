import { element } from '../lib/dom';
import { filterExamples } from './filterExamples';
import { words } from '../lib/words';

/** The content of the popover that explains the filter. */
export function filterHelp(): HTMLElement {
  const list = element('dl', { class: 'help' });
  for (const [example, meaning] of filterExamples) {
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
