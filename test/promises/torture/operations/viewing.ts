import assert from 'node:assert/strict';
import type { ReadingProxy } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { viewerWording } from '../../../../src/ui/viewer/viewerWording';
import { ViewerSession } from '../../../../src/viewer/session/session';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';
import type { ToWebview, ViewerState } from '../../../../src/viewer/protocol';
import { startFilterWorker } from '../../../support/viewer/filterWorker';
import type { Cell } from '../../faults/cell';
import type { Operation } from '../../faults/operations/operation';
import { failingWorker } from '../seams/workers';

const RECORDS = 40;

/** Reads into a viewer, filters and sorts there, as its window asks for. */
export const view: Operation = {
  name: 'view',
  strikes: 'consume',
  from: 2,
  says: /^.+\. [A-Z].+\.$/,
  run: async (cell) => {
    fill(cell);
    const { session, settled } = open(cell.proxy, cell.topic);
    const said: string[] = [];
    const look = async (): Promise<ViewerState> => {
      const state = await settled();
      const { problem, filter } = state;
      said.push(...[problem, filter.problem?.message].filter((each) => typeof each === 'string'));
      return state;
    };
    await session.start();
    await look();
    await session.handle({ type: 'filter', text: '$.n >= 10' });
    await look();
    await session.handle({ type: 'sort', sort: { column: 'value', descending: true } });
    const last = await look();
    const told = { outcome: said.length > 0 ? 'told' : 'ok', message: said[0] ?? '' };
    return { ...told, verify: () => verify(session, settled, last, said.length > 0) };
  },
};

/** What is asked for once more is there, and nothing is read twice. */
async function verify(
  session: ViewerSession,
  settled: () => Promise<ViewerState>,
  last: ViewerState,
  hadTrouble: boolean,
): Promise<void> {
  try {
    assert.ok(hadTrouble || last.counts.matched === RECORDS - 10, `${last.counts.matched}`);
    if (last.status !== 'done') await session.start();
    await session.handle({ type: 'filter', text: '$.n >= 20' });
    const { counts, status, filter } = await settled();
    assert.deepEqual([status, filter.problem], ['done', null]);
    assert.deepEqual(counts, {
      received: RECORDS,
      held: RECORDS,
      matched: RECORDS - 20,
      dropped: 0,
    });
    const values = session.records(session.index.sequences()).map(({ raw }) => String(raw.value));
    assert.deepEqual(values, [...values].sort().reverse());
    assert.equal(new Set(values).size, RECORDS - 20);
  } finally {
    await session.dispose();
  }
}

function fill({ emulator, topic }: Cell): void {
  emulator.append(
    topic,
    Array.from({ length: RECORDS }, (_, n) => ({
      partition: n % 2,
      value: JSON.stringify({ n, padding: 'x'.repeat(20) }),
    })),
  );
}

function open(proxy: ReadingProxy, topic: string) {
  let told = (): void => undefined;
  let state: ViewerState | undefined;
  const session = new ViewerSession({
    proxy: () => Promise.resolve(proxy),
    definition: {
      ...{ cluster: 'cell', request: { topic, from: { at: 'earliest' } }, range: '@all' },
      ...{ filter: '', sort: null, span: null, columns: { hidden: [], widths: {} } },
    },
    openDecoder: () => (records) => Promise.resolve(undecoded(records)),
    limits: { maxMessages: 1_000, maxBytes: 1_000_000 },
    buffers: new BufferPool(),
    startWorker: failingWorker(startFilterWorker),
    timeContext: () => ({ now: Date.now(), zone: 'utc' }),
    wording: viewerWording,
    remedies: () => [],
    post: (message: ToWebview) => {
      if (message.type === 'state') ({ state } = message);
      told();
    },
  });
  const now = async (): Promise<ViewerState> => {
    await session.handle({ type: 'ready' });
    assert.ok(state);
    return state;
  };
  /** The state once all that was read is shown, or cannot be. */
  const settled = async (): Promise<ViewerState> => {
    for (;;) {
      const state = await now();
      const { status, filter, counts } = state;
      const isShown =
        filter.problem !== null || filter.text !== '' || counts.matched === counts.held;
      if (status !== 'reading' && !filter.busy && isShown) return state;
      await new Promise<void>((resolve) => (told = resolve));
    }
  };
  return { session, settled };
}
