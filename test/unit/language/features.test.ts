import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeLenses } from '../../../src/language/codeLens';
import { foldingRanges } from '../../../src/language/folding';
import { format } from '../../../src/language/formatting';
import { parse } from '../../../src/kafkaFile/parser';
import { references, rename, topicAt } from '../../../src/language/references';
import { semanticTokens, TOKEN_TYPES } from '../../../src/language/semanticTokens';
import { symbols } from '../../../src/language/symbols';
import { applyEdits, caret, catalog, HDINSIGHT } from '../../support/kafkaFiles';

const URI = 'file:///a.kafka';

describe('symbols', () => {
  it('are the blocks, with properties and value', () => {
    const text = 'PRODUCER keyed\ntopic: orders\nkey: k\nv\n###\nCONSUMER group\nfrom: 0\n';
    const plain = symbols(parse(text)).map(({ name, detail, range, children }) => [
      name,
      detail,
      range.start.line,
      range.end.line,
      children?.map((child) => [child.name, child.detail]),
    ]);
    assert.deepEqual(plain, [
      [
        'PRODUCER keyed',
        'orders',
        0,
        3,
        [
          ['topic', 'orders'],
          ['key', 'k'],
          ['value', undefined],
        ],
      ],
      ['CONSUMER group', '', 5, 7, [['from', '0']]],
    ]);
  });

  it('contain what is selected in them', () => {
    for (const { range, selectionRange } of symbols(parse('\nPRODUCER x\nv'))) {
      assert.deepEqual(range.start, selectionRange.start);
      assert.equal(selectionRange.end.character, 'PRODUCER'.length);
    }
  });
});

describe('folding', () => {
  it('folds blocks without their separators, and comments', () => {
    const text = 'PRODUCER\n-- a\n-- b\ntopic: t\nv\n\n\n###\nCONSUMER\n###\n';
    assert.deepEqual(foldingRanges(parse(text)), [
      { startLine: 0, endLine: 4 },
      { startLine: 1, endLine: 2, kind: 'comment' },
    ]);
  });
});

describe('code lenses', () => {
  const titles = (text: string, state = {}) =>
    codeLenses(URI, parse(text), catalog(state)).map(({ command }) => command?.title);

  it('of a PRODUCER', () => {
    assert.deepEqual(titles('PRODUCER\nv'), [
      'Produce',
      'Produce x 10',
      'Produce...',
      'Preview',
      'hdi',
    ]);
  });

  it('of a PRODUCER with every', () => {
    const text = 'x\nPRODUCER\ntopic: orders\nevery: 3s\nv';
    assert.deepEqual(titles(text).slice(3), ['Start every 3s', 'Preview', 'hdi']);
    const stop = 'Stop producing to orders';
    assert.deepEqual(titles(text, { running: [1] }).slice(3), [stop, 'Preview', 'hdi']);
    assert.deepEqual(titles('PRODUCER\nevery: x\nv').slice(3), ['Preview', 'hdi']);
  });

  it('of a CONSUMER', () => {
    assert.deepEqual(titles('CONSUMER'), ['Consume', 'Follow', 'hdi']);
    const running = { running: [0] };
    assert.deepEqual(titles('CONSUMER', running), ['Consume', 'Stop', 'hdi']);
    assert.deepEqual(titles('CONSUMER\ntopic: orders', running), [
      'Consume',
      'Stop following orders',
      'hdi',
    ]);
    assert.deepEqual(titles('CONSUMER', { chosen: undefined }), [
      'Consume',
      'Follow',
      'Choose a cluster',
    ]);
  });

  it('show a cluster that the file names, but let nobody pick another', () => {
    const lenses = codeLenses(URI, parse('CONSUMER\n-- @cluster: other'), catalog());
    assert.deepEqual(lenses.at(-1)?.command, { title: 'other', command: '' });
  });

  it('say that a cluster is production', () => {
    const clusters = [{ name: 'hdi', capabilities: HDINSIGHT, protection: 'production' } as const];
    assert.equal(titles('CONSUMER', { clusters }).at(-1), 'hdi (production)');
    assert.equal(titles('PRODUCER\nv', { clusters })[0], 'Produce');
  });

  it('say that a cluster is read-only, and lead to its protection', () => {
    const clusters = [{ name: 'hdi', capabilities: HDINSIGHT, protection: 'readOnly' } as const];
    const text = 'PRODUCER\nevery: 5s\nv\n###\nCONSUMER';
    assert.deepEqual(titles(text, { clusters }), [
      ...['hdi is read-only', 'Preview', 'hdi'],
      ...['Consume', 'Follow', 'hdi'],
    ]);
    const [lens] = codeLenses(URI, parse(text), catalog({ clusters }));
    assert.deepEqual(lens?.command?.arguments, [{ cluster: 'hdi' }]);
    const running = titles(text, { clusters, running: [0] });
    assert.deepEqual(running.slice(0, 3), ['hdi is read-only', 'Stop', 'Preview']);
  });

  it('say that the REST proxy of a cluster cannot do what a block wants', () => {
    const capabilities = { produce: false, read: false } as const;
    const mute = { name: 'mute', capabilities, protection: 'none' } as const;
    const text = 'PRODUCER\n-- @cluster: mute\nv\n###\nCONSUMER\n-- @cluster: mute';
    assert.deepEqual(titles(text, { clusters: [mute] }), [
      ...['The REST proxy of mute cannot produce messages', 'Preview', 'mute'],
      ...['The REST proxy of mute cannot read messages', 'mute'],
    ]);
  });

  it('say where they stand', () => {
    const [, tenTimes] = codeLenses(URI, parse('\nPRODUCER\nv'), catalog());
    assert.deepEqual(tenTimes, {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } },
      command: {
        title: 'Produce x 10',
        command: 'kafkaRest.runBlock',
        arguments: [{ uri: URI, line: 1, count: 10 }],
      },
    });
  });

  it('are off where the extension says so, and run nothing in an untrusted workspace', () => {
    assert.deepEqual(titles('CONSUMER', { codeLens: false }), []);
    assert.deepEqual(titles('CONSUMER', { trusted: false }), [
      'Restricted Mode: blocks do not run',
    ]);
  });
});

