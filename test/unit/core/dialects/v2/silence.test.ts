import assert from 'node:assert/strict';
import { firstResponding } from '../../../../../src/core/dialects/v2/silence';

describe('firstResponding', () => {
  for (const [last, end] of [
    [0n, 1n],
    [0n, 10n],
    [1n, 10n],
    [37n, 1_000n],
    [499n, 500n],
    [499n, 5_000n],
    [4_998n, 5_000n],
  ] as const) {
    it(`finds the end of silence up to ${last} in ${end} offsets with few questions`, async () => {
      let asked = 0;
      const found = await firstResponding(0n, end, (at) => {
        asked += 1;
        return Promise.resolve(at > last);
      });
      assert.equal(found, last + 1n);
      assert.ok(asked <= 24, `${asked} questions`);
    });
  }
});
