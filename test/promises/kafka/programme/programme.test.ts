import assert from 'node:assert/strict';
import { startEmulatorSide } from './emulatorSide';
import { programmeOf } from './generate';
import { print } from './operation';
import { type Sides, runProgramme } from './run';
import { report, shrink } from './shrink';
import type { Side } from './side';

describe('the comparison of two proxies', () => {
  let sides: Sides;

  before(async () => {
    sides = [await startEmulatorSide('one'), await startEmulatorSide('other')];
  });

  after(async () => {
    for (const side of sides) await side.stop();
  });

  it('makes the same programme of the same seed', () => {
    assert.equal(print(programmeOf(7).operations), print(programmeOf(7).operations));
    assert.notEqual(print(programmeOf(7).operations), print(programmeOf(8).operations));
  });

  it('finds no difference between equal proxies', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const difference = await runProgramme(programmeOf(seed), sides);
      assert.equal(difference, undefined, `seed ${seed}: ${JSON.stringify(difference)}`);
    }
  });

  it('finds a difference, and the operations that it takes', async () => {
    const [one, other] = sides;
    // It counts records from 1, but only in responses with a single one.
    const wrong: Side = {
      ...other,
      send: async (...request) => {
        const response = await other.send(...request);
        const single = /^\{"records":\[\{[^{}]*\}\]\}$/.test(response.body);
        return { ...response, ...(single && { nextOffset: '1' }) };
      },
    };
    const compared: Sides = [one, wrong];
    let seed = 0;
    let difference = await runProgramme(programmeOf(seed), compared);
    while (!difference) difference = await runProgramme(programmeOf(++seed), compared);
    const found = await shrink({ programme: programmeOf(seed), difference }, compared);
    const text = report(found, compared);
    assert.ok(found.programme.operations.length <= 4, text);
    assert.match(text, /^seed \d+:\n {2}PUT \/v1\/topics\/@0 /);
    assert.match(text, /NextOffset=1 /);
  });
});
