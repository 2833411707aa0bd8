import assert from 'node:assert/strict';
import {
  choiceOf,
  kindOf,
  parseField,
  readChoice,
  writeChoice,
} from '../../../../src/core/cluster/kinds';
import type { Parsed } from '../../../../src/core/cluster/parsed';

const parse = (text: string): Parsed<string> =>
  text === '' ? { problem: 'empty' } : { value: text.toUpperCase() };
const kind = {
  kind: 'a',
  fields: {
    needed: { parse },
    usual: { parse, fallback: 'x' },
    one: { parse, alternative: 'other' },
    other: { parse, fallback: 'y', alternative: 'one' },
  },
};

describe('A kind of choice', () => {
  it('is found by its name', () => {
    assert.equal(kindOf([{ kind: 'b', fields: {} }, kind], { kind: 'a' }), kind);
    assert.throws(() => kindOf([kind], { kind: 'c' }), { message: "There is no kind 'c'." });
  });

  it('has only its own fields, and the fallbacks of those that are empty', () => {
    const texts = { needed: 'n', usual: '', one: '1', more: 'm' };
    const expected = { kind: 'a', needed: 'n', usual: 'x', one: '1', other: 'y' };
    assert.deepEqual(choiceOf(kind, texts), expected);
    assert.deepEqual(choiceOf(kind, {}), { ...expected, needed: '', one: '' });
  });

  it('has a field that may be empty where its alternative is not', () => {
    const { needed, usual, one, other } = kind.fields;
    assert.deepEqual(parseField(needed, ' '), { value: ' ' });
    assert.deepEqual(parseField(needed, ''), { problem: 'empty' });
    assert.deepEqual(parseField(usual, ' '), { value: 'x' });
    assert.deepEqual(parseField(one, '', { other: 'o' }), { value: '' });
    assert.deepEqual(parseField(one, '', { other: '' }), { problem: 'empty' });
    assert.deepEqual(parseField(other, '', { one: '1' }), { value: 'y' });
    assert.deepEqual(parseField(one, 'a', { other: 'o' }), { value: 'A' });
  });

  it('is read from the members of an object', () => {
    const read = (members: object) =>
      readChoice(kind, new Map<string, unknown>(Object.entries(members)), 'signIn.');
    assert.deepEqual(read({ needed: 'n', usual: 7, other: 'o', more: 1 }), {
      value: { kind: 'a', needed: 'N', usual: 'x', one: '', other: 'O' },
    });
    assert.deepEqual(read({ usual: 'u' }), { field: 'signIn.needed', problem: 'empty' });
  });

  it('is written without fallbacks, and with what is not known of the same kind', () => {
    const chosen = { kind: 'a', needed: 'n', usual: 'x', one: '', other: 'o' };
    const old = { kind: 'a', needed: 'old', more: { deep: [1] }, usual: 'old' };
    assert.deepEqual(writeChoice(kind, chosen, old), {
      ...{ kind: 'a', needed: 'n', other: 'o', more: { deep: [1] } },
    });
    const bare = { kind: 'a', needed: 'n', other: 'o' };
    assert.deepEqual(writeChoice(kind, chosen, { ...old, kind: 'b' }), bare);
    assert.deepEqual(writeChoice(kind, chosen, undefined), bare);
    assert.deepEqual(writeChoice(kind, { ...chosen, extra: 'e' }, {}), { ...bare, extra: 'e' });
  });
});
