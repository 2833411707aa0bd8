import type { Action, Sequence, ToHost, ToWebview, ViewerState } from '../viewer/protocol';
import { Announcer } from './lib/announcer';
import { ChosenColumns } from './chosenColumns';
import { ClusterMarks } from './chrome/clusterMarks';
import { element } from './lib/dom';
import { DetailPane } from './detail/detailPane';
import { EmptyState } from './chrome/emptyState';
import { FilterField } from './chrome/filterField';
import { FreshButton } from './chrome/freshButton';
import { Grid } from './grid/grid';
import { MAX_SELECTED } from './grid/gridSelection';
import { Pointing } from './grid/pointing';
import { HistogramPane } from './histogram/histogram';
import type { Host } from './host';
import { MessagePane } from './messagePane';
import { Narrator } from './chrome/narrator';
import { Notices } from './chrome/notices';
import { defaultLayout, type SavedLayout } from './lib/savedView';
import { listenToShortcuts } from './lib/shortcuts';
import { Split } from './lib/split';
import { StatusLine } from './chrome/statusLine';
import { Toolbar } from './chrome/toolbar';
import { words } from './lib/words';

/** The whole webview: its parts, and the messages between them and the host. */
export class Viewer {
  readonly element: HTMLElement;
  readonly #announcer = new Announcer();
  readonly #narrator = new Narrator(this.#announcer);
  readonly #filter: FilterField;
  readonly #toolbar: Toolbar;
  readonly #marks = new ClusterMarks();
  readonly #notices: Notices;
  readonly #grid: Grid;
  readonly #pointing: Pointing;
  readonly #empty: EmptyState;
  readonly #fresh: FreshButton;
  readonly #status: StatusLine;
  readonly #histogram: HistogramPane;
  readonly #detail: DetailPane;
  readonly #split: Split;
  readonly #pane: MessagePane;
  #layout: SavedLayout;
  #state: ViewerState | undefined;
  /** The selection that was last sent to the host. */
  #told: readonly Sequence[] = [];
  /** The description of the selection. */
  #selection = '';
  readonly #columns: ChosenColumns;

