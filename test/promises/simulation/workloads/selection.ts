import {
  canSendRest,
  produceAll,
  type RecordGroup,
  restOf,
} from '../../../../src/core/produce/produceAll';
import { checkedFor } from '../../../support/checked';
import { must } from '../../must';
import { between } from '../../../support/faults/random';
import { smaller } from './file';
import { checkOrder, checkStops } from './order';
import { expected, newRecords, perhapsCancelled, type Scene } from './scene';

/** How long a selection may take that was cancelled, in milliseconds. */
const CANCEL_MS = 100;

/** Produces what is selected, and what is left of it, as a person would. */
export async function produceSelection(scene: Scene, topic: string): Promise<void> {
  const { ledger } = scene;
  const step = scene.number();
  let given = newRecords(scene, `selection${step}`, between(scene, 1, 30), { refused: 0.01 });
  const all = given;
  const proxy = smaller(scene);
  let checked = checkedFor(
    proxy,
    given.map(({ record }) => record),
  );
  const outOfOrder = new Set<string>();
  for (let round = 1; round <= 6; round++) {
    const what = `selection ${step}, round ${round}`;
    const { signal, sinceMs } = perhapsCancelled(scene, 0.3, what);
    const outcome = await produceAll(proxy, topic, checked, { signal });
    must(sinceMs() <= CANCEL_MS, `${what}: ended ${sinceMs()} ms after it was cancelled`);
    const sent = given;
    const idsOf = ({ ranges }: RecordGroup): readonly string[] =>
      ranges.flatMap(({ start, end }) => sent.slice(start, end).map(({ id }) => id));
    const { accepted, unclear, refused, unsent, error } = outcome;
    const total = accepted.count + unclear.count + refused.count + unsent.count;
    must(total === given.length, `${what}: of ${given.length} records ${total} have a fate`);
    scene.trace(
      `${what}: ${accepted.count} accepted, ${unclear.count} unclear, ${refused.count} refused, ` +
        `${unsent.count} unsent`,
    );
    if (error) expected(scene, what, error);
    const failed = [...idsOf(refused), ...idsOf(unsent)];
    ledger.report({ step, topic, accepted: idsOf(accepted), unclear: idsOf(unclear), failed });
    checkStops(given, { accepted: new Set(idsOf(accepted)), refused: new Set(idsOf(refused)) });
    for (const id of [...idsOf(unclear), ...idsOf(refused)]) outOfOrder.add(id);
    if (!canSendRest(outcome)) break;
    checked = restOf(checked, outcome);
    const left = new Set(failed);
    given = given.filter(({ id }) => left.has(id));
    await scene.time.wait(between(scene, 0, 5_000));
  }
  checkOrder(
    scene,
    topic,
    all.filter(({ id }) => !outOfOrder.has(id)),
  );
}
