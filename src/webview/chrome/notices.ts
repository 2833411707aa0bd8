import type { ToHost, ViewerState } from '../../viewer/protocol';
import { button, relabel } from '../lib/button';
import { element } from '../lib/dom';
import { icon } from '../lib/icons';

/** The problem that ended the read with what may help, and the notices about it. */
export class Notices {
  readonly element = element('div', { class: 'notices' });
  #shown = '';
  #dismissed = '';

  constructor(private readonly tell: (message: ToHost) => void) {}

  update({ problem, remedies, notices }: ViewerState): void {
    const key = JSON.stringify([problem, remedies, notices]);
    if (key === this.#shown) return;
    this.#shown = key;
    const lines = notices.map((text) => line('info', text));
    if (problem !== null) lines.unshift(line('error', problem, this.#steps(remedies)));
    const [first] = lines;
    first?.append(this.#dismiss());
    this.element.replaceChildren(...(key === this.#dismissed ? [] : lines));
    this.element.hidden = lines.length === 0 || key === this.#dismissed;
  }

  #steps(remedies: readonly string[]): readonly HTMLElement[] {
    const again = button({
      label: 'tryAgain',
      look: 'secondary',
      onClick: () => {
        this.tell({ type: 'resume' });
      },
    });
    const others = remedies.map((title, index) => {
      const onClick = () => {
        this.tell({ type: 'remedy', index });
      };
      const made = button({ label: 'tryAgain', look: 'secondary', onClick });
      relabel(made, title);
      return made;
    });
    return [again, ...others];
  }

  #dismiss(): HTMLElement {
    return button({
      label: 'dismiss',
      icon: 'close',
      look: 'icon',
      onClick: () => {
        this.#dismissed = this.#shown;
        this.element.hidden = true;
      },
    });
  }
}

function line(
  kind: 'error' | 'info',
  text: string,
  steps: readonly HTMLElement[] = [],
): HTMLElement {
  return element(
    'div',
    { class: `notice ${kind}` },
    icon(kind),
    element('span', { text }),
    ...steps,
  );
}
