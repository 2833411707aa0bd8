import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver-types';
import type { Catalog } from '../../../src/language/catalog';
import { UNKNOWN_STATE } from '../../../src/language/catalog';
import { openFaker } from '../../../src/kafkaFile/faker/library';
import { hover, hoverTarget } from '../../../src/language/hover';
import { caret, catalog } from '../../support/kafkaFiles';

const faker = openFaker('en');

/** The Markdown of the hover at the caret, and the text that it is about. */
function hovered(marked: string, known: Catalog = catalog()): [about: string, markdown: string] {
  const { file, offset, text } = caret(marked);
  const target = hoverTarget(file, offset, known);
  const found = target && hover(file, target, known, faker);
  if (!found) return ['', ''];
  assert.ok(MarkupContent.is(found.contents));
  return [text.slice(target.start, target.end), found.contents.value];
}

describe('hover', () => {
  const table: [marked: string, about: string, markdown: RegExp][] = [
    ['PROD|UCER x\nv', 'PRODUCER', /produces a message/],
    ['CONSUMER| g', 'CONSUMER', /nothing is committed/],
    ['CONSUMER\nfr|om: 0', 'from', /Where to begin/],
    ['CONSUMER\nfrom: ear|liest', 'earliest', /^`earliest`: the oldest/],
    ['CONSUMER\nfrom: 2026-11-2|2 14:00', '2026-11-22 14:00', /on: `2026-11-22 14:00:00Z`$/],
    ['CONSUMER\nfrom: 2026-11-22\nto: 14|:05', '14:05', /before .*: `2026-11-22 14:05:00Z`$/],
    [
      'CONSUMER\nfrom: 22.11.2026 14:00-14:|05',
      '22.11.2026 14:00-14:05',
      /^Messages from `2026-11-22 14:00:00Z` to `2026-11-22 14:05:00Z`, which is not included$/,
    ],
    ['CONSUMER\nfrom: 2026-11-22 14:00-14:|05\nto: 15:00', '2026-11-22 14:00-14:05', /on: `2026/],
    ['CONSUMER\nfrom: until 22.11.|2026', 'until 22.11.2026', /before .*: `2026-11-23 00:00:00Z`$/],
    ['CONSUMER\nfrom: 1|2', '12', /Where to begin/],
    ['PRODUCER\nvalue-format: lo|ng\n5', 'long', /64-bit integer/],
    ['PRODUCER\nvalue-format: string(he|x)\n5', 'string(hex)', /^`string`: text/],
    [
      'PRODUCER\n-- @time|stamp: 5\ntopic: t',
      '-- @timestamp: 5',
      /cannot carry a timestamp[^]*epoch/,
    ],
    ['PRODUCER\nhead|ers: a=b\nv', 'headers', /cannot carry headers[^]*name=value/],
    ['-- @cluster: other\nPRODUCER\nhead|ers: a=b\nv', 'headers', /^Headers as/],
    ['PRODUCER\n-- @tomb|stone\ntopic: t', '-- @tombstone', /no value on purpose/],
    ['CONSUMER\ntopic: or|ders', 'orders', /\| 0 \| 5 \| 9007199254740993 \|/],
    ['PRODUCER\nkey: {{$ind|ex}}\nv', '{{$index}}', /number of the message[^]*```text\n0\n```/],
    ['PRODUCER\n{"a":{{number.i|nt(0)}}}', '{{number.int(0)}}', /faker[^]*```text\n0\n```/],
    ['PRODUCER\nheaders: a={{lorem.wo|rd}}\nv', '{{lorem.word}}', /```text\n\w+\n```/],
    ['PRODUCER\n{{internet.userN|ame}}', '{{internet.userName}}', /internet\.username/],
    ['PRODUCER\n{{random.num|ber(0)}}', '{{random.number(0)}}', /`number\.int`.*today[^]*\n0\n/],
    ['PRODUCER\n{{name.first|Name}}', '{{name.firstName}}', /`person\.firstName`.*today/],
    ['PRODUCER\n{{helpers.user|Card.name}}', '{{helpers.userCard.name}}', /earlier versions/],
    ['PRODUCER\n{{number.int({minimum: 1})|}}', '', /^$/],
    [
      'PRODUCER\n{{helpers.arrayElement(["```"])|}}',
      '{{helpers.arrayElement(["```"])}}',
      /````text\n```\n````/,
    ],
    [
      'CONSUMER\ntopic: a`![x](http://evil/)\u202e|`',
      'a`![x](http://evil/)\u202e`',
      /^Topic `` a`!\[x\] \(http:\/\/evil\/\)⟨U\+202E⟩` `` on hdi/,
    ],
    ['PRODUCER\n{{person.no|body}}', '', /^$/],
    ['PRODUCER\nsome va|lue', '', /^$/],
    ['out|side', '', /^$/],
    ['CONSUMER\nfo|o: x', '', /^$/],
  ];
  for (const [marked, about, markdown] of table) {
    it(JSON.stringify(marked), () => {
      const [where, words] = hovered(marked);
      assert.equal(where, about);
      assert.match(words, markdown);
    });
  }

  it('never shows environment variables', () => {
    for (const marked of ['{{$env.PA|TH}}', '{{helpers.slugify("{{$env.PATH}}"|)}}']) {
      const [, words] = hovered(`PRODUCER\n${marked}`);
      assert.match(words, /^`/);
      assert.doesNotMatch(words, /example/);
    }
  });

  it('does not try out what could take for ever', () => {
    for (const length of ['1000000000', '1e9', '0xFFFFFF', '10_00_00']) {
      const [, words] = hovered(`PRODUCER\n{{string.alpha(${length})|}}`);
      assert.match(words, /faker/);
      assert.doesNotMatch(words, /example/);
    }
    assert.match(hovered('PRODUCER\n{{number.int(1000000)|}}')[1], /example/);
  });

  it('runs nothing that a stranger has made up', () => {
    const untrusted = catalog({ trusted: false });
    assert.doesNotMatch(hovered('PRODUCER\n{{number.int(5)|}}', untrusted)[1], /example/);
    assert.match(hovered('PRODUCER\n{{number.int|}}', untrusted)[1], /example/);
  });

  it('says what is known of a topic', () => {
    const none: Catalog = { ...catalog(), partitions: () => undefined, topics: () => undefined };
    assert.equal(hovered('CONSUMER\ntopic: ord|ers', none)[1], 'Topic `orders` on hdi');
    const listed: Catalog = { ...catalog(), partitions: () => undefined };
    assert.match(hovered('CONSUMER\ntopic: no|ne', listed)[1], /does not list it/);
    const state = { ...UNKNOWN_STATE, trusted: true };
    assert.match(hovered('CONSUMER\ntopic: ord|ers', { ...listed, state })[1], /Choose a cluster/);
  });

  it('leaves templates alone where they are switched off', () => {
    const off = catalog({ templates: { enabled: false, locale: 'en' } });
    assert.deepEqual(hovered('PRODUCER\n{{$ind|ex}}', off), ['', '']);
  });
});