  constructor(private readonly host: Host) {
    const { saved } = host;
    this.#layout = saved?.layout ?? defaultLayout;
    const tell = (message: ToHost) => {
      host.tell(message);
    };
    this.#columns = new ChosenColumns(tell, () => {
      this.#update();
    });
    this.#status = new StatusLine(tell);
    const layout = this.#columns.choose.bind(this.#columns);
    const act = this.#act.bind(this);
    this.#filter = new FilterField(
      tell,
      () => {
        this.#grid.focus();
      },
      (sentence) => {
        this.#announcer.say('completions', sentence);
      },
    );
    this.#toolbar = new Toolbar({
      tell,
      layout,
      toggleDetail: () => {
        this.#pane.toggle();
      },
    });
    this.#notices = new Notices(tell);
    this.#fresh = new FreshButton(
      () => {
        this.#grid.showNewest();
      },
      (sentence) => {
        this.#announcer.say('fresh', sentence);
      },
    );
    this.#empty = new EmptyState({
      tell,
      clearFilter: () => {
        this.#filter.clear();
        this.#filter.focus();
      },
      applyFilter: (text) => {
        this.#filter.apply(text);
        this.#filter.focus();
      },
    });
    this.#grid = new Grid(
      {
        tell,
        layout,
        act,
        picked: () => {
          this.#pane.openByClick();
        },
        selected: (limited) => {
          this.#selected(limited);
        },
        fresh: (count) => {
          this.#fresh.update(count);
        },
        changed: () => {
          this.#save();
        },
      },
      saved?.table ?? undefined,
    );
    this.#pointing = new Pointing(this.#grid, tell, Boolean(saved?.table));
    this.#histogram = new HistogramPane(
      {
        select: (span) => {
          tell({ type: 'span', span });
        },
        open: (histogram) => {
          this.#keep({ histogram });
        },
      },
      this.#layout.histogram,
    );
    this.#detail = new DetailPane(
      {
        tell,
        act,
        close: () => {
          this.#pane.close();
        },
        rowHeight: () => this.#grid.rowHeight,
        choose: (part, mode) => {
          this.#keep(part === 'key' ? { keyMode: mode } : { valueMode: mode });
        },
        toggled: () => {
          this.#save();
        },
        asColumn: (field) => {
          this.#columns.add(field);
        },
      },
      this.#layout,
      saved?.trees ?? null,
    );
    const top = element('div', { class: 'top' }, this.#filter.element, this.#toolbar.element);
    const table = element(
      'div',
      { class: 'table' },
      this.#grid.element,
      this.#empty.element,
      this.#fresh.element,
    );
    this.#split = new Split(table, this.#detail.element, this.#layout, (shares) => {
      this.#keep(shares);
    });
    this.element = element(
      'main',
      { class: 'viewer' },
      element('h1', { class: 'unseen', text: words('messages') }),
      this.#marks.element,
      top,
      this.#notices.element,
      this.#histogram.element,
      this.#split.element,
      this.#status.element,
      this.#announcer.element,
    );
    this.#pane = new MessagePane(
      {
        grid: this.#grid,
        detail: this.#detail,
        split: this.#split,
        toolbar: this.#toolbar,
        keep: (detail) => {
          this.#keep({ detail });
        },
      },
      this.#layout.detail,
    );
    this.#pane.update();
    this.#split.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (this.#pane.close()) event.preventDefault();
    });
    listenToShortcuts(() => {
      this.#filter.focus();
    });
  }

  take(message: ToWebview): void {
    switch (message.type) {
      case 'state': {
        const { definition } = this.#state ?? {};
        this.#narrator.hear(message.state);
        this.#state = message.state;
        this.#columns.begin(message.state.columns);
        this.#update();
        // Saved at once, so that the filter survives an immediate reload of the window.
        if (message.state.definition !== definition) this.#save(true);
        break;
      }
      case 'rows':
      case 'located':
        this.#grid.take(message);
        if (message.type === 'located') this.#pointing.located(message);
        break;
      case 'detail':
        this.#detail.take(message.sequence, message.detail);
        break;
      case 'completion':
        this.#filter.complete(message);
        break;
      case 'fields':
        this.#toolbar.offer(message.fields);
        break;
      case 'addField':
        this.#columns.add(message.field);
        break;
      case 'marks':
        this.#marks.show(message.marks);
        break;
      case 'focusFilter':
        // If the person types there already, the text must not be selected.
        if (!this.#filter.hasFocus) this.#filter.focus();
        break;
    }
  }

  #update(): void {
    const state = this.#state;
    if (!state) return;
    const { layout: columns } = this.#columns;
    this.#filter.update(state);
    this.#toolbar.update(state, columns);
    this.#notices.update(state);
    this.#grid.update(state, columns);
    this.#pointing.update(state);
    this.#empty.update(state);
    this.#histogram.update(state);
    this.#detail.setTimeZone(state.timeZone);
    this.#detail.setFormats(state.formats);
    this.#status.update(state, this.#selection);
  }

  #selected(limited: boolean): void {
    const { selected } = this.#grid.selection;
    const sequences = [...selected];
    if (sequences.join() !== this.#told.join()) this.host.tell({ type: 'selection', sequences });
    this.#told = sequences;
    this.#pane.update();
    this.#selection = limited
      ? words('selectedLimited', MAX_SELECTED)
      : selected.size > 1
        ? words('selectedMany', selected.size)
        : '';
    if (this.#selection !== '') this.#announcer.say('selection', this.#selection);
    if (this.#state) this.#status.update(this.#state, this.#selection);
  }

  /** Saves how the parts are shown. */
  #keep(layout: Partial<SavedLayout>): void {
    this.#layout = { ...this.#layout, ...layout };
    this.#save();
  }

  /** Puts the keyboard into the table, unless it is somewhere in this page. */
  enter(): void {
    if (document.activeElement === document.body) this.#grid.focus();
  }

  /** Applies the colours and fonts of the theme. */
  restyle(): void {
    this.#grid.measure(parseFloat(getComputedStyle(document.body).fontSize));
    this.#histogram.repaint();
  }

  #act(action: Action): void {
    const { selected, sequence } = this.#grid.selection;
    const current = sequence === undefined ? [] : [sequence];
    const sequences = selected.size > 0 ? [...selected] : current;
    if (sequences.length > 0) this.host.tell({ type: 'action', action, sequences });
  }

  #save(now = false): void {
    const view = () => ({
      definition: this.#state?.definition ?? '',
      table: this.#grid.saved ?? null,
      layout: this.#layout,
      trees: this.#detail.trees,
    });
    this.host.save(view, now);
  }
}
