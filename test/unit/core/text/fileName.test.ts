import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { fileName } from '../../../../src/core/text/fileName';

describe('The name of a file', () => {
  it('is what Kafka allows as the name of a topic', () => {
    for (const name of [
      'orders',
      '__consumer_offsets',
      'a.b-c_D.9',
      'orders@latest-100',
      'nullable',
    ])
      assert.equal(fileName(name), name);
  });

  const odd: readonly (readonly [string, string])[] = [
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['../../etc/passwd', '%2E.%2F..%2Fetc%2Fpasswd'],
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['C:evil', 'C%3Aevil'],
    ['file:stream', 'file%3Astream'],
    ['CON', '%43ON'],
    ['nul.orders', '%6Eul.orders'],
    ['com1', '%63om1'],
    ['CONSOLE', 'CONSOLE'],
    ['trailing.', 'trailing%2E'],
    ['trailing ', 'trailing%20'],
    ['-rf', '%2Drf'],
    ['.ssh', '%2Essh'],
    ['50%', '50%25'],
    ['a\u0000b\nc\u001b[31m', 'a%00b%0Ac%1B%5B31m'],
    ['exe\u202egpj.x', 'exe%E2%80%AEgpj.x'],
    ['zero\u200bwidth', 'zero%E2%80%8Bwidth'],
    ['\ud800half', '%uD800half'],
    ['🙂.', '%F0%9F%99%82%2E'],
    ['größe 日本', 'größe 日本'],
    ['', '%'],
  ];
  for (const [text, name] of odd) {
    it(`of ${JSON.stringify(text)} is ${name}`, () => {
      assert.equal(fileName(text), name);
    });
  }

  it('leaves room for an ending, and keeps the beginning and the end', () => {
    const long = `${'a'.repeat(249)}@2026-11-22`;
    const name = fileName(long);
    assert.match(name, /^a{120,}~[0-9a-f]{12}~a+@2026-11-22$/);
    assert.ok(Buffer.byteLength(name) <= 200);
    assert.notEqual(fileName(`b${long}`), fileName(`c${long}`));
  });

  it('is shortened only beyond its limit, and no more than it must be', () => {
    assert.equal(fileName('a'.repeat(200)), 'a'.repeat(200));
    assert.match(fileName('a'.repeat(201)), /^a{126}~[0-9a-f]{12}~a{60}$/);
  });

  it('tells long texts apart that differ only in halves of pairs', () => {
    const withMiddle = (middle: string) => `${'a'.repeat(150)}${middle}${'a'.repeat(150)}`;
    assert.notEqual(fileName(withMiddle('\ud800')), fileName(withMiddle('\ud801')));
  });

  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({
      unit: fc.constantFrom('.', '/', '\\', ' ', '-', '%', 'N', 'U', 'L', '\ud800', 'ÿ'),
    }),
  );

  it('stays in its folder on every system', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const name = fileName(text);
        for (const system of [path.posix, path.win32]) {
          const folder = system === path.posix ? '/folder' : 'C:\\folder';
          assert.equal(system.dirname(system.join(folder, name)), folder);
          assert.equal(system.basename(system.join(folder, name)), name);
        }
        assert.doesNotMatch(name, /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Surrogate}]|^[.-]|[. ]$/u);
        assert.ok(Buffer.byteLength(name) <= 200 && name !== '');
      }),
    );
  });

  it('is never that of another text', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        fc.pre(one !== other);
        assert.notEqual(fileName(one), fileName(other));
      }),
    );
  });
});
