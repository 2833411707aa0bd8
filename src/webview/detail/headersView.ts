import { visible } from '../../core/text/visible';
import type { HeaderDetail } from '../../viewer/protocol';
import { button } from '../lib/button';
import { element } from '../lib/dom';
import { counted, words } from '../lib/words';
import { bytesOf } from './payloadView';

/** The headers of a message, as text or as bytes; hidden if there are none. */
export class HeadersView {
  readonly element: HTMLElement;
  readonly #about = element('span', { class: 'about' });
  readonly #list = element('dl', { class: 'headers-list' });
  #headers: readonly HeaderDetail[] = [];
  #asBytes = false;

  constructor() {
    const hex = button({
      label: 'asHex',
      look: 'action',
      onClick: () => {
        this.#asBytes = !this.#asBytes;
        hex.setAttribute('aria-pressed', String(this.#asBytes));
        this.#show();
      },
    });
    hex.setAttribute('aria-pressed', 'false');
    const title = element('h2', { text: words('headers') });
    const modes = element('span', { class: 'modes' }, hex);
    this.element = element(
      'section',
      { class: 'payload headers', hidden: true, aria: { label: words('headers') } },
      element('div', { class: 'payload-head' }, title, this.#about, modes),
      this.#list,
    );
  }

  update(headers: readonly HeaderDetail[]): void {
    this.#headers = headers;
    this.element.hidden = headers.length === 0;
    this.#show();
  }

  #show(): void {
    this.#about.textContent = counted('oneHeader', 'manyHeaders', this.#headers.length);
    this.#list.replaceChildren(...this.#headers.flatMap((header) => this.#row(header)));
  }

  #row({ name, value }: HeaderDetail): readonly HTMLElement[] {
    const text = this.#textOf(value);
    return [
      element('dt', name === '' ? dim(words('empty')) : { text: visible(name) }),
      element(
        'dd',
        text === null ? dim(words('null')) : text === '' ? dim(words('empty')) : { text },
      ),
    ];
  }

  #textOf(value: HeaderDetail['value']): string | null {
    if (value.kind === 'null') return null;
    if (value.kind === 'text' && !this.#asBytes) return visible(value.text, '\n\t');
    return Array.from(bytesOf(value), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
}

function dim(text: string): { readonly class: string; readonly text: string } {
  return { class: 'dim', text };
}
