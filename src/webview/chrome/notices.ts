import type { ViewerState } from '../../viewer/protocol';
import { button } from '../lib/button';
import { element } from '../lib/dom';
import { icon } from '../lib/icons';

/** The problem that ended the read, and the notices about it, above the table. */
export class Notices {
  readonly element = element('div', { class: 'notices' });
  #shown = '';
  #dismissed = '';

  update({ problem, notices }: ViewerState): void {
    const key = JSON.stringify([problem, notices]);
    if (key === this.#shown) return;
    this.#shown = key;
    const lines = key === this.#dismissed ? [] : this.#lines(problem, notices);
    this.element.replaceChildren(...lines);
    this.element.hidden = lines.length === 0;
  }

  #lines(problem: string | null, notices: readonly string[]): readonly HTMLElement[] {
    const line = (kind: 'error' | 'info', text: string) =>
      element('div', { class: `notice ${kind}` }, icon(kind), element('span', { text }));
    const lines = notices.map((text) => line('info', text));
    if (problem !== null) lines.unshift(line('error', problem));
    const [first] = lines;
    first?.append(
      button({
        label: 'dismiss',
        icon: 'close',
        look: 'icon',
        onClick: () => {
          this.#dismissed = this.#shown;
          this.element.hidden = true;
        },
      }),
    );
    return lines;
  }
}
