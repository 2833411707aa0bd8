import type { FieldColumn } from '../../viewer/fieldColumn';
import type { Action, Detail, Sequence, ToHost } from '../../viewer/protocol';
import { type Button, button } from '../lib/button';
import { element } from '../lib/dom';
import type { IconName } from '../lib/icons';
import { HeadersView } from './headersView';
import { PayloadView } from './payloadView';
import type { PayloadMode, SavedLayout, SavedTrees } from '../lib/savedView';
import type { StringKey } from '../../viewer/strings';
import { formatTime } from '../lib/times';
import { counted, words } from '../lib/words';

/** Milliseconds that a message must be the only one selected before the pane requests it. */
const QUIET = 60;

interface DetailEvents {
  readonly tell: (message: ToHost) => void;
  readonly act: (action: Action) => void;
  readonly close: () => void;
  readonly rowHeight: () => number;
  readonly choose: (part: 'key' | 'value', mode: PayloadMode) => void;
  /** The open nodes of the trees changed. */
  readonly toggled: () => void;
  /** A place in the message is to be a column. */
  readonly asColumn: (field: FieldColumn) => void;
}

interface Tool {
  readonly label: StringKey;
  readonly tip?: StringKey;
  readonly icon: IconName;
  readonly action: Action;
  /** Whether the action works on that number of messages. */
  readonly takes: (selected: number) => boolean;
}

const tools: readonly Tool[] = [
  {
    label: 'openInEditor',
    tip: 'openInEditorTip',
    icon: 'document',
    action: 'openMessage',
    takes: (selected) => selected > 0,
  },
  {
    label: 'compare',
    tip: 'compareTip',
    icon: 'compare',
    action: 'compareMessages',
    takes: (selected) => selected === 2,
  },
  {
    label: 'produceAgain',
    tip: 'produceAgainTip',
    icon: 'produce',
    action: 'produceAgain',
    takes: (selected) => selected > 0,
  },
  { label: 'copyMessage', icon: 'copy', action: 'copyMessage', takes: (selected) => selected > 0 },
];

/** The full selected message, and the actions on it or on all selected messages. */
export class DetailPane {
  readonly element = element('aside', { class: 'detail', aria: { label: words('detail') } });
  readonly #facts = element('dl', { class: 'facts' });
  readonly #hint = element('p', { class: 'hint' });
  readonly #tools: readonly (readonly [Tool, Button])[];
  readonly #headers = new HeadersView();
  readonly #key: PayloadView;
  readonly #value: PayloadView;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #selected = 0;
  /** The message requested last. */
  #sequence: Sequence | undefined;
  #detail: Detail | undefined;
  #timeZone = 'UTC';
  #formats: string | undefined;

  constructor(
    private readonly events: DetailEvents,
    layout: SavedLayout,
    /** The open nodes of the message that the previous webview showed. */
    private savedTrees: SavedTrees | null,
  ) {
    this.#tools = tools.map((tool) => {
      const { label, tip, icon } = tool;
      const onClick = () => {
        events.act(tool.action);
      };
      return [tool, button({ label, ...(tip && { tip }), icon, look: 'action', onClick })];
    });
    const view = (part: 'key' | 'value', mode: PayloadMode) =>
      new PayloadView(
        {
          part,
          rowHeight: events.rowHeight,
          copy: () => {
            events.act(part === 'key' ? 'copyKey' : 'copyValue');
          },
          open: () => {
            events.act('openMessage');
          },
          openSchema: () => {
            const sequence = this.#sequence;
            if (sequence !== undefined) events.tell({ type: 'openSchema', sequence, part });
          },
          choose: (chosen) => {
            events.choose(part, chosen);
          },
          toggled: events.toggled,
          asColumn: events.asColumn,
          only: (leaf) => {
            events.tell({ type: 'only', leaf });
          },
        },
        mode,
      );
    this.#key = view('key', layout.keyMode);
    this.#value = view('value', layout.valueMode);
    const close = button({
      label: 'detailHide',
      icon: 'close',
      look: 'icon',
      onClick: events.close,
    });
    const buttons = this.#tools.map(([, made]) => made);
    const head = element('div', { class: 'detail-head' }, this.#facts, ...buttons, close);
    this.element.append(head, this.#hint, this.#headers.element);
    this.element.append(this.#key.element, this.#value.element);
    this.#show();
  }

  /** Shows what is selected; `single` is the message if exactly one is. */
  select(selected: number, single: Sequence | undefined): void {
    this.#selected = selected;
    clearTimeout(this.#timer);
    if (single === undefined) this.#detail = this.#sequence = undefined;
    else if (single !== this.#sequence) {
      this.#timer = setTimeout(() => {
        this.#sequence = single;
        this.events.tell({ type: 'detail', sequence: single });
      }, QUIET);
      // The old message stays until the new one arrives, but is marked as old.
      if (this.#detail) return;
    }
    this.#show();
  }

  /** Which nodes of the trees are open. */
  get trees(): SavedTrees | null {
    const detail = this.#detail;
    if (!detail) return this.savedTrees;
    const { partition, offset } = detail;
    return { partition, offset, key: this.#key.opened, value: this.#value.opened };
  }

  /** Shows a response from the host. */
  take(sequence: Sequence, detail: Detail | null): void {
    if (sequence !== this.#sequence) return;
    this.#detail = detail ?? undefined;
    this.#show(detail === null);
  }

  /** Requests the message again if it is decoded in other formats. */
  setFormats(formats: string): void {
    const isOther = this.#formats !== undefined && formats !== this.#formats;
    this.#formats = formats;
    const sequence = this.#sequence;
    if (isOther && sequence !== undefined) this.events.tell({ type: 'detail', sequence });
  }

  setTimeZone(timeZone: string): void {
    if (timeZone === this.#timeZone) return;
    this.#timeZone = timeZone;
    this.#show();
  }

  #show(gone = false): void {
    const detail = this.#detail;
    for (const [{ takes }, made] of this.#tools) made.hidden = !takes(this.#selected);
    this.#hint.textContent = gone ? words('detailGone') : words('selectedMany', this.#selected);
    const waiting = this.#selected <= 1 && !gone;
    this.#hint.hidden = detail !== undefined || waiting;
    for (const part of [this.#facts, this.#key.element, this.#value.element]) {
      part.hidden = detail === undefined;
    }
    this.#headers.update(detail?.headers ?? []);
    if (!detail) return;
    this.#facts.replaceChildren(...this.#factsOf(detail));
    const saved = this.savedTrees;
    const isSaved = saved?.partition === detail.partition && saved.offset === detail.offset;
    this.savedTrees = null;
    this.#key.update(detail.key, isSaved ? saved.key : undefined);
    this.#value.update(detail.value, isSaved ? saved.value : undefined);
    this.events.toggled();
  }

  #factsOf({ partition, offset, timestamp, size }: Detail): readonly HTMLElement[] {
    const time = timestamp === null ? words('noTimestamp') : formatTime(timestamp, this.#timeZone);
    const facts: readonly (readonly [StringKey, string])[] = [
      ['partition', String(partition)],
      ['offset', offset],
      ['timestamp', time],
      ['size', counted('oneByte', 'manyBytes', size)],
    ];
    return facts.map(([key, text]) =>
      element('div', { class: key }, element('dt', { text: words(key) }), element('dd', { text })),
    );
  }
}
