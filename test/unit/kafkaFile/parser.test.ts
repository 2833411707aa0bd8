import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Block } from '../../../src/kafkaFile/file';
import { parse } from '../../../src/kafkaFile/parser';

/** A block as one line of plain data. */
function shape(block: Block): unknown {
  const properties = block.properties.map(({ name, colon, value }) =>
    colon === undefined ? name.text : `${name.text}=${value.text}`,
  );
  return [
    block.kind,
    ...(block.label.text ? [`label ${block.label.text}`] : []),
    ...properties,
    ...block.directives.map(({ name, value }) => `@${name.text}=${value.text}`),
    ...(block.kind === 'producer' && block.value ? [`value ${block.value.text}`] : []),
  ];
}

const table: [rule: string, text: string, blocks: unknown[]][] = [
  ['lines outside of blocks are ignored', 'hello\ntopic: a\n-- x\n###\n', []],
  ['the keyword stands at column 0', ' PRODUCER\nvalue\n', []],
  ['the keyword is case-sensitive', 'producer\nConsumer\n', []],
  [
    'the rest of a PRODUCER line is a label',
    'PRODUCER keyed message\nv\n',
    [['producer', 'label keyed message', 'value v']],
  ],
  ['a keyword is the start of a line', 'PRODUCERS a\nv', [['producer', 'label S a', 'value v']]],
  [
    'the rest of a CONSUMER line is the group, blanks inside kept',
    'CONSUMER  my  group \ntopic: t',
    [['consumer', 'label my  group', 'topic=t']],
  ],
  ['the group may be empty', 'CONSUMER\ntopic: t', [['consumer', 'topic=t']]],
  [
    'a PRODUCER ends at ### only',
    'PRODUCER\ntopic: t\nv\nPRODUCER b\nCONSUMER c\n### x\nCONSUMER d\n',
    [
      ['producer', 'topic=t', 'value v\nPRODUCER b\nCONSUMER c'],
      ['consumer', 'label d'],
    ],
  ],
  ['a PRODUCER ends at the end of the file', 'PRODUCER\nv', [['producer', 'value v']]],
  ['a CONSUMER ends at ###', 'CONSUMER\ntopic: a\n###\ntopic: b\n', [['consumer', 'topic=a']]],
  [
    'a CONSUMER ends at the next block',
    'CONSUMER a\ntopic: a\nCONSUMER b\nPRODUCER\nv\n###\n',
    [
      ['consumer', 'label a', 'topic=a'],
      ['consumer', 'label b'],
      ['producer', 'value v'],
    ],
  ],
  ['an indented ### ends nothing', 'PRODUCER\nv\n ###\nw', [['producer', 'value v\n ###\nw']]],
  [
    'comments and blank lines between properties are ignored',
    'PRODUCER\n-- c\n\n \ntopic: t\n--d\nkey: k\n\nv\n',
    [['producer', 'topic=t', 'key=k', 'value v']],
  ],
  [
    'comments within a value belong to it',
    'PRODUCER\nv\n-- c\n\nw\n###\n',
    [['producer', 'value v\n-- c\n\nw']],
  ],
  ['a value is trimmed', 'PRODUCER\n\n  \tv\n \n\n###', [['producer', 'value v']]],
  [
    'an unknown name starts the value',
    'PRODUCER\ntopic: t\nfoo: x\nkey: k\n',
    [['producer', 'topic=t', 'value foo: x\nkey: k']],
  ],
  [
    'a property of a CONSUMER starts the value of a PRODUCER',
    'PRODUCER\nfrom: 1',
    [['producer', 'value from: 1']],
  ],
  ['names are case-sensitive', 'PRODUCER\nTopic: t', [['producer', 'value Topic: t']]],
  [
    'a blank before a property makes it the value of a PRODUCER',
    'PRODUCER\n  topic: t\nkey: k',
    [['producer', 'value topic: t\nkey: k']],
  ],
  [
    'a blank before the colon makes it the value of a PRODUCER',
    'PRODUCER\ntopic : t',
    [['producer', 'value topic : t']],
  ],
  [
    'all properties of a PRODUCER',
    'PRODUCER\ntopic:t\nkey:k\nheaders:a=b\nkey-format:long\nvalue-format:short\nevery:3s\nv',
    [
      [
        'producer',
        'topic=t',
        'key=k',
        'headers=a=b',
        'key-format=long',
        'value-format=short',
        'every=3s',
        'value v',
      ],
    ],
  ],
  ['the first colon splits', 'PRODUCER\nkey: a:b:c\nv', [['producer', 'key=a:b:c', 'value v']]],
  [
    'the value of a property is trimmed',
    'PRODUCER\nkey:  a b \t\nv',
    [['producer', 'key=a b', 'value v']],
  ],
  ['the value of a property may be empty', 'PRODUCER\nkey:\nv', [['producer', 'key=', 'value v']]],
  ['no value', 'PRODUCER\ntopic: t\n\n###', [['producer', 'topic=t']]],
  [
    'every line of a CONSUMER is a property',
    'CONSUMER\ntopic: t\nfoo: x\nbar\n{"a": 1}',
    [['consumer', 'topic=t', 'foo=x', 'bar', '{"a"=1}']],
  ],
  [
    'in a CONSUMER, blanks before a name and a colon do no harm',
    'CONSUMER\n  topic : t\n\t-- c\n from: 1',
    [['consumer', 'topic=t', 'from=1']],
  ],
  [
    'directives in comments',
    'PRODUCER\n-- @cluster: my cluster\n--@partition:1\n-- @tombstone\n-- x @y: z\ntopic: t\n',
    [['producer', 'topic=t', '@cluster=my cluster', '@partition=1', '@tombstone=']],
  ],
  [
    'directives in a value are part of it',
    'PRODUCER\nv\n-- @partition: 1',
    [['producer', 'value v\n-- @partition: 1']],
  ],
  [
    'lines of Windows, whose ends stay in the value',
    'PRODUCER\r\ntopic: t\r\nv\r\nw\r\n###\r\nCONSUMER\r\nfrom: 1\r\n',
    [
      ['producer', 'topic=t', 'value v\r\nw'],
      ['consumer', 'from=1'],
    ],
  ],
  [
    'lines that end with CR alone',
    'PRODUCER\rtopic: t\rv\r###\r',
    [['producer', 'topic=t', 'value v']],
  ],
];

