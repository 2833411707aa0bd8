import { element } from '../lib/dom';
import { filterExamples } from './filterExamples';
import { words } from '../lib/words';

/** The content of the popover that explains the filter. A click on an example tries it. */
export function filterHelp(attempt: (example: string) => void): HTMLElement {
  const popover = element('div', {
    class: 'popover',
    role: 'dialog',
    aria: { label: words('filterHelp') },
  });
  const list = element('dl', { class: 'help' });
  for (const [example, meaning] of filterExamples) {
    const button = element('button', { class: 'link', title: words('tryExample') });
    button.type = 'button';
    button.append(element('code', { text: example }));
    button.addEventListener('click', () => {
      popover.hidePopover();
      attempt(example);
    });
    list.append(element('dt', {}, button), element('dd', { text: words(meaning) }));
  }
  popover.append(list);
  return popover;
}
