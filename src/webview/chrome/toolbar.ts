import type { ToHost, ViewerState, ViewerStatus } from '../../viewer/protocol';
import type { ColumnLayout } from '../../viewer/columns';
import type { FieldColumn } from '../../viewer/fieldColumn';
import { ColumnChooser } from './columnChooser';
import { type Button, button, disable, opens } from '../lib/button';
import { element } from '../lib/dom';
import type { IconName } from '../lib/icons';
import type { StringKey } from '../../viewer/strings';

type Command = Extract<
  ToHost['type'],
  | 'pause'
  | 'resume'
  | 'stop'
  | 'follow'
  | 'clear'
  | 'decodeAs'
  | 'changeRange'
  | 'exportMessages'
  | 'openAsDocument'
>;

interface Tool {
  readonly command: Command;
  /** By default the name of the command. */
  readonly label?: StringKey;
  readonly tip: StringKey;
  readonly icon: IconName;
  /** By default with its label. */
  readonly look?: 'icon';
  /** Whether the button is shown. */
  readonly when: (state: ViewerState) => boolean;
  /** Whether it does nothing now. It stays in its place, so that nothing moves. */
  readonly idle?: (state: ViewerState) => boolean;
}

function among(...statuses: readonly ViewerStatus[]): (state: ViewerState) => boolean {
  return ({ status }) => statuses.includes(status);
}

const isEmpty = ({ counts }: ViewerState) => counts.matched === 0;

const tools: readonly Tool[] = [
  {
    command: 'resume',
    label: 'readMessages',
    tip: 'readMessagesTip',
    icon: 'resume',
    when: among('waiting'),
  },
  // It stands before the others, so that it never takes the place of a button that was clicked.
  {
    command: 'clear',
    tip: 'clearTip',
    icon: 'clearAll',
    when: ({ followed }) => followed,
    idle: ({ counts }) => counts.held === 0,
  },
  { command: 'pause', tip: 'pauseTip', icon: 'pause', when: among('reading', 'following') },
  {
    command: 'resume',
    tip: 'resumeTip',
    icon: 'resume',
    when: among('paused', 'stopped', 'failed'),
  },
  { command: 'stop', tip: 'stopTip', icon: 'stop', when: among('reading', 'following', 'paused') },
  { command: 'follow', tip: 'followTip', icon: 'follow', when: among('done', 'stopped', 'failed') },
  { command: 'decodeAs', tip: 'decodeAsTip', icon: 'decode', look: 'icon', when: () => true },
  { command: 'changeRange', tip: 'changeRangeTip', icon: 'range', when: () => true },
  {
    command: 'exportMessages',
    tip: 'exportMessagesTip',
    icon: 'export',
    when: () => true,
    idle: isEmpty,
  },
  {
    command: 'openAsDocument',
    tip: 'openAsDocumentTip',
    icon: 'document',
    when: () => true,
    idle: isEmpty,
  },
];

interface ToolbarEvents {
  tell(message: ToHost): void;
  layout(layout: ColumnLayout): void;
  toggleDetail(): void;
}

/** The commands of the whole viewer, and the choice of columns. */
export class Toolbar {
  readonly element = element('div', { class: 'tools' });
  readonly #buttons = new Map<Tool, Button>();
  readonly #columns: ColumnChooser;
  readonly #detail: Button;

  constructor(events: ToolbarEvents) {
    for (const tool of tools) {
      const made = button({
        label: tool.label ?? tool.command,
        tip: tool.tip,
        icon: tool.icon,
        look: tool.look ?? 'action',
        onClick: () => {
          events.tell({ type: tool.command });
        },
      });
      made.hidden = true;
      this.#buttons.set(tool, made);
    }
    const chooser = button({
      label: 'columns',
      tip: 'columnsTip',
      icon: 'columns',
      look: 'action',
      onClick: () => undefined,
    });
    this.#columns = new ColumnChooser(events);
    const popover = this.#columns.element;
    opens(chooser, popover);
    this.#detail = button({
      label: 'detail',
      tip: 'detailTip',
      icon: 'detail',
      look: 'icon',
      onClick: () => {
        events.toggleDetail();
      },
    });
    this.element.append(...this.#buttons.values(), chooser, popover, this.#detail);
  }

  /** Shows whether the message pane is open. */
  showDetail(shown: boolean): void {
    this.#detail.setAttribute('aria-pressed', String(shown));
  }

  update(state: ViewerState, layout: ColumnLayout): void {
    const made = [...this.#buttons.values()];
    const focused = made.find((each) => each.matches(':focus'));
    for (const [tool, each] of this.#buttons) {
      each.hidden = !tool.when(state);
      disable(each, tool.idle?.(state) ?? false);
    }
    disable(this.#detail, isEmpty(state));
    // The focus stays in the toolbar when its button disappears: Pause becomes Resume.
    if (focused && (focused.hidden || focused.disabled)) {
      made.find(({ hidden, disabled }) => !hidden && !disabled)?.focus();
    }
    this.#columns.update(state, layout);
  }

  /** Proposes fields for columns. */
  offer(fields: readonly FieldColumn[]): void {
    this.#columns.offer(fields);
  }
}