describe('parser', () => {
  for (const [rule, text, blocks] of table) {
    it(rule, () => {
      assert.deepEqual(parse(text).blocks.map(shape), blocks);
    });
  }

  it('tells where everything stands', () => {
    const text = '-- @cluster: c\nPRODUCER  l \n  \nkey:  k \n-- @partition: 2\n v \n### x\n';
    const file = parse(text);
    const [block] = file.blocks;
    assert.ok(block?.kind === 'producer');
    const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    assert.equal(block.line, 1);
    assert.equal(cut(block), 'PRODUCER  l \n  \nkey:  k \n-- @partition: 2\n v ');
    assert.equal(cut(block.keyword), 'PRODUCER');
    assert.equal(cut(block.label), 'l');
    assert.deepEqual(block.properties.map(cut), ['key:  k ']);
    assert.deepEqual(
      block.properties.map(({ name }) => cut(name)),
      ['key'],
    );
    assert.deepEqual(
      block.properties.map(({ value }) => cut(value)),
      ['k'],
    );
    assert.deepEqual(block.directives.map(cut), ['-- @partition: 2']);
    assert.deepEqual(
      block.directives.map(({ name }) => cut(name)),
      ['partition'],
    );
    assert.deepEqual(
      block.directives.map(({ value }) => cut(value)),
      ['2'],
    );
    assert.equal(block.value && cut(block.value), 'v');
    assert.equal(block.separator && cut(block.separator), '### x');
    assert.equal(file.clusterOf(block)?.value.text, 'c');
    assert.deepEqual(file.range(block.keyword), {
      start: { line: 1, character: 0 },
      end: { line: 1, character: 8 },
    });
  });

  it('finds the block of an offset, with its separator', () => {
    const text = 'x\nPRODUCER\nv\n### x\ny\nCONSUMER\n\n';
    const file = parse(text);
    const at = (part: string) => file.blockAt(text.indexOf(part))?.line;
    assert.equal(at('x'), undefined);
    assert.equal(at('PROD'), 1);
    assert.equal(at('v'), 1);
    assert.equal(at('###'), 1);
    assert.equal(at('y'), undefined);
    assert.equal(file.blockAt(text.length)?.line, 5);
  });

  it('finds the blocks of a selection', () => {
    const text = 'PRODUCER a\nv\n###\n\nCONSUMER b\nCONSUMER c\n';
    const labels = (start: number, end: number) =>
      parse(text)
        .blocksIn({ start, end })
        .map(({ label }) => label.text);
    assert.deepEqual(labels(0, text.length), ['a', 'b', 'c']);
    assert.deepEqual(labels(text.indexOf('###'), text.indexOf('b')), ['a', 'b']);
    assert.deepEqual(labels(text.indexOf('c'), text.indexOf('c')), ['c']);
  });

  it("prefers a block's own cluster to that of the file", () => {
    const file = parse('-- @cluster: a\nCONSUMER\n-- @cluster: b\nCONSUMER\n###\n-- @cluster: c\n');
    assert.deepEqual(
      file.blocks.map((block) => file.clusterOf(block)?.value.text),
      ['b', 'a'],
    );
    assert.equal(file.directives.length, 2);
  });

  const lines = fc.constantFrom(
    'PRODUCER',
    'PRODUCER label',
    'CONSUMER group',
    '###',
    '--',
    '-- @cluster: c',
    'topic: t',
    ' topic : t',
    'from: 1',
    'foo',
    '{"a":{"b":1}}',
    '{{person.x',
    '',
    ' ',
    '\u00a0\ufeff',
  );
  const ends = fc.constantFrom('\n', '\r\n', '\r', '');
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.tuple(fc.oneof(lines, fc.string()), ends))
      .map((all) => all.map((each) => each.join('')).join('')),
  );

  it('covers every character of any text, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const file = parse(text);
        let at = 0;
        for (const { start, end } of file.pieces) {
          assert.equal(start, at);
          assert.ok(end > start);
          at = end;
        }
        assert.equal(at, text.length);
        for (const block of file.blocks) {
          assert.equal(file.lineAt(block.start), block.line);
          const parts = [...block.properties, ...block.directives].flatMap((each) => [
            each,
            each.name,
            each.value,
          ]);
          if (block.kind === 'producer' && block.value) parts.push(block.value);
          for (const part of parts) assert.ok(part.start >= block.start && part.end <= block.end);
          for (const part of [block.label, ...parts]) {
            if ('text' in part) assert.equal(text.slice(part.start, part.end), part.text);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('converts between offsets and positions', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, number) => {
        const file = parse(text);
        const offset = number % (text.length + 1);
        const position = file.positionAt(offset);
        const end = file.lineEnd(position.line);
        assert.equal(file.offsetAt(position), Math.min(offset, end));
      }),
    );
  });

  it('counts lines as the text document of the server does, also after edits', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), texts));
    fc.assert(
      fc.property(texts, edits, (text, changes) => {
        const document = TextDocument.create('file:///a.kafka', 'kafkarest', 0, text);
        for (const [from, length, inserted] of changes) {
          const start = from % (document.getText().length + 1);
          const end = Math.min(start + (length % 9), document.getText().length);
          const range = { start: document.positionAt(start), end: document.positionAt(end) };
          TextDocument.update(document, [{ range, text: inserted }], document.version + 1);
        }
        const file = parse(document.getText());
        assert.equal(file.lineCount, document.lineCount);
        for (const block of file.blocks) {
          const { start, end } = file.range(block);
          assert.equal(document.offsetAt(start), block.start);
          assert.equal(document.getText({ start, end }), file.text.slice(block.start, block.end));
        }
      }),
    );
  });

  it('gives each line a block that ends before the next one', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const block of parse(text).blocks) {
          assert.ok(block.start >= end);
          ({ end } = block.separator ?? block);
        }
      }),
    );
  });
});
