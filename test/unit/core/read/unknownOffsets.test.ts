import assert from 'node:assert/strict';
import type { PartitionOptions } from '../../../../src/core/kafka';
import { openReader, type ReadFrom } from '../../../../src/core/read/reader';
import { changed, type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';
import { fails } from '../../../support/fails';

describe('Reading from a proxy that does not tell offsets', () => {
  let emulated: EmulatedProxy;
  /** The offset of each partition that the proxy was told to try. */
  let tried: (bigint | undefined)[];

  beforeEach(async () => {
    tried = [];
    emulated = await startEmulatedProxy();
    emulated.emulator.createTopic({ name: 't', partitions: 2 });
  });
  afterEach(() => emulated.close());

  /** Reads with a proxy that finds the offsets of partition 0 only. */
  const open = (from: ReadFrom, partitions?: readonly number[]) => {
    const proxy = changed(emulated.proxy, {
      partitions: async (topic, { near = () => undefined }: PartitionOptions = {}) => {
        const [first] = await emulated.proxy.partitions(topic);
        assert.ok(first);
        tried.push(near(0), near(1));
        return [first, { id: 1, replicas: [], isr: [] }];
      },
    });
    return openReader(proxy, { topic: 't', from, ...(partitions && { partitions }) });
  };

  it('names the partitions whose offsets could not be found', async () => {
    await fails(open({ at: 'earliest' }), { kind: 'offsets-unknown', detail: '1' });
    await fails(open({ latestMinus: 5n }, [1]), { kind: 'offsets-unknown', detail: '1' });
  });

  it('reads partitions whose offsets are known', async () => {
    assert.equal((await open({ latestMinus: 5n }, [0])).total, 0n);
  });

  it('lets the proxy try the offsets that are asked for', async () => {
    await open({ offset: 7n }, [0]);
    await open({ offsets: new Map([[1, 9n]]) }, [0]);
    await open({ at: 'earliest' }, [0]);
    assert.deepEqual(tried, [7n, 7n, undefined, 9n, undefined, undefined]);
  });
});
