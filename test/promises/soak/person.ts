import { randomFrom } from '../../support/faults/random';
import { must, Violation } from '../must';
import { Cancel } from './cancel';
import { edit, type OpenFile, runBlock } from './editing';
import { copy, exportRange, produceFile } from './moving';
import { createTopic, produce, reopen } from './producing';
import { browse, consume } from './reading';
import { follow, view } from './viewing';
import { BULK, expectFailure, HTTP, type Turn, type World } from './world';
import type { Lateness } from './vitals';

interface Action {
  /** How often it is done, against the others. */
  readonly weight: number;
  /** It has ended then, whatever happens. */
  readonly boundMs: number;
  /** It has ended so long after it was cancelled. */
  readonly cancelMs: number;
  readonly act: (turn: Turn) => Promise<void>;
}

const CANCEL_MS = 100;
const REQUEST_MS = HTTP.requestTimeoutMs ?? 0;
/** What is under way may end, so that its fate is known; then what was not sent is written down. */
const CANCEL_BULK_MS = BULK.graceMs + 400;

/** What a person does. A bound is so many requests, each of which may take its time to fail. */
function actions(file: OpenFile): Readonly<Record<string, Action>> {
  const one = (weight: number, requests: number, act: Action['act'], cancelMs = CANCEL_MS) => ({
    weight,
    boundMs: (requests + 1) * REQUEST_MS,
    cancelMs,
    act,
  });
  return {
    browse: one(20, 5, browse),
    consume: one(14, 12, consume),
    view: one(12, 12, view),
    follow: one(5, 8, follow),
    produce: one(16, 1, produce),
    'run block': one(8, 1, runBlock),
    edit: one(12, 1, (turn) => edit(turn, file)),
    export: one(6, 12, exportRange),
    'produce file': one(5, 12, produceFile, CANCEL_BULK_MS),
    copy: one(4, 12, copy, CANCEL_BULK_MS),
    'create topic': one(0.5, 4, createTopic),
    'change settings': one(1.5, 1, reopen),
  };
}

/** Does one action after the other, each drawn from the seed and its number alone. */
export class Person {
  readonly #actions: Readonly<Record<string, Action>>;
  readonly #underWay = new Set<Promise<void>>();
  /** The first that was seen. */
  violation: string | undefined;
  #alarm: () => void = () => undefined;
  readonly #violated = new Promise<void>((resolve) => {
    this.#alarm = resolve;
  });

  constructor(
    private readonly world: World,
    private readonly seed: number,
    file: OpenFile,
    private readonly lateness: Lateness,
  ) {
    this.#actions = actions(file);
  }

  /** Begins an action. `signal` aborts when there is no more to be done at all. */
  begin(step: number, signal: AbortSignal): void {
    const turn = this.#perform(step, signal).finally(() => this.#underWay.delete(turn));
    this.#underWay.add(turn);
  }

  /** Resolves when fewer than so many actions are under way, or when something is wrong. */
  async fewerThan(count: number): Promise<void> {
    while (this.#underWay.size >= count && this.violation === undefined) {
      await Promise.race([...this.#underWay, this.#violated]);
    }
  }

  async #perform(step: number, day: AbortSignal): Promise<void> {
    const { tally, witness } = this.world;
    const random = randomFrom(this.seed ^ Math.imul(step, 0x9e3779b1));
    const [name, { boundMs, cancelMs, act }] = this.#draw(random());
    const where = `step ${step} (${name})`;
    tally.count('actions', name);
    // Most people wait; the others have had enough at any moment.
    const cancel = random() < 0.2 ? new Cancel(random() ** 2 * 2_000) : undefined;
    const turn: Turn = {
      ...this.world,
      witness: cancel?.apart(witness) ?? witness,
      step,
      random,
      signal: cancel?.signal ?? day,
      answered: () => cancel?.answered(),
    };
    const started = performance.now();
    const late = setTimeout(() => {
      this.violate(where, `has not ended after ${boundMs} ms`);
    }, boundMs);
    try {
      await act(turn);
    } catch (error) {
      this.#judge(where, turn, error);
    }
    clearTimeout(late);
    tally.took(name, performance.now() - started);
    const ms = cancel?.end();
    if (cancel?.at === undefined || ms === undefined) return;
    tally.cancelled++;
    if (cancelMs === CANCEL_MS) tally.cancelMs.push(ms);
    // What keeps the computer from turning the event loop at all is not held against the product.
    if (ms > cancelMs + this.lateness.since(cancel.at)) {
      this.violate(where, `has ended ${ms.toFixed(0)} ms after Cancel`);
    }
  }

  /** What a failed action is: cancelled, a failure that may be, or a violation. */
  #judge(where: string, turn: Turn, error: unknown): void {
    const { aborted, reason } = turn.signal as { aborted: boolean; reason: unknown };
    const isCancel = error === reason || (error instanceof Error && error.name === 'AbortError');
    if (aborted && isCancel) return;
    try {
      expectFailure(turn, error);
    } catch {
      const text = error instanceof Error && !(error instanceof Violation) ? error.stack : '';
      this.violate(where, text || (error instanceof Error ? error.message : String(error)));
    }
  }

  violate(where: string, what: string): void {
    this.violation ??= `${where}: ${what}`;
    this.#alarm();
  }

  #draw(drawn: number): readonly [string, Action] {
    const all = Object.entries(this.#actions);
    let left = drawn * all.reduce((sum, [, { weight }]) => sum + weight, 0);
    const found = all.find(([, { weight }]) => (left -= weight) < 0) ?? all[0];
    must(found !== undefined, 'there is no action');
    return found;
  }
}
