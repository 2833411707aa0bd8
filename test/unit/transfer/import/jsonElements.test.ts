import assert from 'node:assert/strict';
import { brief, found, imported } from './importSupport';

const sequence = { format: 'json', container: 'sequence' } as const;
const values = { ...sequence, items: 'values' } as const;
const wrapped = { format: 'json', container: { member: 'records' } } as const;
const SIZES = [1, 2, 7, 1000];

describe('importing JSON values in a row', () => {
  it('takes them with or without line breaks in them and between them', async () => {
    const file =
      '\ufeff{\n  "key": "a",\n  "value": "é"\n}\n\n{"value":{"b":[1, 2]}}{"value":3},\n {"value":4}';
    for (const size of SIZES) {
      assert.deepEqual(await found(file, sequence, { size }), [
        [1, { key: 'a', value: 'é' }],
        [6, { value: '{"b":[1, 2]}' }],
        [6, { value: '3' }],
        [7, { value: '4' }],
      ]);
    }
  });

  it('takes each as a value, exactly as it is written; a string stands for its text', async () => {
    const file = '{\n  "a": 1.50\n}\n"b\\n"[1,\n2] 12.0 null\u001etrue"x"';
    for (const size of SIZES) {
      assert.deepEqual(await found(file, values, { size }), [
        [1, { value: '{\n  "a": 1.50\n}' }],
        [4, { value: 'b\n' }],
        [4, { value: '[1,\n2]' }],
        [5, { value: '12.0' }],
        [5, { value: null }],
        [5, { value: 'true' }],
        [5, { value: 'x' }],
      ]);
    }
  });

  it('takes no number out of a line of words', async () => {
    const file = '> HTTP 200\n{"a":1}\nRead 2 messages';
    for (const size of SIZES) {
      assert.deepEqual(await found(file, values, { size }), [
        [1, 'not-json', '> HTTP 200'],
        [2, { value: '{"a":1}' }],
        [3, 'not-json', 'Read 2 messages'],
      ]);
    }
  });

  it('goes on after a bad value, and says where in it', async () => {
    const items = await imported('{"a":1,}\n  nope {"b":2}', values);
    assert.deepEqual(items.map(brief), [
      [1, 'not-json', '{"a":1,}'],
      [2, 'not-json', 'nope'],
      [2, { value: '{"b":2}' }],
    ]);
    const [first, second] = items.map((item) => item.kind === 'bad' && item.problem);
    assert.deepEqual(first, { kind: 'not-json', line: 1, column: 8 });
    assert.deepEqual(second, { kind: 'not-json', line: 2, column: 3 });
  });

  it('ends where brackets do not match, or the last value is not closed', async () => {
    assert.deepEqual(await found('{"a":1}\n{"b":[}\n{"c":1}', values), [
      [1, { value: '{"a":1}' }],
      [2, 'brackets', '{"b":[}'],
    ]);
    assert.deepEqual(await found('{"a":1}\n{"b":1', values), [
      [1, { value: '{"a":1}' }],
      [2, 'unfinished', '{"b":1'],
    ]);
  });

  it('goes on after a value beyond the limit', async () => {
    const file = `["${'x'.repeat(50)}"]\n[2]`;
    for (const size of SIZES) {
      assert.deepEqual(
        (await imported(file, values, { size, maxBytes: 20 })).map(({ line, kind }) => [
          line,
          kind,
        ]),
        [
          [1, 'bad'],
          [2, 'record'],
        ],
      );
    }
  });

  it('counts status lines of kcat and leaves them out, between values and in JSON Lines', async () => {
    const file = '% Auto {"value":0}\n{"value":"% 1"}\n% Reached end\n{"value":2}\n%';
    for (const options of [sequence, { format: 'jsonl' }] as const) {
      let count = 0;
      const statusLine = () => {
        count += 1;
      };
      assert.deepEqual(await found(file, options, { statusLine }), [
        [2, { value: '% 1' }],
        [4, { value: '2' }],
      ]);
      assert.equal(count, 3);
    }
  });
});

describe('importing arrays', () => {
  it('takes several in a row, as responses that were written to one file', async () => {
    const file = '[{"value":1}]\n[]\n[{"value":2},{"value":3}]\n';
    for (const size of SIZES) {
      assert.deepEqual(await found(file, { format: 'json' }, { size }), [
        [1, { value: '1' }],
        [3, { value: '2' }],
        [3, { value: '3' }],
      ]);
    }
  });

  it('takes the one of a member of an object, whatever stands around it', async () => {
    const file =
      ' {"next":{"records":[1]},\n"x":"records", "a\\"b":[2],"records" :\n [{"value":1},\n{"value":2}], "y":[{"value":3}]}\n' +
      '{"records":[{"value":4}]}';
    for (const size of SIZES) {
      assert.deepEqual(await found(file, wrapped, { size }), [
        [3, { value: '1' }],
        [4, { value: '2' }],
        [5, { value: '4' }],
      ]);
    }
  });

  it('refuses a file without that member, or one that ends early', async () => {
    assert.deepEqual(await found('{"a":{"records":[]}}', wrapped), [[1, 'not-an-array', '']]);
    assert.deepEqual(await found('{"records":1}', wrapped), [[1, 'not-an-array', '']]);
    assert.deepEqual(await found('[]', wrapped), [[1, 'not-an-array', '']]);
    assert.deepEqual(await found('{"records":[{"value":1}]', wrapped), [
      [1, { value: '1' }],
      [1, 'unfinished', ''],
    ]);
  });

  it('takes elements that are no records as values', async () => {
    const file = '[{"id":1.0}, "text", {"a":}]';
    assert.deepEqual(await found(file, { format: 'json', items: 'values' }), [
      [1, { value: '{"id":1.0}' }],
      [1, { value: 'text' }],
      [1, 'not-json', '{"a":}'],
    ]);
  });
});
