import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { advise } from '../../../../src/viewer/advice/advise';
import { complete } from '../../../../src/viewer/advice/complete';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import { describe } from '../../../../src/viewer/filter/describe';
import { FilterError } from '../../../../src/viewer/filter/filterError';
import type { FilterNode } from '../../../../src/viewer/filter/filterNode';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { pathTest } from '../../../../src/viewer/filter/jsonPath';
import { scan } from '../../../../src/viewer/filter/scan';
import { sampleFields } from '../../../../src/viewer/session/sampleFields';
import { Steps } from '../../../../src/viewer/steps';
import { ChunkList } from '../../../../src/viewer/store/chunkList';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { CLOCK } from '../../../support/kafkaFiles';
import { say } from '../../../support/viewer/viewerWords';
import type { Target } from '../target';

const VALUES = [
  '{"a":{"b":[1,2.50,"x"]},"__proto__":{"c":null}}',
  '{"a":1, "\\u0061" : {"b":"\\u0078","c":9007199254740993}}',
  '{"a":1} x',
  'text \u{1f600}',
  '[]',
  '1e400',
  '',
  null,
];
const RECORDS = VALUES.map((value, n): KafkaRecord => ({
  partition: n % 2,
  offset: BigInt(n),
  timestamp: 1.7e12 + n,
  key: n % 3 ? `k${n}` : null,
  value,
}));
const store = new MessageStore({ maxMessages: 100, maxBytes: 1e6 });
store.append(undecoded(RECORDS));
const seen = sampleFields(store);
const chunks = new ChunkList();
for (const chunk of store.chunks) chunks.add(chunk);

/**
 * Any text is a filter or a `FilterError` with its place; any filter looks at any messages, and
 * can be described; what may be meant by it is a filter.
 */
export const target: Target = {
  seeds: [
    'abc "quoted \\" text" /re[g]?ex/i',
    'key:k1 and value:(a or not b) -c',
    'partition:0..1 offset:>=2 size:<1.5kb',
    'time:"yesterday 14:00 to 15:00" time:>2026-11-22',
    '$.a.b[?@ > 1] == 2.50 $..c $[\'a\'].b[0,2] != "x" $.x == null',
    'header:a=b header:"a b" != "c" -header:trace header:x==null header:a =~ /b/',
    'key:null $[?match(@.a, "x.*")] =~ /x/u $.a.b[1] >= 1e400',
    'value.a.b == 5 && !(key:$.id in [1, "x", null] || partition not in (0,2..3))',
    'a.b[0]["c d"] != \'x\' .c >= .5 key == k1 value is not null header.x contains "b"',
    'status==ok size > 1 kb timestamp >= 2026-11-22 14:00 $.a like "%x_" headers:a > 3',
  ],
  words: [
    '$[?',
    '@.a',
    '..',
    'count(@)',
    'match(@, "a")',
    '[*]',
    '[1:2:-1]',
    'time:',
    'or',
    'and',
    ' in [',
    ' like ',
  ],
  structured: fc
    .array(
      fc.constantFrom(
        'a',
        'and',
        'or',
        'not',
        '(',
        ')',
        'key:',
        'value:',
        '"x"',
        '/x/i',
        '$.a',
        '$..b',
        '== 1',
        'offset:',
        '1..5',
        '-',
        '!',
        '&&',
        '||',
        'a.b',
        'key.a',
        'partition',
        'timestamp',
        'header.a',
        '=',
        '=~',
        '>=',
        'not in',
        'in',
        '[1, x]',
        '(1, "x")',
        'contains',
        'is null',
      ),
    )
    .map((parts) => parts.join(' ')),
  run: (input) => {
    const text = input.toString();
    try {
      complete(text, text.length, seen);
      const filter = parseFilter(text, CLOCK);
      if (!filter) return;
      assert.ok(describe(filter, say, 'utc') !== '');
      const { suggestion } = advise(text, seen, CLOCK);
      if (suggestion !== null) parseFilter(suggestion, CLOCK);
      if (hasRegex(filter)) return;
      const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
      const found = scan(chunks, 0, RECORDS.length, compileFilter(filter, steps), steps);
      if (filter.kind === 'path') assert.deepEqual(Array.from(found), foundByPath(filter));
      const others = scan(
        chunks,
        0,
        RECORDS.length,
        compileFilter({ kind: 'not', node: filter }, steps),
        steps,
      );
      assert.equal(found.length + others.length, RECORDS.length);
    } catch (error) {
      assert.ok(error instanceof FilterError, `not a FilterError: ${String(error)}`);
      const { at, length } = error;
      assert.ok(at >= 0 && length >= 0 && at + length <= text.length, 'a place in the text');
    }
  },
};

/** Returns the messages in which the path selects something, by what their texts are parsed to. */
function foundByPath({ where, path, at, test }: Extract<FilterNode, { kind: 'path' }>): number[] {
  const holds = pathTest(path, at, test);
  return RECORDS.flatMap((record, n) => {
    const text = record[where];
    return text !== null && holds(Buffer.from(text).toString()) ? [n] : [];
  });
}

/** Those of a person may take for ever, and have a watchdog. */
function hasRegex(node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.some(hasRegex);
    case 'not':
      return hasRegex(node.node);
    case 'regex':
      return true;
    case 'header':
      return node.test?.operator === '=~';
    case 'path':
      return node.test?.operator === '=~' || /match|search/.test(node.path);
    case 'null':
    case 'number':
    case 'text':
    case 'time':
    case 'whole':
      return false;
  }
}
