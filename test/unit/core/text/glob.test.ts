import assert from 'node:assert/strict';
import { glob } from '../../../../src/core/text/glob';

describe('A glob', () => {
  const examples: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['orders', ['orders'], ['orders2', 'my-orders', 'Orders', '']],
    ['__*', ['__consumer_offsets', '__'], ['_x', 'a__b']],
    ['*', ['', 'a', '.hidden'], []],
    ['iot-*-v?', ['iot-a-b-v1'], ['iot-v1', 'iot-a-v', 'iot-a-v12']],
    ['v[0-9a]', ['v3', 'va'], ['vb', 'v', 'v10', 'v!']],
    ['v[!0-9]', ['va', 'v!'], ['v3', 'v']],
    ['v[^0-9]', ['va'], ['v3', 'v']],
    ['{orders,iot-*}.{eu,{us,ca}-1}', ['orders.eu', 'iot-x.ca-1'], ['orders', 'orders.us', 'x.eu']],
    ['{a,}b', ['ab', 'b'], ['aab']],
    ['{a', ['{a'], ['a']],
    ['a}', ['a}'], ['a']],
    ['a,b', ['a,b'], ['a']],
    ['[a!]', ['a', '!'], ['b']],
    ['[\t- ][ ]', ['\n ', '  '], ['- ', '!!', '\n-']],
    ['[a', ['[a'], ['a']],
    ['\\*\\{a\\}', ['*{a}'], ['x{a}', '*a']],
    ['\\\u{1f600}', ['\u{1f600}'], ['']],
    ['a\\', ['a\\'], ['a']],
    ['\u{1f600}', ['\u{1f600}'], ['a']],
    ['(a|b)+', ['(a|b)+'], ['a', 'ab']],
    ['!orders*', ['iot', ''], ['orders', 'orders2']],
    ['!!orders*', ['orders'], ['iot']],
    ['?', ['a', '\u{1f600}'], ['', 'ab']],
  ];
  for (const [pattern, those, others] of examples) {
    it(`${pattern} lets through what it says`, () => {
      const test = glob(pattern);
      assert.deepEqual(those.filter(test), those);
      assert.deepEqual(others.filter(test), []);
    });
  }

  it('of more than 1,000 characters lets through nothing', () => {
    assert.equal(glob('*'.repeat(1000))('orders'), true);
    assert.equal(glob('*'.repeat(1001))('orders'), false);
  });

  it('takes no longer for one that is made to', () => {
    const names = Array.from({ length: 10 }, (_, n) => 'a'.repeat(249 - (n % 2)));
    const patterns = [
      '(([a-z]+)+)+!',
      `${'*a'.repeat(490)}!`,
      `${'{a,aa,*}'.repeat(120)}!`,
      `${'{'.repeat(499)}a${'}'.repeat(499)}`,
      '{'.repeat(1000),
      '['.repeat(1000),
      '*'.repeat(100_000),
    ];
    const start = performance.now();
    for (const pattern of patterns) assert.ok(!names.some(glob(pattern)), pattern.slice(0, 20));
    const ms = performance.now() - start;
    assert.ok(ms < 2000, `${ms} ms`);
  });
});
