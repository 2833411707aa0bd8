import type { DetailPane } from './detail/detailPane';
import type { Grid } from './grid/grid';
import type { Toolbar } from './chrome/toolbar';
import type { Split } from './lib/split';

/** The milliseconds between the two clicks of a double click, for most people. */
const DOUBLE_CLICK = 250;

interface MessagePaneParts {
  readonly grid: Grid;
  readonly detail: DetailPane;
  readonly split: Split;
  readonly toolbar: Toolbar;
  /** Saves whether the person wants the pane. */
  readonly keep: (isWanted: boolean) => void;
}

/**
 * Decides when the pane with the whole message is there: while a message is selected, unless the
 * person has closed it. A click on a message brings it back.
 */
export class MessagePane {
  #opening: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly parts: MessagePaneParts,
    private isWanted: boolean,
  ) {}

  /** Shows what is selected now. */
  update(): void {
    const { grid, detail, split, toolbar } = this.parts;
    const shown = this.#isShown;
    split.show(shown);
    toolbar.showDetail(shown);
    if (shown) detail.select(grid.selection.selected.size, grid.single);
  }

  /** Opens the pane, but not before a second click has found the row in its place. */
  openByClick(): void {
    if (!this.#isShown) {
      clearTimeout(this.#opening);
      this.#opening = setTimeout(() => {
        this.#opening = undefined;
        this.update();
      }, DOUBLE_CLICK);
    }
    this.#want(true);
  }

  toggle(): void {
    const { grid } = this.parts;
    this.#want(!this.#isShown);
    if (this.isWanted && grid.selection.selected.size === 0) grid.selectCurrent();
    this.update();
  }

  /** Closes the pane. Returns whether it was there. */
  close(): boolean {
    if (!this.#isShown) return false;
    this.#want(false);
    this.update();
    this.parts.grid.focus();
    return true;
  }

  get #isShown(): boolean {
    const isDue = this.isWanted && this.#opening === undefined;
    return isDue && this.parts.grid.selection.selected.size > 0;
  }

  #want(isWanted: boolean): void {
    this.isWanted = isWanted;
    this.parts.keep(isWanted);
  }
}
