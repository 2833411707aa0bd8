import assert from 'node:assert/strict';
import { escapeHidden, isPlainJson } from '../../../../src/core/json/hidden';

describe('hidden characters in JSON', () => {
  it('are escaped', () => {
    const hidden = '"\x7f \u2028 \u202e \ud800 \u{e0041}"';
    assert.equal(escapeHidden(hidden), '"\\u007f \\u2028 \\u202e \\ud800 \\udb40\\udc41"');
    assert.equal(escapeHidden('"\x7f"'), '"\\u007f"');
    assert.equal(isPlainJson(hidden), false);
  });

  it('are not what people read, nor the blanks between values', () => {
    for (const json of ['{"a":\t[1,\n"x"]}', '"ä \u{1f600} 日本"']) {
      assert.equal(escapeHidden(json), json);
      assert.equal(isPlainJson(json), true);
    }
  });
});
