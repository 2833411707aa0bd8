import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Payload } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import type { FilterNode, Literal, Test } from '../../../../src/viewer/filter/filterNode';
import { pathTest } from '../../../../src/viewer/filter/jsonPath';
import { scan } from '../../../../src/viewer/filter/scan';
import { Steps } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';

type PathNode = Extract<FilterNode, { kind: 'path' }>;

const NUMBERS = [
  '0',
  '-0.0',
  '1',
  '1.0',
  '10e-1',
  '0.1',
  '0.10',
  '9007199254740993',
  '1e400',
].concat([
  '9007199254740992',
  '9007199254740993.0',
  '18446744073709551615',
  '0.1000000000000000000001',
  '-5',
]);
const TEXTS = [
  '',
  'a',
  'é',
  '\ufffd',
  '\u{1f600}',
  '\uffee',
  'x'.repeat(300),
  `${'x'.repeat(300)}y`,
];
const paths = fc.constantFrom(
  ...['$.a', '$.a.b', '$[0]', '$.a[1]', '$["a"]["é"]', "$['\ufffd']", '$[1].a.b', '$.__proto__'],
  // These are not singular, or lead to no field of a column.
  ...['$', '$.*', '$..a', '$[-1]', '$.a[?@ > 1]', '$[1000000000]'],
);
const names = fc.constantFrom(
  '"a"',
  '"\\u0061"',
  '"b"',
  '"é"',
  '"\\u00e9"',
  '"\ufffd"',
  '"__proto__"',
);
const scalars = fc.oneof(
  fc.constantFrom(...NUMBERS, 'true', 'false', 'null'),
  fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0061"', '"\\ud800"', `"\\u0078${'x'.repeat(299)}"`, '"\\ud83d\\ude00"'),
);
const blank = fc.constantFrom('', '', '', ' ', '\n\t');

/** JSON with a lot of equal names, numbers and texts. */
const { json } = fc.letrec<{ json: string; array: string; object: string }>((tie) => ({
  json: fc
    .tuple(blank, fc.oneof({ maxDepth: 4 }, scalars, tie('object'), tie('array')), blank)
    .map((parts) => parts.join('')),
  array: fc.array(tie('json'), { maxLength: 3 }).map((all) => `[${all.join()}]`),
  object: fc
    .array(
      fc
        .tuple(blank, names, blank, tie('json'))
        .map(([a, name, b, value]) => `${a}${name}${b}:${value}`),
      { maxLength: 4 },
    )
    .map((all) => `{${all.join()}}`),
}));
/** Some have a byte too many or too few, or are not UTF-8. */
const payloads: fc.Arbitrary<Payload | null> = fc.oneof(
  { weight: 6, arbitrary: json },
  fc
    .tuple(json, fc.nat(), fc.constantFrom('', ...Array.from('{}[],:"\\-.e0 1tx\u0001')))
    .map(
      ([text, at, other]) =>
        text.slice(0, at % (text.length + 1)) + other + text.slice((at % (text.length + 1)) + 1),
    ),
  json.map((text) => Buffer.from(text.replaceAll('\ufffd', 'a'), 'latin1')),
  json.map((text) => Buffer.from(text.replaceAll('\ufffd', '\u00ff'), 'latin1')),
  fc.constant(null),
);
const literals: fc.Arbitrary<Literal> = fc.oneof(
  fc.constantFrom(...NUMBERS).map((digits) => ({ kind: 'number' as const, digits })),
  fc.constantFrom(...TEXTS, '\ud800').map((text) => ({ kind: 'text' as const, text })),
  fc.constantFrom(true, false, null).map((value) => ({ kind: 'constant' as const, value })),
);
const tests: fc.Arbitrary<Test | null> = fc.oneof(
  fc.record({ operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>='), literal: literals }),
  fc.record({
    operator: fc.constantFrom('in', 'not in'),
    literals: fc.array(literals, { maxLength: 3 }),
  }),
  fc.record({
    operator: fc.constant('=~' as const),
    pattern: fc.constantFrom({ source: '^.$', flags: 'u' }, { source: 'x{300}Y', flags: 'i' }),
  }),
  fc.constant(null),
);
const filters: fc.Arbitrary<PathNode> = fc.record({
  kind: fc.constant('path'),
  where: fc.constantFrom('key', 'value'),
  path: paths,
  test: tests,
  at: fc.constant(0),
});

describe('A path that leads to one field', () => {
  it('finds what the path finds in the parsed text', () => {
    fc.assert(
      fc.property(fc.array(payloads, { maxLength: 20 }), filters, (all, filter) => {
        assert.deepEqual(found(all, [filter]), [expected(all, filter)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the same again, whatever else was looked for in between', () => {
    fc.assert(
      fc.property(fc.array(payloads, { maxLength: 20 }), fc.array(filters), (all, several) => {
        const again = [...several, ...several];
        assert.deepEqual(
          found(all, again),
          again.map((filter) => expected(all, filter)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('reads bytes that are not UTF-8 as the replacement character', () => {
    const literal = { kind: 'text', text: '\ufffd' } as const;
    const test = { operator: '==', literal } as const;
    const all = [Buffer.from('{"a":"\xff"}', 'latin1'), '{"a":"\ufffd"}', '{"a":"?"}'];
    const filter = { kind: 'path', where: 'value', path: '$.a', test, at: 0 } as const;
    assert.deepEqual(found(all, [filter]), [[0, 1]]);
  });

  it('reads such bytes in names, too', () => {
    const all = [Buffer.from('{"\xff":1}', 'latin1'), '{"\ufffd":1}', '{"?":1}'];
    const filter = {
      kind: 'path',
      where: 'value',
      path: "$['\ufffd']",
      test: null,
      at: 0,
    } as const;
    for (const each of all.keys()) {
      assert.deepEqual(found(all.slice(each, each + 1), [filter]), [each < 2 ? [0] : []]);
    }
  });

  it('is found in many messages', () => {
    const all = Array.from({ length: 20_000 }, (_, n) => `{"id":${n},"x":"${'-'.repeat(n % 99)}"}`);
    const filter = { kind: 'path', where: 'value', path: '$.id', at: 0 } as const;
    const test = { operator: '>=', literal: { kind: 'number', digits: '19998' } } as const;
    assert.deepEqual(found(all, [{ ...filter, test }]), [[19_998, 19_999]]);
  });
});

/** The numbers of the messages with these keys and values that each filter finds, one after the other. */
function found(all: readonly (Payload | null)[], filters: readonly PathNode[]): number[][] {
  const store = new MessageStore({ maxMessages: 1e9, maxBytes: 1e12 });
  store.append(
    undecoded(
      all.map((payload, n) => ({ partition: 0, offset: BigInt(n), key: payload, value: payload })),
    ),
  );
  const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
  return filters.map((filter) =>
    Array.from(scan(store.chunks, 0, store.end, compileFilter(filter, steps), steps)),
  );
}

function expected(all: readonly (Payload | null)[], { path, at, test }: PathNode): number[] {
  const holds = pathTest(path, at, test);
  return all.flatMap((payload, n) =>
    payload !== null && holds(Buffer.from(payload).toString('utf8')) ? [n] : [],
  );
}
