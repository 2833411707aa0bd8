import { choice, type ViewerState } from '../../viewer/protocol';
import type { Announcer } from '../lib/announcer';
import { matchedText, statusWords } from './statusLine';
import { words } from '../lib/words';

/** Tells a screen reader what changed between two states, but not every message. */
export class Narrator {
  #before: ViewerState | undefined;
  /** The view whose rows were last announced. */
  #choice: string | undefined;

  constructor(private readonly announcer: Announcer) {}

  hear(now: ViewerState): void {
    const before = this.#before;
    this.#before = now;
    const { filter, status, problem } = now;
    if (filter.problem && filter.problem.message !== before?.filter.problem?.message) {
      this.announcer.say('problem', words('sayFilterProblem', filter.problem.message));
    }
    if (problem !== null && problem !== before?.problem) this.announcer.say('problem', problem);
    if (before && status !== before.status) {
      const text = words('sayStatus', words(statusWords[status]), matchedText(now));
      this.announcer.say('status', text);
    }
    if (filter.busy || filter.problem) return;
    const shown = choice(now);
    if (before && shown !== this.#choice) this.announcer.say('matches', matchedText(now));
    this.#choice = shown;
  }
}
