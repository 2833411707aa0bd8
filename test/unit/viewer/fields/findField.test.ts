import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldText } from '../../../../src/viewer/fields/fieldText';
import { compileSteps, FieldFinder, findField } from '../../../../src/viewer/fields/findField';

function find(json: string, ...steps: readonly (string | number)[]): string | undefined {
  // Something stands around it, as in a chunk of messages.
  const bytes = Buffer.from(`"]}${json}{["`);
  const place = findField(bytes, 3, bytes.length - 3, compileSteps(steps));
  return place && bytes.toString('utf8', place.start, place.end);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('A field in the bytes of JSON', () => {
  it('is found as it is written', () => {
    const json =
      ' {"id" : 9007199254740993, "customer":{"näme":"Zoë","tags":[1, "b" ,{}]},"x":1.10} ';
    assert.equal(find(json, 'id'), '9007199254740993');
    assert.equal(find(json, 'customer', 'näme'), '"Zoë"');
    assert.equal(find(json, 'customer', 'tags', 1), '"b"');
    assert.equal(find(json, 'customer', 'tags', 2), '{}');
    assert.equal(find(json, 'x'), '1.10');
    assert.equal(find('[10,20]', 1), '20');
  });

  it('is not where it is not', () => {
    for (const [json, ...steps] of [
      ['{"a":1}', 'b'],
      ['{"a":1}', 0],
      ['[1]', 1],
      ['[1]', 'a'],
      ['{}', 'a'],
      ['[]', 0],
      ['{"b":{"a":1}}', 'a'],
      ['{"b":"a\\":1"}', 'a'],
      ['{"a":1', 'a'],
      ['{"a":1} x', 'a'],
      ['{"a" 1}', 'a'],
      ['a:1', 'a'],
      ['', 'a'],
      ['{"a":"', 'a'],
    ] as const) {
      assert.equal(find(json, ...steps), undefined, json);
    }
  });

  it('is the last of several with the same name, however it is escaped', () => {
    assert.equal(find('{"a":1,"\\u0061":2}', 'a'), '2');
    assert.equal(find('{"\\"":3}', '"'), '3');
  });

  it('is found only in what is JSON', () => {
    const parts = Array.from('{}[],:"\\0-1e+.n é\n\u0001').concat(
      '"a"',
      '"\\u0061"',
      'true',
      'null',
    );
    const near = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ...parts))
      .map(([json, at, part]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + part + json.slice(place + 1);
      });
    const any = fc.array(fc.constantFrom(...parts), { maxLength: 9 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(near, any), (json) => {
        assert.equal(find(json) !== undefined, isJson(json), json);
      }),
      { numRuns: 5000 },
    );
    assert.equal(find(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)?.length, 2e5);
  });

  it('is what a parser finds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'grapheme', maxLength: 3 }),
          fc.jsonValue({ maxDepth: 3 }),
          {
            noNullPrototype: true,
          },
        ),
        (object) => {
          const json = JSON.stringify(object);
          for (const [name, value] of Object.entries(JSON.parse(json) as object)) {
            const found = find(json, name);
            assert.deepEqual(JSON.parse(found ?? 'undefined'), value);
          }
        },
      ),
    );
  });

  it('is found in one text after the other as in each alone, whatever shape they have', () => {
    const scalars = ['1', '-2.5e3', '""', '"x\\"y"', '"\\u0061"', 'true', 'null', '"é:,}"'];
    // What is no value, or has another shape.
    const others = [
      '01',
      '1.',
      '"\n"',
      'nul',
      '{}',
      '[1]',
      '{"b":7}',
      '',
      ' 4 ',
      '"a":5',
      '6,"a":7',
    ];
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...scalars) },
      fc.constantFrom(...others),
    );
    const shapes = fc.constantFrom(
      ...['{"a":%,"b":%}', '{"a":{"b":%,"a":%},"c":[%,%]}', ' { "a" : % , "\\u0061" : % } '],
      ...['[%,{"a":%}]', '%', '{"b":%}', '{"a":[%],"a":%}', '{"a":{"b":1,"x":%},"long":%}%'],
    );
    const text = (shape: string) =>
      fc
        .array(value, { minLength: 4, maxLength: 4 })
        .map((values) => values.reduce((json, each) => json.replace('%', () => each), shape));
    const several = shapes.chain((shape) =>
      fc.array(fc.oneof({ weight: 9, arbitrary: text(shape) }, shapes.chain(text))),
    );
    fc.assert(
      fc.property(
        fc.array(several, { maxLength: 4 }),
        fc.constantFrom(['a'], ['b'], ['a', 'b'], [1], ['c', 1], [1, 'a']),
        (all, steps) => {
          const finder = new FieldFinder(compileSteps(steps));
          for (const json of all.flat()) {
            // What stands behind a text may be of the next one.
            const bytes = Buffer.from(`${json}0"}`);
            const end = bytes.length - 3;
            const expected = findField(bytes, 0, end, compileSteps(steps));
            const isFound = finder.find(bytes, 0, end);
            assert.deepEqual(
              isFound ? { start: finder.start, end: finder.end } : undefined,
              expected,
              json,
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is shown without quotes, and cut', () => {
    const shown = (json: string, length = 20) => {
      const bytes = Buffer.from(json);
      return fieldText(bytes, { start: 0, end: bytes.length }, length);
    };
    assert.equal(shown('"a\\u00e9\\n"'), 'aé\n');
    assert.equal(shown('9007199254740993'), '9007199254740993');
    assert.equal(shown('{"a":1}'), '{"a":1}');
    assert.equal(shown('null'), 'null');
    assert.equal(shown('""'), '');
    assert.equal(shown(`"${'\\u00e9'.repeat(100)}"`), 'é'.repeat(20));
    assert.equal(shown(`"${'x'.repeat(1000)}"`), 'x'.repeat(20));
  });
});
