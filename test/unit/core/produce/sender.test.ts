import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../../../src/core/errors';
import type { NewRecord, ProduceResult } from '../../../../src/core/kafka';
import { isTemporary } from '../../../../src/core/produce/retryBudget';
import { type SendEnd, Sender, type SenderOptions } from '../../../../src/core/produce/sender';

const accepted: ProduceResult = { status: 'accepted' };
const refused: ProduceResult = { status: 'refused', detail: 'no' };

/** Answers a call that holds these values. */
type Answer = (values: readonly string[]) => readonly ProduceResult[] | KafkaErrorKind;

describe('A sender', () => {
  let sent: string[];
  let settled: string[];
  let ends: SendEnd[];

  beforeEach(() => {
    [sent, settled, ends] = [[], [], []];
  });

  function open(answer: Answer, options: Partial<SenderOptions<string>> = {}): Sender<string> {
    const produce = (_: string, records: readonly NewRecord[]) => {
      const values = records.map(({ value }) => String(value));
      sent.push(values.join(''));
      const result = answer(values);
      if (typeof result !== 'string') return Promise.resolve(result);
      return Promise.reject(new KafkaError(result, { detail: 'why' }));
    };
    return new Sender<string>({
      proxy: { produce },
      can: {
        ...{ headers: false, timestamp: false, tombstone: false, binary: false },
        ...{ maxBatchBytes: 1000, maxBatchRecords: 4 },
      },
      topic: 't',
      requests: 1,
      retryBudgetMs: 0,
      pauseMs: 1,
      graceMs: 0,
      onRefused: 'goOn',
      onRefusedCall: 'search',
      partial: () => true,
      onSettled: (entries) =>
        settled.push(...entries.map(({ item, result }) => `${item} ${result?.status ?? '-'}`)),
      onStop: (end) => ends.push(end),
      ...options,
    });
  }

  const fill = (sender: Sender<string>, values: string, size = 10) => {
    for (const item of values) sender.add(item, { record: { value: item }, size });
  };
  const all =
    (result: ProduceResult): Answer =>
    (values) =>
      values.map(() => result);

  it('sends full calls, and those that are not full when it may', async () => {
    let partial = false;
    const sender = open(all(accepted), { partial: () => partial });
    fill(sender, 'abcde');
    assert.equal(sender.isIdle, true);
    sender.send();
    assert.equal(sender.isIdle, false);
    await sender.idle();
    assert.deepEqual(sent, ['abcd']);
    partial = true;
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['abcd', 'e']);
    assert.deepEqual(
      settled,
      ['a', 'b', 'c', 'd', 'e'].map((item) => `${item} accepted`),
    );
    assert.deepEqual(ends, []);
    assert.equal(sender.stopped.aborted, false);
  });

  it('sends nothing while it is paused, or once it has stopped', async () => {
    const sender = open(all(accepted));
    fill(sender, 'a');
    sender.pause();
    assert.equal(sender.isPaused, true);
    sender.send();
    assert.equal(sender.isIdle, true);
    sender.resume();
    assert.equal(sender.isPaused, false);
    await sender.idle();
    assert.deepEqual(sent, ['a']);
    fill(sender, 'b');
    sender.stop();
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['a']);
  });

  it('tries again what may pass, and tells the call that waits', async () => {
    const waits: unknown[] = [];
    const sender = open(
      (values) => {
        waits.push(sender.waiting && [sender.waiting.attempt, sender.waiting.error.kind]);
        return sent.length < 3 ? 'throttled' : values.map(() => accepted);
      },
      { retryBudgetMs: 60_000 },
    );
    fill(sender, 'ab');
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['ab', 'ab', 'ab']);
    assert.deepEqual(waits, [undefined, [2, 'throttled'], [3, 'throttled']]);
    assert.equal(sender.waiting, undefined);
    assert.deepEqual(settled, ['a accepted', 'b accepted']);
  });

  it('does not try again while it is paused, and not at all once it has stopped', async () => {
    for (const stops of [false, true]) {
      sent = [];
      const sender = open(
        (values) => {
          if (sent.length > 1) return values.map(() => accepted);
          sender.pause();
          setTimeout(() => {
            assert.deepEqual(sent, ['a']);
            if (stops) sender.stop();
            else sender.resume();
          }, 30);
          return 'unavailable';
        },
        { retryBudgetMs: 60_000 },
      );
      fill(sender, 'a');
      sender.send();
      await sender.idle();
      assert.deepEqual(sent, stops ? ['a'] : ['a', 'a']);
    }
  });

  it('waits no longer once it is stopped', async () => {
    const sender = open(() => 'connection', { retryBudgetMs: 60_000, pauseMs: 60_000 });
    fill(sender, 'a');
    sender.send();
    setTimeout(() => {
      sender.stop();
    }, 20);
    await sender.idle();
    assert.deepEqual([sent, settled, ends], [['a'], [], []]);
  });

  it('ends with what did not pass in time', async () => {
    const sender = open(() => 'unavailable', { retryBudgetMs: 30 });
    fill(sender, 'ab');
    sender.send();
    await sender.idle();
    assert.ok(sent.length > 1 && sent.length < 30, sent.join());
    assert.deepEqual(
      ends.map((end) => end.kind === 'proxy' && end.error.kind),
      ['unavailable'],
    );
    assert.deepEqual(settled, []);
  });

  it('finds the record that is refused, and sends the others', async () => {
    const sender = open((values) =>
      values.includes('c') ? 'rejected' : values.map(() => accepted),
    );
    fill(sender, 'abcdef');
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['abcd', 'ab', 'c', 'def']);
    assert.deepEqual(settled, [
      ...['a accepted', 'b accepted', 'c refused', 'd accepted', 'e accepted', 'f accepted'],
    ]);
    assert.deepEqual(ends, []);
  });

  it('sends less at once where a call was too large, and says which record is', async () => {
    const sender = open((values) =>
      values.length > 1 || values[0] === 'b' ? 'too-large' : values.map(() => accepted),
    );
    fill(sender, 'abc');
    const entry = sender.add('b', { record: { value: 'b' }, size: 10 });
    sender.send();
    await sender.idle();
    assert.deepEqual(settled, ['a accepted', 'b refused', 'c accepted', 'b refused']);
    assert.deepEqual(entry.result, { status: 'refused', detail: 'why', isTooLarge: true });
  });

  it('does not say that a record is too large that is refused for another reason', async () => {
    const sender = open(() => 'rejected');
    const entry = sender.add('a', { record: { value: 'a' }, size: 10 });
    sender.send();
    await sender.idle();
    assert.deepEqual(entry.result, { status: 'refused', detail: 'why' });
    assert.deepEqual(ends, []);
  });

  it('takes all records of a call for refused where it is not to search', async () => {
    const sender = open(() => 'rejected', { onRefusedCall: 'refuseAll' });
    fill(sender, 'ab');
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['ab']);
    assert.deepEqual(settled, ['a refused', 'b refused']);
    assert.deepEqual(
      ends.map(({ kind }) => kind),
      ['proxy'],
    );
  });

  it('stops for a proxy that refuses whoever asks, and keeps the records', async () => {
    const sender = open(() => 'forbidden');
    fill(sender, 'ab');
    sender.send();
    await sender.idle();
    assert.deepEqual([sent, settled], [['ab'], []]);
    assert.deepEqual(
      ends.map((end) => end.kind === 'proxy' && end.error.kind),
      ['forbidden'],
    );
  });

  it('stops at the first record that is refused if it is to', async () => {
    const sender = open((values) => values.map((value) => (value === 'b' ? refused : accepted)), {
      onRefused: 'stop',
    });
    fill(sender, 'abcdef');
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['abcd']);
    assert.deepEqual(ends, [{ kind: 'refused', detail: 'no' }]);
    assert.equal(sender.stopped.aborted, true);
  });

  it('stops after a hundred that are refused one after the other', async () => {
    let count = 0;
    const sender = open((values) => values.map(() => (++count === 50 ? accepted : refused)));
    fill(sender, 'x'.repeat(400));
    sender.send();
    await sender.idle();
    // The call that holds the hundredth one after the 50th is the last.
    assert.equal(count, 152);
    assert.deepEqual(ends[0], { kind: 'refused', detail: 'no' });
  });

  it('stops where it is unclear whether a record was written', async () => {
    const unclear: ProduceResult = { status: 'unclear', detail: 'cut' };
    const sender = open((values) => values.map((value) => (value === 'b' ? unclear : accepted)));
    fill(sender, 'abcde');
    sender.send();
    await sender.idle();
    assert.deepEqual(sent, ['abcd']);
    assert.deepEqual(ends, [{ kind: 'unclear', detail: 'cut' }]);
  });

  it('takes records without a result for unclear', async () => {
    const sender = open((values) => values.slice(1).map(() => accepted));
    fill(sender, 'ab');
    sender.send();
    await sender.idle();
    assert.deepEqual(settled, ['a accepted', 'b unclear']);
    assert.deepEqual(ends, [{ kind: 'unclear', detail: '' }]);
  });

  it('has as many calls under way as it may, one for each partition', async () => {
    let [underWay, most] = [0, 0];
    const produce = async (_: string, records: readonly NewRecord[]) => {
      most = Math.max(most, (underWay += 1));
      await new Promise(setImmediate);
      underWay -= 1;
      return records.map(() => accepted);
    };
    const partitions: unknown[] = [];
    const sender = open(all(accepted), {
      proxy: { produce },
      partitions: [0, 1, 2],
      requests: 2,
      onSettled: (_, partition) => partitions.push(partition),
    });
    for (const partition of [0, 1, 2, 0]) {
      sender.add('a', { record: { value: 'a', partition }, size: 10 });
    }
    sender.send();
    await sender.idle();
    assert.equal(most, 2);
    assert.deepEqual(partitions.sort(), [0, 1, 2]);
  });

  it('ends with a mistake, after which nothing is known of the records', async () => {
    const produce = () => Promise.reject(new TypeError('mistake'));
    const sender = open(all(accepted), { proxy: { produce } });
    fill(sender, 'a');
    sender.send();
    await assert.rejects(sender.idle(), { message: 'mistake' });
    assert.deepEqual(settled, ['a unclear']);
  });
});

describe('A failure to produce', () => {
  it('may pass if it is of the network or of a proxy that is busy', () => {
    const kinds = [
      ...(['connection', 'host-not-found', 'not-found', 'http-proxy-refused'] as const),
      ...(['throttled', 'timeout', 'unavailable'] as const),
    ];
    for (const kind of kinds) assert.equal(isTemporary(new KafkaError(kind)), true, kind);
    for (const kind of ['rejected', 'unclear', 'unauthorized'] as const) {
      assert.equal(isTemporary(new KafkaError(kind)), false, kind);
    }
    assert.equal(isTemporary(Object.assign(new Error('other'), { kind: 'timeout' })), false);
  });
});
