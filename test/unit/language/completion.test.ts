import assert from 'node:assert/strict';
import { CompletionItemTag, MarkupContent } from 'vscode-languageserver-types';
import { type Choice, formatChoices } from '../../../src/kafkaFile/formats';
import type { Catalog } from '../../../src/language/catalog';
import { complete } from '../../../src/language/completion';
import { applyEdits, caret, catalog } from '../../support/kafkaFiles';

const values = (choices: readonly Choice[]) => choices.map(({ value }) => value);

function labels(marked: string, known: Catalog = catalog()): string[] {
  const { file, offset } = caret(marked);
  return complete(file, offset, known).items.map(({ label }) => label);
}

/** What the text becomes when the item of that label is taken; snippets stay as they are. */
function taken(marked: string, label: string, known: Catalog = catalog()): string {
  const { file, offset, text } = caret(marked);
  const item = complete(file, offset, known).items.find((each) => each.label === label);
  const edit = item?.textEdit;
  assert.ok(edit && 'range' in edit, `${label} in ${labels(marked, known).join()}`);
  return applyEdits(text, [edit]);
}

describe('completion', () => {
  /** As `labels`, in the order in which an editor shows them, and asked for by the person. */
  function askedFor(marked: string, known: Catalog = catalog()): string[] {
    const { file, offset } = caret(marked);
    const { items } = complete(file, offset, known, true);
    const key = ({ sortText, label }: (typeof items)[number]) => sortText ?? label;
    return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ label }) => label);
  }

  it('crosses out what the cluster cannot carry, and says why', () => {
    const itemAt = (marked: string, label: string) => {
      const { file, offset } = caret(marked);
      return complete(file, offset, catalog()).items.find((each) => each.label === label);
    };
    const documented = (item: ReturnType<typeof itemAt>) =>
      MarkupContent.is(item?.documentation) ? item.documentation.value : '';
    for (const [line, label] of [
      ['-- @|', '@headers'],
      ['-- @|', '@timestamp'],
      ['|', 'headers'],
    ] as const) {
      const there = itemAt(`-- @cluster: other\nPRODUCER\n${line}`, label);
      assert.equal(there?.tags, undefined, label);
      const here = itemAt(`PRODUCER\n${line}`, label);
      assert.deepEqual(here?.tags, [CompletionItemTag.Deprecated], label);
      assert.match(documented(here), /^The REST proxy of this cluster cannot carry/);
      assert.ok(documented(here).endsWith(documented(there)));
    }
    assert.equal(itemAt('PRODUCER\n-- @|', '@tombstone')?.tags, undefined);
  });

  it('lists topics that are internal or hidden after the others', () => {
    const topics = ['__consumer_offsets', 'orders', 'Zebra'].map((name) => ({
      name,
      ...(name.startsWith('__') && { minor: true }),
    }));
    const known = { ...catalog(), topics: () => topics };
    assert.deepEqual(askedFor('CONSUMER\ntopic: |', known), [
      'Zebra',
      'orders',
      '__consumer_offsets',
    ]);
  });

  it('lists templates first where a value is asked for', () => {
    for (const marked of ['PRODUCER\ntopic: t\nkey: |', 'PRODUCER\n{ "id": "|" }']) {
      const [first = '', ...more] = askedFor(marked);
      assert.equal(first, '{{$timestamp}}');
      assert.ok(more.includes('{{person.firstName}}'));
    }
    const line = askedFor('PRODUCER\n|value');
    assert.equal(line[0], '{{$timestamp}}');
    assert.ok(line.indexOf('topic') > line.indexOf('{{person.firstName}}'));
  });

  it('lists templates neither to one who types, nor for a word, nor where they are off', () => {
    const marked = 'PRODUCER\ntopic: t\nkey: |';
    assert.deepEqual(labels(marked), []);
    assert.deepEqual(askedFor('PRODUCER\nnot "ord|'), []);
    const templates = { enabled: false, locale: 'en' };
    assert.deepEqual(askedFor(marked, catalog({ templates })), []);
  });

  it('writes the braces of a template, or the second of them', () => {
    const known = catalog();
    for (const [marked, expected] of [
      ['PRODUCER\ntopic: t\nkey: |', 'key: {{\\$uuid}}'],
      ['PRODUCER\ntopic: t\nkey: {|', 'key: {{\\$uuid}}'],
    ] as const) {
      const { file, offset, text } = caret(marked);
      const item = complete(file, offset, known, true).items.find(
        ({ label }) => label === '{{$uuid}}',
      );
      assert.ok(item?.textEdit && 'range' in item.textEdit);
      assert.ok(applyEdits(text, [item.textEdit]).endsWith(expected));
    }
  });

  const all: [marked: string, labels: string[]][] = [
    ['|', ['PRODUCER', 'CONSUMER', '###']],
    ['CONS|UMER\n', ['PRODUCER', 'CONSUMER', '###']],
    ['x |\n', []],
    ['CONSUMER g|\n', []],
    ['PRODUCER\n|\n###', ['topic', 'key', 'headers', 'key-format', 'value-format', 'every', '###']],
    ['PRODUCER\ntopic: t\nkey: k\nval|', ['headers', 'key-format', 'value-format', 'every', '###']],
    ['PRODUCER\ntopic: t\nvalue\nk|', []],
    ['PRODUCER\n  to|', []],
    [
      'CONSUMER\n  topic: t\n  f|',
      ['from', 'to', 'count', 'partitions', 'key-format', 'value-format'],
    ],
    [
      'CONSUMER\ntopic: t\nfrom: 0\n|',
      ['to', 'count', 'partitions', 'key-format', 'value-format', 'PRODUCER', 'CONSUMER', '###'],
    ],
    ['CONSUMER\ntopic: |', ['orders', 'iot-readings']],
    ['CONSUMER\ntopic: ord|', ['orders']],
    [
      'CONSUMER\nfrom:|',
      ['earliest', 'latest', '0', 'last 15 minutes', 'today', '2026-11-22 14:00'],
    ],
    ['CONSUMER\nto: |', ['latest', '14:05']],
    ['CONSUMER\ntopic: orders\npartitions: |', ['0']],
    ['PRODUCER\nkey-format: s|', values(formatChoices('producer'))],
    ['CONSUMER\nvalue-format: |', values(formatChoices('consumer'))],
    ['CONSUMER\nvalue-format: string(|', ['utf8', 'utf16le', 'base64', 'latin1', 'hex']],
    ['PRODUCER\nvalue-format: string(b|)', ['utf8', 'utf16le', 'base64', 'latin1', 'hex']],
    ['PRODUCER\nevery: |', ['3s', '5m', '1h']],
    [
      'PRODUCER\n-- @|',
      ['@cluster', '@schema', '@key-schema', '@partition', '@timestamp', '@headers', '@tombstone'],
    ],
    ['CONSUMER\n-- @cl|', ['@cluster', '@schema', '@key-schema']],
    ['CONSUMER\n-- @cluster: |', ['hdi', 'other']],
    ['PRODUCER\n-- @partition: |\ntopic: orders\nv', ['0']],
    ['PRODUCER\n-- a comment |', []],
    ['PRODUCER\nkey: a|', []],
    ['PRODUCER\nfoo: |', []],
  ];
  for (const [marked, expected] of all) {
    it(JSON.stringify(marked), () => {
      assert.deepEqual(labels(marked), expected);
    });
  }

  const choices: [marked: string, label: string, text: string][] = [
    ['PRODUCER\nto|', 'topic', 'PRODUCER\ntopic: '],
    ['CONSUMER\n to|', 'topic', 'CONSUMER\n topic: '],
    ['CONSUMER\ntopic: iot-r|\n', 'iot-readings', 'CONSUMER\ntopic: iot-readings\n'],
    ['CONSUMER\ntopic: orders\npartitions: 1,|', '0', 'CONSUMER\ntopic: orders\npartitions: 1,0'],
    ['PRODUCER\nkey-format: string(b|)', 'base64', 'PRODUCER\nkey-format: string(base64)'],
    ['PRODUCER\n-- @part|', '@partition', 'PRODUCER\n-- @partition: '],
    ['PRODUCER\n-- @cluster: ot|', 'other', 'PRODUCER\n-- @cluster: other'],
    ['PRODUCER\nkey: {{per|', 'person.firstName', 'PRODUCER\nkey: {{person.firstName}}'],
    ['PRODUCER\nv {{person.|}} w', 'person.firstName', 'PRODUCER\nv {{person.firstName}} w'],
    ['PRODUCER\n{"a":{{$in|}', '$index', 'PRODUCER\n{"a":{{\\$index}}'],
    ['PRODUCER\nheaders: a={{|', '$env.', 'PRODUCER\nheaders: a={{\\$env.${1:NAME}}}'],
  ];
  for (const [marked, label, text] of choices) {
    it(`takes ${label} in ${JSON.stringify(marked)}`, () => {
      assert.equal(taken(marked, label), text);
    });
  }

  it('offers templates between braces only, and where they are filled in', () => {
    const offers = (marked: string) => labels(marked).includes('person.firstName');
    assert.equal(offers('PRODUCER\n{{|'), true);
    assert.equal(offers('PRODUCER\n{{person.firstName}} |'), false);
    assert.equal(offers('PRODUCER\n{{a\n|'), false);
    assert.equal(offers('PRODUCER\ntopic: {{|'), false);
    assert.equal(offers('CONSUMER\nfrom: {{|'), false);
    const off = catalog({ templates: { enabled: false, locale: 'en' } });
    assert.deepEqual(labels('PRODUCER\n{{|', off), []);
  });

  it('asks the cluster that the block names', () => {
    const known = catalog();
    const topics = (cluster: string) => [{ name: `of-${cluster}` }];
    const text = '-- @cluster: other\nCONSUMER\ntopic: |';
    assert.deepEqual(labels(text, { ...known, topics }), ['of-other']);
    assert.deepEqual(labels('CONSUMER\ntopic: |', { ...known, topics: () => undefined }), []);
  });

  it('does not send thousands of topics at once', () => {
    const known = catalog(
      {},
      Array.from({ length: 1000 }, (_, n) => ({ name: `topic-${n}` })),
    );
    const { file, offset } = caret('CONSUMER\ntopic: |');
    const { items, isIncomplete } = complete(file, offset, known);
    assert.deepEqual([items.length, isIncomplete], [500, true]);
  });
});
