import type { FieldColumn } from '../../viewer/fieldColumn';
import type { JsonLeaf, PayloadDetail } from '../../viewer/protocol';
import { type Button, button } from '../lib/button';
import { element } from '../lib/dom';
import { hexView } from './hexView';
import { JsonTree } from './jsonTree';
import { JsonView } from './jsonView';
import { type PayloadMode, payloadModes } from '../lib/savedView';
import type { StringKey } from '../../viewer/strings';
import { textView } from './textView';
import { counted, words } from '../lib/words';
import { decodingLine, problems } from './decodingLine';

interface PayloadEvents {
  readonly part: 'key' | 'value';
  readonly rowHeight: () => number;
  readonly copy: () => void;
  readonly open: () => void;
  readonly openSchema: () => void;
  /** The person chose this way to show it. */
  readonly choose: (mode: PayloadMode) => void;
  /** Nodes of the tree were opened or closed. */
  readonly toggled: () => void;
  /** Only messages with the same in this place of the tree are to be shown. */
  readonly only: (leaf: JsonLeaf) => void;
  /** A place of the tree is to be a column. */
  readonly asColumn: (field: FieldColumn) => void;
}

const modeLabels = { json: 'asJson', text: 'asText', hex: 'asHex' } as const;

/** The key or value of a message: as a JSON tree, as text, or as bytes. */
export class PayloadView {
  readonly element: HTMLElement;
  readonly #about = element('span', { class: 'about' });
  readonly #modes: ReadonlyMap<PayloadMode, Button>;
  readonly #tools: readonly Button[];
  readonly #content = element('div', { class: 'payload-content' });
  readonly #label: string;
  #payload: PayloadDetail = { kind: 'null' };
  #tree: JsonTree | undefined;

  constructor(
    private readonly events: PayloadEvents,
    private mode: PayloadMode,
  ) {
    const { part } = events;
    this.#label = words(part);
    this.#modes = new Map(
      payloadModes.map((each) => [
        each,
        button({
          label: modeLabels[each],
          look: 'action',
          onClick: () => {
            this.mode = each;
            events.choose(each);
            this.#show();
          },
        }),
      ]),
    );
    const copy = button({
      label: part === 'key' ? 'copyKey' : 'copyValue',
      icon: 'copy',
      look: 'icon',
      onClick: events.copy,
    });
    this.#tools = [this.#treeButton('expandAll'), this.#treeButton('collapseAll'), copy];
    const modes = element(
      'span',
      { class: 'modes', role: 'group', aria: { label: words('viewOf', this.#label) } },
      ...this.#modes.values(),
    );
    const title = element('h2', { text: this.#label });
    const head = element(
      'div',
      { class: 'payload-head' },
      title,
      this.#about,
      modes,
      ...this.#tools,
    );
    this.element = element(
      'section',
      { class: `payload ${part}`, aria: { label: this.#label } },
      head,
      this.#content,
    );
  }

  /** The open nodes of the tree; see `JsonTree`. */
  get opened(): readonly number[] {
    return this.#tree?.opened ?? [];
  }

  /** Shows a payload, with these nodes of its tree open if they are given. */
  update(payload: PayloadDetail, opened?: readonly number[]): void {
    this.#payload = payload;
    this.#tree = payload.kind === 'text' ? JsonTree.of(payload.text) : undefined;
    if (opened) this.#tree?.reopen(opened);
    this.#show();
  }

  #treeButton(label: 'expandAll' | 'collapseAll'): Button {
    return button({
      label,
      icon: label === 'expandAll' ? 'expand' : 'collapse',
      look: 'icon',
      onClick: () => {
        if (label === 'expandAll') this.#tree?.openAll();
        else this.#tree?.closeAll();
        this.#view?.update();
        this.events.toggled();
      },
    });
  }

  #view: JsonView | undefined;

  #show(): void {
    const payload = this.#payload;
    const modes = this.#possible();
    const mode = modes.includes(this.mode) ? this.mode : modes[0];
    for (const [name, made] of this.#modes) {
      made.hidden = !modes.includes(name) || modes.length < 2;
      made.setAttribute('aria-pressed', String(name === mode));
    }
    const [expand, collapse, copy] = this.#tools;
    if (expand && collapse) expand.hidden = collapse.hidden = mode !== 'json' || !this.#nested;
    if (copy) copy.hidden = payload.kind === 'null';
    const bytes = payload.kind === 'null' ? '' : counted('oneByte', 'manyBytes', payload.bytes);
    this.#about.textContent = payload.kind === 'bytes' ? `${words('notUtf8')}, ${bytes}` : bytes;
    this.#content.replaceChildren(
      ...decodingLine(payload, this.events.openSchema),
      ...problems(payload),
      ...this.#cut(),
      this.#contentIn(mode),
    );
  }

  #possible(): readonly PayloadMode[] {
    const payload = this.#payload;
    if (payload.kind === 'null') return [];
    if (payload.kind === 'bytes') return ['hex'];
    if (payload.text === '') return payload.raw ? ['text', 'hex'] : ['text'];
    return this.#tree ? payloadModes : ['text', 'hex'];
  }

  get #nested(): boolean {
    return (this.#tree?.rows.length ?? 0) > 1;
  }

  #contentIn(mode: PayloadMode | undefined): HTMLElement {
    const payload = this.#payload;
    const { rowHeight, part } = this.events;
    this.#view = undefined;
    if (payload.kind === 'null') {
      return hint(part === 'key' ? 'nullKey' : 'nullValue');
    }
    if (mode === 'text' && payload.kind === 'text' && payload.text === '') {
      return hint(payload.raw ? 'hiddenText' : 'emptyText');
    }
    if (mode === 'json' && this.#tree) {
      this.#view = new JsonView(
        this.#tree,
        words('jsonTree', this.#label),
        part,
        rowHeight,
        this.events,
      );
      return this.#view.element;
    }
    if (mode === 'hex') return hexView(bytesOf(payload), words('hexDump', this.#label), rowHeight);
    return textView(payload.kind === 'text' ? payload.text : '', this.#label);
  }

  /** Returns a note if only a part of the payload is here. */
  #cut(): readonly HTMLElement[] {
    const payload = this.#payload;
    if (payload.kind === 'null') return [];
    const here = bytesOf(payload).length;
    if (here >= payload.bytes) return [];
    const all = button({ label: 'openWhole', look: 'secondary', onClick: this.events.open });
    return [element('div', { class: 'note' }, words('cut', here, payload.bytes), all)];
  }
}

function hint(key: StringKey): HTMLElement {
  return element('p', { class: 'hint', text: words(key) });
}

/** Returns the bytes of a payload, as far as they are here. */
export function bytesOf(payload: Exclude<PayloadDetail, { kind: 'null' }>): Uint8Array {
  if (payload.kind === 'bytes') return fromBase64(payload.base64);
  return payload.raw === null ? new TextEncoder().encode(payload.text) : fromBase64(payload.raw);
}

function fromBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
