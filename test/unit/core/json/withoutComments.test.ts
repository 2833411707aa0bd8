import assert from 'node:assert/strict';
import { withoutComments } from '../../../../src/core/json/withoutComments';

describe('JSON with comments', () => {
  const read = (text: string): unknown => JSON.parse(withoutComments(text));

  it('loses comments and trailing commas', () => {
    const text = '// ours\n{"a": [1, 2, /* three */], /* { */ "b": true, // ,\n}\n/* end */';
    assert.deepEqual(read(text), { a: [1, 2], b: true });
  });

  it('keeps what looks like them in strings', () => {
    const value = { a: 'https://b, /* c */', 'd\\"//': ',]', e: '\\' };
    assert.deepEqual(read(JSON.stringify(value)), value);
  });

  it('stays wrong where it is wrong', () => {
    for (const text of ['{', '/* {}', '{"a": /}', '[1,,2]', '[1/**/2]', ''])
      assert.throws(() => read(text));
  });

  it('takes no longer for hostile texts', () => {
    for (const piece of ['/*', '"', '"\\', '//', ', ', '/* */,']) {
      const text = piece.repeat(300_000);
      const from = performance.now();
      withoutComments(text);
      assert.ok(performance.now() - from < 2_000, piece);
    }
  });
});
