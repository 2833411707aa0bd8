import assert from 'node:assert/strict';
import { Ledger } from '../promises/soak/ledger';

describe('The ledger of the soak', () => {
  const record = (id: string): string =>
    JSON.stringify({ key: null, value: `{"id":"${id}","n":1}` });
  const none = { accepted: [], unclear: [], failed: [] };

  it('agrees with a log that holds what was reported', () => {
    const ledger = new Ledger();
    ledger.report({
      ...{ step: 3, topic: 'orders' },
      ...{ accepted: ['3-0'], unclear: ['3-1', '3-2'], failed: ['3-3'] },
    });
    ledger.count('orders', 0, [record('3-0')]);
    ledger.count('orders', 1, [record('3-2')]);
    assert.deepEqual(ledger.disagreements(), []);
  });

  const reported = { ...none, step: 7, topic: 'orders' };
  for (const [what, fates, log, says] of [
    ['lost', { accepted: ['7-0'] }, [], 'step 7: orders holds record 7-0 0 times, reported: 1'],
    [
      'doubled',
      { accepted: ['a'] },
      ['a', 'a'],
      'step 7: orders holds record a 2 times, reported: 1',
    ],
    ['doubled though unclear', { unclear: ['a'] }, ['a', 'a'], /a 2 times, reported: 0 to 1/],
    ['there though it failed', { failed: ['a'] }, ['a'], /a 1 times, reported: 0/],
    ['unknown', {}, ['b'], 'orders holds record b, of which nothing was reported'],
  ] as const) {
    it(`tells of a record that is ${what}`, () => {
      const ledger = new Ledger();
      ledger.report({ ...reported, ...fates });
      ledger.count('orders', 0, log.map(record));
      const [line = '', ...others] = ledger.disagreements();
      assert.deepEqual(others, []);
      if (typeof says === 'string') assert.equal(line, says);
      else assert.match(line, says);
    });
  }

  it('counts no record twice that it has seen, and adds up reports of the same record', () => {
    const ledger = new Ledger();
    for (const log of [['a'], ['a', 'a'], ['a', 'a']]) ledger.count('copies', 0, log.map(record));
    for (const step of [1, 2]) ledger.report({ ...none, step, topic: 'copies', accepted: ['a'] });
    assert.deepEqual(ledger.disagreements(), []);
  });
});
