import type { Sort } from '../../viewer/columns';
import { choice, type ViewerState } from '../../viewer/protocol';

/** The end of the table at which new messages arrive. */
type Edge = 'start' | 'end';

/** Returns where new messages arrive in this order; `undefined`: anywhere. */
function edgeOf(sort: Sort | null): Edge | undefined {
  if (!sort) return 'end';
  if (sort.column !== 'timestamp') return undefined;
  return sort.descending ? 'start' : 'end';
}

function isLive({ status }: ViewerState): boolean {
  return status === 'reading' || status === 'following' || status === 'paused';
}

/**
 * Whether the table stays where new messages arrive, and how many have arrived elsewhere. It stays
 * there from the beginning if the newest messages are of interest, and until a person goes away.
 */
export class Tail {
  #state: ViewerState | undefined;
  #sticks: boolean;
  /** The value of `arrived` when the newest messages were last in sight. */
  #seen = 0;
  /** Whether other messages are about to be shown, so that a new count says nothing. */
  #isOther = false;

  /** `restored`: whether the previous webview was at the end; `undefined`: there was none. */
  constructor(private readonly restored: boolean | undefined) {
    this.#sticks = restored ?? false;
  }

  /** The end of the table that must stay in sight. */
  get edge(): Edge | undefined {
    return this.#sticks && this.#state ? edgeOf(this.#state.sort) : undefined;
  }

  /** Whether messages may arrive, or have the only place that they will have. */
  get isLive(): boolean {
    return this.#state !== undefined && isLive(this.#state);
  }

  /** How many messages have arrived out of sight while following. */
  get fresh(): number {
    const { followed = false, arrived = 0 } = this.#state ?? {};
    return followed && !this.#sticks ? Math.max(0, arrived - this.#seen) : 0;
  }

  /** Takes a new state. Returns whether the table must go to the edge now. */
  update(state: ViewerState): boolean {
    const before = this.#state;
    this.#state = state;
    const wasSticking = this.#sticks;
    if (!before) {
      if (this.restored === undefined) this.#sticks = state.latest || state.status === 'following';
      else this.#sticks &&= state.latest || isLive(state);
    } else if (isFollowBegun(before, state) || isEmptied(before, state)) this.#sticks = true;
    else if (!isSameSort(before.sort, state.sort)) {
      this.#sticks = isLive(state) && (!state.sort || edgeOf(state.sort) === 'start');
    }
    if (!before || choice(before) !== choice(state) || !isSameSort(before.sort, state.sort)) {
      this.#isOther = true;
    }
    if (this.#sticks || this.#isOther) this.#seen = state.arrived;
    if (!state.filter.busy) this.#isOther = false;
    return this.#sticks && !wasSticking;
  }

  /** The newest messages are in sight. */
  saw(): void {
    this.#seen = this.#state?.arrived ?? 0;
  }

  /** Stays at the edge from now on. */
  stick(): void {
    this.#sticks = true;
    this.saw();
  }

  /** The person has scrolled by so many pixels, and perhaps to an end. */
  scrolled(pixels: number, isAt: (edge: Edge) => boolean): void {
    const edge = this.#state && edgeOf(this.#state.sort);
    const isAway = edge === 'start' ? pixels > 0 : pixels < 0;
    if (isAway) this.#sticks = false;
    else if (edge && this.isLive && isAt(edge)) this.stick();
  }

  /** The person has gone to a row. */
  went(row: number, count: number): void {
    const edge = this.#state && edgeOf(this.#state.sort);
    if (row !== (edge === 'start' ? 0 : count - 1)) this.#sticks = false;
    else if (edge && this.isLive) this.stick();
  }

  /** Whether the newest messages are in sight, given the ends that are. */
  sees(isAt: (edge: Edge) => boolean): boolean {
    const edge = this.#state && edgeOf(this.#state.sort);
    return edge ? isAt(edge) : isAt('start') && isAt('end');
  }
}

function isFollowBegun(before: ViewerState, { status }: ViewerState): boolean {
  return status === 'following' && before.status !== 'following' && before.status !== 'paused';
}

function isEmptied(before: ViewerState, { counts, followed }: ViewerState): boolean {
  return followed && counts.held === 0 && before.counts.held > 0;
}

export function isSameSort(a: Sort | null, b: Sort | null): boolean {
  return a?.column === b?.column && a?.descending === b?.descending;
}
