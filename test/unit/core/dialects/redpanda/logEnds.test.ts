import assert from 'node:assert/strict';
import { type EndsHints, findEnds } from '../../../../../src/core/dialects/redpanda/logEnds';

/** Searches a log, and returns the ends that were found and the number of offsets tried. */
async function search(earliest: bigint, latest: bigint, hints: EndsHints = {}) {
  let tried = 0;
  const ends = await findEnds((offset) => {
    tried += 1;
    return Promise.resolve(offset >= earliest && offset <= latest);
  }, hints);
  return { ends: ends && [ends.earliest, ends.latest], tried };
}

describe('The ends of a log that are found by trying', () => {
  it('are found in few requests while offset 0 is there', async () => {
    for (const latest of [0n, 1n, 2n, 7n, 1_000n, 123_456_789n, 2n ** 62n]) {
      const { ends, tried } = await search(0n, latest);
      assert.deepEqual(ends, [0n, latest]);
      assert.ok(tried <= 2 * latest.toString(2).length + 3, `${latest}: ${tried}`);
    }
    assert.ok((await search(0n, 9n, { zero: true })).tried <= 8);
  });

  it('are found without offset 0 if the log is long enough', async () => {
    for (const [earliest, latest] of [
      [1n, 1n],
      [5n, 9n],
      [1_000_000n, 1_600_000n],
      [2n ** 53n, 2n ** 54n],
    ] as const) {
      assert.deepEqual((await search(earliest, latest)).ends, [earliest, latest]);
    }
  });

  it('are found from an offset that is near', async () => {
    assert.equal((await search(1_000_001n, 1_000_009n)).ends, undefined);
    const near = 1_000_005n;
    const { ends } = await search(1_000_001n, 1_000_009n, { near });
    assert.deepEqual(ends, [1_000_001n, 1_000_009n]);
  });

  it('are looked at again in two requests', async () => {
    const known = { earliest: 3n, latest: 90n };
    const hints = { known, mayBeTrimmed: false };
    assert.deepEqual(await search(3n, 90n, hints), { ends: [3n, 90n], tried: 2 });
    assert.deepEqual((await search(3n, 95n, hints)).ends, [3n, 95n]);
    assert.deepEqual((await search(40n, 91n, { known })).ends, [40n, 91n]);
  });

  it('are found anew if the log is another one', async () => {
    const known = { earliest: 3n, latest: 90n };
    assert.deepEqual((await search(0n, 4n, { known })).ends, [0n, 4n]);
    assert.deepEqual((await search(128n, 200n, { known })).ends, [128n, 200n]);
  });

  it('are exact up to the last offset that there can be', async () => {
    const latest = 2n ** 63n - 1n;
    assert.deepEqual((await search(latest - 2n, latest, { near: latest - 1n })).ends, [
      latest - 2n,
      latest,
    ]);
  });
});