describe('formatting', () => {
  const formatted = (text: string) => applyEdits(text, format(parse(text)));
  const table: [text: string, formatted: string][] = [
    ['PRODUCER x \ntopic:t\nkey:  k  \n-- c \n \nv ', 'PRODUCER x\ntopic: t\nkey: k\n-- c\n\nv '],
    ['CONSUMER  g\n  topic : t\n bar \n foo : x \n', 'CONSUMER  g\ntopic: t\n bar\n foo : x\n'],
    [
      '--@cluster :c \nPRODUCER\n--@partition:1\nv',
      '--@cluster :c \nPRODUCER\n-- @partition: 1\nv',
    ],
    ['PRODUCER\r\ntopic:t\r\n v \r\n', 'PRODUCER\r\ntopic: t\r\n v \r\n'],
    ['CONSUMER\n PRODUCER: x\n ###: y\n', 'CONSUMER\n PRODUCER: x\n ###: y\n'],
    [' outside \n### \n', ' outside \n### \n'],
    ['PRODUCER\nkey:\n-- @tombstone:\n', 'PRODUCER\nkey:\n-- @tombstone\n'],
  ];
  for (const [text, expected] of table) {
    it(JSON.stringify(text), () => {
      assert.equal(formatted(text), expected);
    });
  }

  it('is idempotent and changes no value', () => {
    const line = fc.constantFrom(
      ...'PRODUCER,CONSUMER g ,###, topic :t,topic:  t ,key:{{x}} ,-- @cluster :c ,--x ,  --y '.split(
        ',',
      ),
      ...[' {"a" : 1} ', '', ' ', 'foo : x ', ' PRODUCER: x', ' ###:', '\u00a0from:\u20281'],
    );
    const end = fc.constantFrom('\n', '\r\n', '\r');
    const text = fc
      .array(fc.tuple(fc.oneof(line, line, fc.string()), end))
      .map((lines) => lines.flat().join(''));
    const meaning = (from: string) =>
      parse(from).blocks.map((block) => [
        block.kind,
        block.label.text,
        block.properties.map(({ name, value }) => [name.text, value.text]),
        block.directives.map(({ name, value }) => [name.text, value.text]),
        block.kind === 'producer' ? block.value?.text : undefined,
      ]);
    fc.assert(
      fc.property(text, (from) => {
        const once = formatted(from);
        assert.equal(formatted(once), once);
        assert.deepEqual(meaning(once), meaning(from));
      }),
      { numRuns: 500 },
    );
  });
});

describe('references and renaming', () => {
  const files = [
    { uri: 'file:///a.kafka', file: parse('PRODUCER\ntopic: orders\norders\n###\n') },
    {
      uri: 'file:///b.kafka',
      file: parse('CONSUMER orders\n topic : orders \nCONSUMER\ntopic: orders2'),
    },
  ];

  it('find the topic at the caret', () => {
    for (const marked of ['CONSUMER\ntopic: |orders', 'CONSUMER\ntopic: orders|']) {
      const { file, offset } = caret(marked);
      assert.equal(topicAt(file, offset)?.text, 'orders');
    }
    for (const marked of [
      'CONSUMER ord|ers',
      'PRODUCER\nkey: or|ders\norders',
      'CONSUMER\nto|pic: a',
    ]) {
      const { file, offset } = caret(marked);
      assert.equal(topicAt(file, offset), undefined);
    }
  });

  it('find it in all files', () => {
    const found = references('orders', files).map(({ uri, range }) => [uri, range.start]);
    assert.deepEqual(found, [
      ['file:///a.kafka', { line: 1, character: 7 }],
      ['file:///b.kafka', { line: 1, character: 9 }],
    ]);
  });

  it('rename it in all files', () => {
    const changes = rename('orders', 'orders.v2', files)?.changes ?? {};
    const texts = files.map(({ uri, file }) => applyEdits(file.text, changes[uri] ?? []));
    assert.deepEqual(texts, [
      'PRODUCER\ntopic: orders.v2\norders\n###\n',
      'CONSUMER orders\n topic : orders.v2 \nCONSUMER\ntopic: orders2',
    ]);
    assert.equal(rename('orders', 'no topic', files), undefined);
  });
});

describe('semantic tokens', () => {
  it('are where the text has them, in order', () => {
    const text =
      'PRODUCER label\n-- comment\n-- @partition: 1\ntopic: t\nkey: {{lorem.word}}\n' +
      'value-format: long\n{{number.int(5)}} {{ x }}\n###\nCONSUMER\nfrom: 0\nfoo: x\n';
    const file = parse(text);
    const data = semanticTokens(file);
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let index = 0; index < data.length; index += 5) {
      const [down = 0, right = 0, length = 0, type = 0] = data.slice(index);
      character = down === 0 ? character + right : right;
      line += down;
      const start = file.lineStart(line) + character;
      found.push(`${TOKEN_TYPES[type] ?? ''} ${text.slice(start, start + length)}`);
    }
    assert.deepEqual(found, [
      'keyword PRODUCER',
      'class label',
      'comment -- comment',
      'decorator @partition',
      'string 1',
      'property topic',
      'string t',
      'property key',
      'function lorem.word',
      'property value-format',
      'enumMember long',
      'function number.int',
      'keyword CONSUMER',
      'property from',
      'number 0',
    ]);
  });
});
