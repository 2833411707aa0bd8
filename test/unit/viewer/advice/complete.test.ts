import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complete } from '../../../../src/viewer/advice/complete';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { clock } from '../filter/reading';
import { seenIn } from './seen';

const seen = seenIn(
  ['{"id":1,"status":"NEW","user":{"odd name":true}}', '{"id":2,"status":"in use","paid":true}'],
  ['{"shop":1}', '{"shop":2}'],
  { trace: 'a', 'a b': 'x' },
);

/** What the items make of a filter, whose caret is the first `|`. */
function offered(marked: string): readonly string[] {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, items } = complete(text, caret, seen);
  return items.map(({ insert }) => text.slice(0, from) + insert + text.slice(caret));
}

describe('The completion of a filter', () => {
  const all = ['==', '!=', '=~ /', 'contains', 'startsWith', 'endsWith', 'in [', 'is null'];
  for (const [marked, expected] of [
    // Terms.
    ['st|', ['$.status']],
    ['ID|', ['$.id']],
    ['par|', ['partition:']],
    ['s|', ['size:', '$.status', 'key:$.shop']],
    ['he|', ['header:']],
    ['$.|', ['$.id', '$.status', '$.user', '$.user["odd name"]', '$.paid', 'key:$.shop']],
    ['$.us|', ['$.user', '$.user["odd name"]']],
    ['$.user[|', ['$.user["odd name"]']],
    ['value.st|', ['$.status']],
    ['key.|', ['key:$.shop']],
    ['x and -st|', ['x and -$.status']],
    ['(st|)', ['($.status)']],
    ['x a|', ['x and ']],
    ['x or a|', []],
    ['n|', ['not ']],
    ['zebra|', []],
    // After fields.
    ['key:|', ['key:$.shop', 'key:"{\\"shop\\":1}"', 'key:"{\\"shop\\":2}"', 'key:null']],
    ['key:$.|', ['key:$.shop']],
    ['value:nu|', ['value:null']],
    ['header:|', ['header:trace', 'header:"a b"']],
    ['header:t|', ['header:trace']],
    ['partition:|', ['partition:0', 'partition:1']],
    ['time:|', ['time:today', 'time:yesterday']],
    ['offset:|', []],
    // Operators.
    ['$.id |', ['==', '!=', '>', '>=', '<', '<=', 'in [', 'is null'].map((each) => `$.id ${each}`)],
    ['status |', all.map((each) => `status ${each}`)],
    ['x status !|', ['x status !=']],
    ['$.status i|', ['$.status in [', '$.status is null']],
    ['header:trace c|', ['header:trace contains']],
    ['size |', ['==', '!=', '>', '>=', '<', '<=', 'in ['].map((each) => `size ${each}`)],
    ['nothing i|', ['nothing $.id']],
    // Values.
    ['$.status == |', ['$.status == "NEW"', '$.status == "in use"']],
    ['status==|', ['status=="NEW"', 'status=="in use"']],
    ['status == n|', ['status == "NEW"']],
    ['status != "in u|', ['status != "in use"']],
    ['status == n| and x', ['status == "NEW" and x']],
    ['-$.paid == |', ['-$.paid == true']],
    ['$.status in [|', ['$.status in ["NEW"', '$.status in ["in use"']],
    ['$.status in ["in use", n|', ['$.status in ["in use", "NEW"']],
    ['$.status in ["in use" |', []],
    ['$.status in (|', ['$.status in ("NEW"', '$.status in ("in use"']],
    ['x -status not in (NEW, a, b, "c d", "in|', ['x -status not in (NEW, a, b, "c d", "in use"']],
    ['$.status in (NEW) st|', ['$.status in (NEW) $.status']],
    ['made in (st|', ['made in ($.status']],
    ['key:$.shop = |', ['key:$.shop = 1', 'key:$.shop = 2']],
    ['partition = |', ['partition = 0', 'partition = 1']],
    ['header.trace == |', ['header.trace == "a"']],
    ['header:"a b"=|', ['header:"a b"="x"']],
    ['$.nothing == |', []],
    // Within texts, nothing is offered.
    ['"st|', []],
    ['/st|', []],
    ['$.status == "NEW"|', []],
  ] as const) {
    it(`offers ${expected.join(', ') || 'nothing'} for ${marked}`, () => {
      const trimmed = (texts: readonly string[]) => texts.map((each) => each.trimEnd());
      assert.deepEqual(trimmed(offered(marked)), trimmed(expected));
    });
  }

  it('offers everything where nothing is typed, but only to those who ask', () => {
    const { isEager, items } = complete('', 0, seen);
    assert.equal(isEager, false);
    assert.deepEqual(
      items.slice(0, 8).map(({ insert }) => insert),
      ['key:', 'value:', 'partition:', 'offset:', 'time:', 'size:', 'header:', '$.id'],
    );
    assert.equal(complete('s', 1, seen).isEager, true);
  });

  it('says of what kinds the values at a path are', () => {
    assert.deepEqual(complete('st', 2, seen).items, [{ insert: '$.status', kinds: ['text'] }]);
  });

  it('offers no headers where no message has some', () => {
    assert.deepEqual(complete('he', 2, seenIn(['{}'])).items, []);
  });

  it('escapes what cannot be seen in the names of messages', () => {
    const hidden = seenIn(['{"a\u202eb":"\u200b"}'], ['k\u202e'], { ['h\u202e']: 'x' });
    const inserts = (text: string) =>
      complete(text, text.length, hidden).items.map(({ insert }) => insert);
    assert.deepEqual(inserts('$'), ['$["a\\u202eb"]']);
    assert.deepEqual(inserts('$["a\\u202eb"] == '), ['"\\u200b"']);
    assert.deepEqual(inserts('header:'), ['"h\\u202e"']);
    assert.deepEqual(inserts('key:'), ['null']);
  });

  it('offers a bounded number of items', () => {
    const wide = JSON.stringify(
      Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`n${n}`, n])),
    );
    assert.equal(complete('n', 1, seenIn([wide])).items.length, 50);
  });

  it('offers paths that are filters, whatever the names in the messages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 5 }),
        (names) => {
          const value = JSON.stringify(Object.fromEntries(names.map((name) => [name, { a: 1 }])));
          for (const { insert } of complete('$', 1, seenIn([value])).items) {
            const node = parseFilter(`${insert} == 1`, clock);
            assert.ok(node?.kind === 'path' && node.path === insert, insert);
          }
        },
      ),
    );
  });

  it('goes wrong nowhere, whatever is typed', () => {
    const pieces = fc.constantFrom(
      ...['id', 'status', 'key:', 'header:', '$.', '[', ']', '"', "'", ' ', '==', '=', 'in [', ','],
      ...['(', ')', '-', '!', 'and', 'key.', 'NEW', '/', '\\', ':', '$', '&&'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(60), (all, at) => {
        const text = all.join('');
        const caret = Math.min(at, text.length);
        const { from } = complete(text, caret, seen);
        assert.ok(from >= 0 && from <= caret);
      }),
      { numRuns: 3000 },
    );
  });
});
