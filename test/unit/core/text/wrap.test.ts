import assert from 'node:assert/strict';
import { wrap } from '../../../../src/core/text/wrap';

describe('wrap', () => {
  it('leaves a text that fits as it is', () => {
    assert.deepEqual(wrap('no such host', 12), ['no such host']);
    assert.deepEqual(wrap(' ', 12), []);
  });

  it('splits at the ends of words', () => {
    assert.deepEqual(wrap('the client secret has expired', 17), [
      'the client secret',
      'has expired',
    ]);
  });

  it('counts a Chinese character double, and splits between two of them', () => {
    assert.deepEqual(wrap('客户端机密已过期', 10), ['客户端机密', '已过期']);
  });

  it('begins no line with what closes a clause, and ends none with what opens one', () => {
    assert.deepEqual(wrap('请登录，或在终端中', 6), ['请登', '录，或', '在终端', '中']);
    assert.deepEqual(wrap('运行“az login”', 6), ['运行', '“az', 'login”']);
    assert.deepEqual(wrap('运行（重新）登录', 6), ['运行', '（重', '新）登', '录']);
  });

  it('splits a word that is wider than a line, and leaves nothing out', () => {
    assert.deepEqual(wrap('see https://contoso-kafkarest', 12), [
      'see https://',
      'contoso-kafk',
      'arest',
    ]);
    const text =
      'Microsoft Entra ID 不接受：AADSTS7000215: Invalid client secret provided. 请重试。';
    for (let width = 2; width < 90; width += 1) {
      assert.equal(wrap(text, width).join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }
  });
});
