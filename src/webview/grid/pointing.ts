import type { Sequence, ToHost, ToWebview, ViewerState } from '../../viewer/protocol';
import type { Grid } from './grid';

/** Selects the message of a link once it is in the table. After that, the person selects. */
export class Pointing {
  #sought: Sequence | undefined;

  /** `isDone`: a webview before this one has selected it. */
  constructor(
    private readonly grid: Pick<Grid, 'goTo'>,
    private readonly tell: (message: ToHost) => void,
    private isDone: boolean,
  ) {}

  update({ pointed: sequence }: Pick<ViewerState, 'pointed'>): void {
    if (sequence === null || this.isDone || this.#sought !== undefined) return;
    this.#sought = sequence;
    this.tell({ type: 'locate', sequence });
  }

  located({ sequence, row }: Extract<ToWebview, { type: 'located' }>): void {
    if (this.isDone || sequence !== this.#sought) return;
    this.#sought = undefined;
    if (row === null) return;
    this.isDone = true;
    this.grid.goTo(sequence, row);
  }
}
