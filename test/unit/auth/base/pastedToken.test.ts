import assert from 'node:assert/strict';
import { lifeOf, parseToken } from '../../../../src/auth/base/pastedToken';
import { jwtOf } from '../../../support/signIn/jwt';

const EXP = 4_000_000_000;

describe('a pasted token', () => {
  const token = jwtOf({ exp: EXP });

  for (const text of [
    token,
    ` ${token}\n`,
    `"${token}"`,
    `'${token}',`,
    `Bearer ${token}`,
    `"Bearer ${token}"`,
    `bearer   ${token}`,
    `Authorization: Bearer ${token}`,
    `authorization:bearer ${token}`,
    `-H "Authorization: Bearer ${token}"`,
    `${token.slice(0, 20)} ${token.slice(20, 40)}\n${token.slice(40)}`,
  ]) {
    it(`is understood: ${text.replace(token, '<token>').slice(0, 40)}`, () => {
      assert.deepEqual(parseToken(text), { value: token });
      assert.deepEqual(lifeOf(text), { until: EXP * 1000 });
    });
  }

  it('may be any text that a header can carry', () => {
    for (const text of ['abc', 'a/b+c==', '{"x":1}', 'bearer-of-news', 'eyJ.not.a.jwt.at.all']) {
      assert.deepEqual(parseToken(text), { value: text });
      assert.deepEqual(lifeOf(text), {});
    }
  });

  it('is refused if it is empty, or no header can carry it', () => {
    for (const text of ['', ' ', 'Bearer', 'Bearer  ', '""']) {
      assert.deepEqual(parseToken(text), { problem: 'empty' }, text);
    }
    for (const text of ['two words', 'caf\u00e9', 'a\u200bb']) {
      assert.deepEqual(parseToken(text), { problem: 'not-a-token' }, text);
    }
  });

  it('is refused if it has expired, and tells when', () => {
    const old = jwtOf({ exp: 1_700_000_000 });
    assert.deepEqual(parseToken(`Bearer ${old}`), { problem: 'expired' });
    assert.deepEqual(lifeOf(`Bearer ${old}`), { until: 1_700_000_000_000 });
  });

  it('tells no life that is not one', () => {
    for (const exp of ['soon', null, true, 1e300, {}]) {
      assert.deepEqual(lifeOf(jwtOf({ exp })), {});
    }
    assert.deepEqual(lifeOf(jwtOf([1])), {});
    assert.deepEqual(lifeOf('eyJhbGciOiJub25lIn0.bm90LWpzb24.'), {});
  });
});
