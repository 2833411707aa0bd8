import { inEnglish } from '../../../src/core/phrase';
import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaRecord } from '../../../src/core/kafka';
import { undecoded } from '../../../src/core/message/decoded';
import type { ReadRequest } from '../../../src/core/read/reader';
import { ViewerSession } from '../../../src/viewer/session/session';
import type { ToWebview, ViewerState } from '../../../src/viewer/protocol';
import { must } from '../must';
import { between, pick } from '../../support/faults/random';
import { ReadCheck } from './readCheck';
import { produce } from './producing';
import { someRange } from './reading';
import { expectFailure, type Turn, type World } from './world';
import { say } from '../../support/viewer/viewerWords';

/** As many messages as a viewer keeps in this soak; the older ones leave. */
export const VIEWER_LIMITS = { maxMessages: 5_000, maxBytes: 8 * 1024 * 1024 };

/** A viewer whose webview is played, and what it was last told. */
export function openViewer(
  { cluster, buffers, startWorker }: World,
  request: ReadRequest,
): { session: ViewerSession; state: () => ViewerState | undefined; posted: ToWebview[] } {
  const posted: ToWebview[] = [];
  let last: ViewerState | undefined;
  const session = new ViewerSession({
    proxy: () => Promise.resolve(cluster.proxy),
    definition: {
      cluster: 'soak',
      request,
      range: '@soak',
      filter: '',
      sort: null,
      span: null,
      columns: { hidden: [], widths: {} },
    },
    openDecoder: () => (records) => Promise.resolve(undecoded(records)),
    limits: VIEWER_LIMITS,
    buffers,
    startWorker,
    timeContext: () => ({ now: Date.now(), zone: 'utc' }),
    wording: {
      failure: (error) => String(error),
      notices: () => [],
      filter: (error) => ({ message: String(error), at: 0, length: 0 }),
      say,
      decoding: ({ kind }) => kind,
      misfit: inEnglish,
    },
    remedies: () => [],
    post: (message) => {
      if (message.type === 'state') last = message.state;
      else posted.push(message);
    },
  });
  return { session, state: () => last, posted };
}

/** Views a range: filters it, sorts it, looks at rows, and counts after the viewer. */
export async function view(turn: Turn): Promise<void> {
  const request = someRange(turn);
  const { session, posted } = openViewer(turn, request);
  const { feed, store, index } = session;
  const stop = (): void => void feed.stop().then(turn.answered);
  turn.signal.addEventListener('abort', stop);
  try {
    await session.start();
    for (let tries = 1; feed.status === 'failed' && tries < 3; tries++) {
      expectFailure(turn, feed.failure);
      await delay(between(turn, 10, 300), undefined, { signal: turn.signal });
      turn.tally.resumed++;
      await session.handle({ type: 'resume' });
    }
    if (feed.status === 'failed') expectFailure(turn, feed.failure);
    await checkHeld(turn, session);
    for (let count = between(turn, 1, 4); count > 0 && !turn.signal.aborted; count--) {
      const below = between(turn, 0, 1000);
      await session.handle({ type: 'filter', text: `$.n < ${below}` });
      const expected = heldOf(session).filter(({ value }) => nOf(value) < below).length;
      must(index.length === expected, `$.n < ${below} shows ${index.length}, not ${expected}`);
      const column = pick(turn, ['offset', 'timestamp', 'key', 'value', 'size'] as const);
      await session.handle({ type: 'sort', sort: { column, descending: turn.random() < 0.5 } });
      must(index.length === expected, `sorted by ${column} it shows ${index.length}`);
      const start = between(turn, 0, expected);
      await session.handle({ type: 'rows', start, end: start + 50 });
      const rows = posted.pop();
      const shown = Math.min(50, expected - start);
      must(
        rows?.type === 'rows' && rows.rows.length === shown,
        `of ${shown} rows some are missing`,
      );
    }
    turn.tally.in += store.received;
  } finally {
    turn.signal.removeEventListener('abort', stop);
    await session.dispose();
  }
}

/** Follows a topic in a viewer while records come. */
export async function follow(turn: Turn): Promise<void> {
  const request = { topic: pick(turn, ['orders', 'events']), from: { latestMinus: 10n } };
  const { session } = openViewer(turn, request);
  const { feed, store } = session;
  const following = session.follow();
  const stop = (): void => void feed.stop().then(turn.answered);
  turn.signal.addEventListener('abort', stop);
  try {
    const until = performance.now() + between(turn, 1_000, 6_000);
    while (performance.now() < until && !turn.signal.aborted) {
      if (turn.random() < 0.5) await produce(turn);
      await delay(300, undefined, { signal: turn.signal }).catch(() => undefined);
    }
    await feed.stop();
    await following;
    if (feed.status === 'failed') expectFailure(turn, feed.failure);
    await checkHeld(turn, session);
    turn.tally.in += store.received;
  } finally {
    turn.signal.removeEventListener('abort', stop);
    await session.dispose();
  }
}

/** What a viewer holds is what came last, without a gap, and the same as in the log. */
export async function checkHeld(world: World, { feed, store, definition }: ViewerSession) {
  const { topic } = definition.request;
  const held = new Map<number, KafkaRecord[]>();
  for (let sequence = store.first; sequence < store.end; sequence++) {
    const record = store.record(sequence)?.raw;
    must(record !== undefined, `message ${sequence} is not held`);
    const partition = held.get(record.partition) ?? [];
    held.set(record.partition, partition);
    partition.push(record);
  }
  const ranges = [...held].map(([partition, [first]]) => {
    const from = first?.offset ?? 0n;
    return { partition, from, until: feed.position.get(partition) ?? from };
  });
  const check = new ReadCheck(world, topic, ranges);
  for (const records of held.values()) check.take(records);
  await check.settle(feed.position);
}

function heldOf(session: ViewerSession): readonly KafkaRecord[] {
  const { first, end } = session.store;
  const sequences = Array.from({ length: end - first }, (_, n) => first + n);
  return session.records(sequences).map(({ raw }) => raw);
}

function nOf(value: KafkaRecord['value']): number {
  const parsed = JSON.parse(String(value)) as { n: number };
  return parsed.n;
}
