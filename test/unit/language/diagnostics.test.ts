import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Catalog } from '../../../src/language/catalog';
import { UNKNOWN_STATE } from '../../../src/language/catalog';
import { diagnose, problemsOf } from '../../../src/language/diagnostics';
import { parse } from '../../../src/kafkaFile/parser';
import type { ClusterInfo } from '../../../src/language/protocol';
import { quickFixes } from '../../../src/language/quickFixes';
import { applyEdits, catalog, NO_SCHEMAS } from '../../support/kafkaFiles';

/** The problems of a text as `kind at text`. */
async function problems(text: string, known: Catalog = catalog()): Promise<string[]> {
  const found = await problemsOf(parse(text), known);
  return found.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

const P = 'PRODUCER\ntopic: orders\n';
const C = 'CONSUMER\ntopic: orders\n';

/** Text, its problems, and what its first fix makes of it, where there is one. */
const table: [text: string, problems: string[], fixed?: string][] = [
  [`${P}key: a\n{"a":{"b":1}}\n###\n${C}from: earliest\n`, []],
  ['PRODUCER\nv', ['topic-missing PRODUCER'], 'PRODUCER\ntopic: \nv'],
  ['PRODUCER x\r\nv\r\n', ['topic-missing PRODUCER'], 'PRODUCER x\r\ntopic: \r\nv\r\n'],
  ['CONSUMER\ntopic:\n', ['topic-missing topic:']],
  ['CONSUMER\ntopic: a b\n', ['topic-invalid a b']],
  ['CONSUMER\ntopic: order\n', ['topic-unknown order'], 'CONSUMER\ntopic: orders\n'],
  ['CONSUMER\n-- @cluster: nowhere\ntopic: orders\n', ['cluster-unknown nowhere']],
  [
    '-- @cluster: othr\nCONSUMER\ntopic: orders\n',
    ['cluster-unknown othr'],
    '-- @cluster: other\nCONSUMER\ntopic: orders\n',
  ],
  [`${C}form: 0\n`, ['property-unknown form'], `${C}from: 0\n`],
  [`${C}every: 3s\n`, ['property-unknown every'], C],
  [`${C}: 3s\n`, ['property-unknown : 3s'], C],
  [`${C}from 0\n`, ['colon-missing from 0'], `${C}from: 0\n`],
  [`${C}from: 0\nfrom: 1\n`, ['property-twice from'], `${C}from: 1\n`],
  [`PRODUCER\n-- @partition: 0\n-- @partition: 1\ntopic: orders\nv`, ['property-twice partition']],
  [
    `PRODUCER\n  topic: orders\nv`,
    ['topic-missing PRODUCER', 'property-in-value topic'],
    'PRODUCER\ntopic: \n  topic: orders\nv',
  ],
  [`${P} key: k\nv`, ['property-in-value key'], `${P}key: k\nv`],
  [`${P}key : k\nv`, ['property-in-value key'], `${P}key: k\nv`],
  [`${P}Key: k\nv`, ['property-in-value Key'], `${P}key: k\nv`],
  [`${P}foo: x\nkey: k\nv`, ['property-in-value key'], `${P}key: k\nfoo: x\nv`],
  [`${P}foo: x\n\nkey: k`, []],
  [`${P}name: x\nvalue: 5\nlist:\n- a\n- b\n`, []],
  [`${P}# YAML\nname: x\nvalue: 5\nmore:\n  - a\n`, []],
  // offsets that look like times
  [`${C}from: 20261122\n`, ['offset-like-time 20261122'], `${C}from: 2026-11-22\n`],
  [
    `${C}from: 20261122140000\n`,
    ['offset-like-time 20261122140000'],
    `${C}from: 2026-11-22 14:00:00\n`,
  ],
  [`${C}from: 1700000000\n`, ['offset-like-time 1700000000'], `${C}from: @1700000000\n`],
  [
    `${C}from: @1600000000\nto: 1700000000123\n`,
    ['offset-like-time 1700000000123'],
    `${C}from: @1600000000\nto: @1700000000123\n`,
  ],
  [`${C}from: 20269922\nto: 170000000000\n`, []],
  // lines above JSON
  [`${P}# note\n{"a":1}`, ['line-before-json # note'], `${P}-- note\n{"a":1}`],
  [`${P}// note\n[{"a":1}]`, ['line-before-json // note'], `${P}-- note\n[{"a":1}]`],
  [`${P}acks: all\n{"a":1}`, ['line-before-json acks: all'], `${P}-- acks: all\n{"a":1}`],
  [`${P}key=5\n\n{"a":{{$index}}}`, ['line-before-json key=5'], `${P}-- key=5\n\n{"a":{{$index}}}`],
  [
    `${P}@partition: 1\n{"a":1}`,
    ['line-before-json @partition: 1'],
    `${P}-- @partition: 1\n{"a":1}`,
  ],
  [
    `${P}# note\npartition: 1\n{"a":1}`,
    ['line-before-json # note', 'setting-in-value partition'],
    `${P}-- note\npartition: 1\n{"a":1}`,
  ],
  [`${P}Dear {{person.firstName}},\n{{lorem.word}}`, []],
  [`${P}a log\n[INFO] x`, []],
  // directives without a colon
  [`-- @cluster hdi\n${C}`, ['directive-form  '], `-- @cluster: hdi\n${C}`],
  [
    `PRODUCER\n-- @partition = 1\ntopic: orders\nv`,
    ['directive-form  = '],
    'PRODUCER\n-- @partition: 1\ntopic: orders\nv',
  ],
  [`-- @me\n-- @ cluster hdi\n${C}`, []],
  // JSON behind a separator
  [
    `${P}{"a":1}\n### {"a":2}\n`,
    ['text-outside {"a":2}'],
    `${P}{"a":1}\n### \nPRODUCER\ntopic: orders\n{"a":2}\n`,
  ],
  [
    `${P}{"a":1}\n###{\n"a":2\n}\n###\n`,
    ['text-outside {\n"a":2\n}'],
    `${P}{"a":1}\n###\nPRODUCER\ntopic: orders\n{\n"a":2\n}\n###\n`,
  ],
  [`${P}v\n### next\n${C}`, []],
  [`${P}value: |\n  text`, ['setting-in-value value'], `${P}  text`],
  [`${P}name: x\nage: 5`, []],
  [`${P}v\nCONSUMER c\ntopic: t`, ['block-in-value CONSUMER'], `${P}v\n###\nCONSUMER c\ntopic: t`],
  [`${P}v\nCONSUMERS are`, []],
  [
    `${P}v\nproducer b\ntopic: orders\nv`,
    ['block-in-value producer'],
    `${P}v\n###\nPRODUCER b\ntopic: orders\nv`,
  ],
  [
    `${P}v\n  CONSUMER\n  topic: orders\n`,
    ['block-in-value CONSUMER'],
    `${P}v\n###\nCONSUMER\n  topic: orders\n`,
  ],
  [`${P}producer of\nthings`, []],
  [
    `CONSUMER\nproducer b\ntopic: orders\n`,
    ['colon-missing producer b'],
    'CONSUMER\nPRODUCER b\ntopic: orders\n',
  ],
  [`${P}v\n  ###\n`, ['separator-form ###'], `${P}v\n###\n`],
  [`${P}v\n  ### heading\n`, []],
  [
    `${P}v\n-- @partition: 1\n###\n`,
    ['comment-in-value -- @partition: 1'],
    `${P}-- @partition: 1\nv\n###\n`,
  ],
  [`${P}v\n-----BEGIN-----\n`, []],
  // Settings that a PRODUCER does not have.
  [`${P}partition: 2\n{"id":1}`, ['setting-in-value partition'], `${P}-- @partition: 2\n{"id":1}`],
  [`${P}  Partitions : 2\nv`, ['setting-in-value Partitions'], `${P}-- @partition: 2\nv`],
  [
    `-- @cluster: other\n${P}timestamp: 5\nv`,
    ['setting-in-value timestamp'],
    `-- @cluster: other\n${P}-- @timestamp: 5\nv`,
  ],
  [`${P}cluster: other\nv`, ['setting-in-value cluster'], `${P}-- @cluster: other\nv`],
  [`${P}tombstone: true\nv`, ['setting-in-value tombstone'], `${P}-- @tombstone\nv`],
  [`${P}value: {"id":1}`, ['setting-in-value value'], `${P}{"id":1}`],
  [`${P}value:\n{"id":1}`, ['setting-in-value value'], `${P}{"id":1}`],
  [`${P}offset: 5\r\nv`, ['setting-in-value offset'], `${P}v`],
  [`${P}from: earliest\nv`, ['setting-in-value from'], `${P}v`],
  [`${P}count: 5\nv`, ['setting-in-value count'], `${P}v`],
  [
    `${P}offset: 5\npartition: 2\nv`,
    ['setting-in-value offset', 'setting-in-value partition'],
    `${P}partition: 2\nv`,
  ],
  [`${P}header: a=b\nv`, ['property-in-value header'], `${P}headers: a=b\nv`],
  [`${P}keys: a\nv`, ['property-in-value keys'], `${P}key: a\nv`],
  [`${P}format: long\nv`, ['property-in-value format'], `${P}value-format: long\nv`],
  [`${P}valueFormat: long\nv`, ['property-in-value valueFormat'], `${P}value-format: long\nv`],
  [`${P}value-fromat: long\nv`, ['property-in-value value-fromat'], `${P}value-format: long\nv`],
  [`${P}value: 5\nunit: C`, []],
  [`${P}timestamp: 5\nlevel: info\nto: me`, []],
  [`${P}event: created`, []],
  [`${P}hey: you`, []],
  [`${P}{"partition": 2}`, []],
  [`${P}kafka://orders`, []],
  ['producer\ntopic: orders\nv', ['keyword-form producer'], 'PRODUCER\ntopic: orders\nv'],
  ['  CONSUMER\ntopic: orders\n', ['keyword-form CONSUMER'], C],
  ['Consumer of orders\n\nProducer\n', []],
  // Text that belongs to no block.
  [
    `${P}{"id":1}\n\n###\n{"id":2}\n\n###\n`,
    ['text-outside {"id":2}'],
    `${P}{"id":1}\n\n###\nPRODUCER\ntopic: orders\n{"id":2}\n\n###\n`,
  ],
  [
    `${P}v\n###\n{\n\n"id":2}\n${C}`,
    ['text-outside {\n\n"id":2}'],
    `${P}v\n###\nPRODUCER\ntopic: orders\n{\n\n"id":2}\n###\n${C}`,
  ],
  [
    `${P}v\r\n###\r\na\r\n###\r\n-- b\r\n# c\r\n// d\r\n`,
    ['text-outside a'],
    `${P}v\r\n###\r\nPRODUCER\r\ntopic: orders\r\na\r\n###\r\n-- b\r\n# c\r\n// d\r\n`,
  ],
  [
    `${P}v\n###\ntopic: iot-readings\nfrom: 5\n`,
    ['text-outside topic: iot-readings\nfrom: 5'],
    `${P}v\n###\nCONSUMER\ntopic: iot-readings\nfrom: 5\n`,
  ],
  [
    `topic: orders\nv\n###\n`,
    ['text-outside topic: orders\nv'],
    'PRODUCER\ntopic: orders\nv\n###\n',
  ],
  [`What this file is for\n${P}v\n###\n`, []],
  [
    `PRODUCER\n-- @partitions: 1\ntopic: orders\nv`,
    ['directive-unknown partitions'],
    `PRODUCER\n-- @partition: 1\ntopic: orders\nv`,
  ],
  [`${C}###\n-- @cluster: other\n-- @author: me\n${C}`, ['directive-outside cluster']],
  ['-- @tombstone\n', ['directive-outside tombstone']],
  [
    'PRODUCER a\ntopic: orders\n###\n',
    ['value-missing PRODUCER'],
    'PRODUCER a\n-- @tombstone\ntopic: orders\n###\n',
  ],
  [`PRODUCER\n-- @tombstone\ntopic: orders\nv`, ['tombstone-with-value -- @tombstone'], `${P}v`],
  [`${P}key-format: lon\nv`, ['format-unknown lon'], `${P}key-format: long\nv`],
  [`${C}value-format: none\n`, []],
  [`${P}value-format: avro(x@0)\nv`, ['schema-invalid avro(x@0)']],
  [
    `${P}value-format: string(utf)\nv`,
    ['encoding-unknown string(utf)'],
    `${P}value-format: string(utf8)\nv`,
  ],
  [`${P}every: 3\nv`, ['every-invalid 3'], `${P}every: 3s\nv`],
  [`${C}from: 12abc\nto: 20 ?\n`, ['from-invalid 12abc', 'to-invalid 20 ?']],
  [`${C}from: 22.11.2026 14:00\nto: 14:05\n`, []],
  [`${C}from: 14:00-14:05\n`, []],
  [
    `${C}from: x\nto: y\ncount: z\npartitions: w\n`,
    ['from-invalid x', 'to-invalid y', 'count-invalid z', 'partitions-invalid w'],
  ],
  [`${C}from: 5\nto: 4\n`, ['to-before-from 4']],
  [`${C}from: last 15 minutes\n`, []],
  [`${C}from: 2026-11-22 14:00\nto: 14:05\n`, []],
  [`${C}from: 2026-02-30\nto: 25:00\n`, ['from-invalid 2026-02-30', 'to-invalid 25:00']],
  [`${C}partitions: 0-3\n`, ['partition-unknown 0-3']],
  [`PRODUCER\n-- @partition: 3\ntopic: orders\nv`, ['partition-unknown 3']],
  [`PRODUCER\n-- @partition: -1\ntopic: orders\nv`, ['partition-invalid -1']],
  [`PRODUCER\n-- @timestamp: x\ntopic: orders\nv`, ['timestamp-invalid x']],
  [
    `-- @cluster: other\n${P}headers: a=b=c, d\nv`,
    ['header-cut =c', 'header-dropped d'],
    `-- @cluster: other\n${P}headers: a=b, d\nv`,
  ],
  [`${P}headers: a=b\nv`, ['headers-unsupported headers: a=b'], `${P}v`],
  [`-- @cluster: other\n${P}headers: a=b\nv`, []],
  [
    `PRODUCER\n-- @headers: {"a":"b"}\ntopic: orders\nv`,
    ['headers-unsupported -- @headers: {"a":"b"}'],
    `${P}v`,
  ],
  [`PRODUCER\n-- @headers: a=b\ntopic: orders\nv`, ['headers-invalid a=b']],
  [
    `PRODUCER\n-- @timestamp: 5\ntopic: orders\nv`,
    ['timestamp-unsupported -- @timestamp: 5'],
    `${P}v`,
  ],
  [`${P}value-format: short\n200`, ['bytes-unsupported 200']],
  [`${P}value-format: short\n{{$index}}`, ['bytes-perhaps-unsupported short']],
  [`${P}value-format: short\n20`, []],
  [`${P}value-format: short\n2x`, ['number-inexact 2x'], `${P}value-format: short\n2`],
  [`${P}value-format: short\nx`, ['not-in-format x']],
  [`${P}value-format: short\n70000`, ['out-of-range 70000']],
  // JSON
  [`${P}{"a":{"b":{"c":[{"d":1}]}}}`, []],
  [`${P}{"a":{{number.int}},"b":"{{person.firstName}} x","c":{"d":-{{$index}}}}`, []],
  [`${P}{"a":{{helpers.arrayElement([{"b":{"c":1}}])}}}`, []],
  [`${P}[{{number.int}}, 1]`, []],
  [`${P}{"a": 1,}`, ['json-invalid }']],
  // Several values in a row
  [
    `PRODUCER a\ntopic: orders\nkey: k\n-- note\n{"id":1}\n{"id":2}\n{"id":3}\n###\n`,
    ['values-in-row {"id":1}'],
    ['{"id":1}', '{"id":2}', '{"id":3}']
      .map((value) => `PRODUCER a\ntopic: orders\nkey: k\n-- note\n${value}\n###\n`)
      .join('\n'),
  ],
  [
    `${P}{\n"id": {{number.int({min:1})}}\n} [2]`,
    ['values-in-row {\n"id": {{number.int({min:1})}}\n}'],
    `${P}{\n"id": {{number.int({min:1})}}\n}\n###\n\n${P}[2]\n###`,
  ],
  [`${P}[1],\n[2],\n###`, ['values-in-row [1]'], `${P}[1]\n###\n\n${P}[2]\n###`],
  [`${P}{"id":1},\n`, ['json-invalid ,']],
  [`${P}{"id":1} {"id":`, ['json-invalid :']],
  [`${P}1\n2\n`, []],
  [`${P}{"a": {{number.int}} 5}`, ['json-invalid 5']],
  [`${P}{"a": 1`, ['json-invalid 1']],
  [`${P}{a: 1}`, ['json-invalid a']],
  [`${P}[1, 2 3]`, ['json-invalid 3']],
  [`${P}[INFO] started`, []],
  [`${P}[2025-01-31] started`, []],
  [`${P}{{person.firstName}} {x}`, []],
  [
    `${P}{{ person.firstName }}`,
    ['template-as-text {{ person.firstName }}'],
    `${P}{{person.firstName}}`,
  ],
  [
    `${P}{{ number.int({min: 1, max: 5}) }}`,
    ['template-as-text {{ number.int({min: 1, max: 5}) }}'],
    `${P}{{number.int({min: 1, max: 5})}}`,
  ],
  [`${P}{{ $uuid }}`, ['template-as-text {{ $uuid }}'], `${P}{{$uuid}}`],
  [
    `${P}{{Person.FirstName}}`,
    ['template-as-text {{Person.FirstName}}'],
    `${P}{{person.firstName}}`,
  ],
  [`${P}{{ user.name }} {{ x }} {{User}} {{`, []],
  [`${P}value-format: string(latin1)\n{x}`, []],
  // templates
  [`${P}key: {{person.nobody}}\nv`, ['template-unknown person.nobody']],
  [
    `${P}{"a":"{{person.firstname}}"}`,
    ['template-unknown person.firstname'],
    `${P}{"a":"{{person.firstName}}"}`,
  ],
  [`${P}{{$indx}}`, ['template-unknown {{$indx}}'], `${P}{{$index}}`],
  [`${P}{{$guid}}`, ['template-unknown {{$guid}}'], `${P}{{$uuid}}`],
  [
    `${P}{{$randomFirstName}}`,
    ['template-unknown {{$randomFirstName}}'],
    `${P}{{person.firstName}}`,
  ],
  [`${P}{{$randomInt}}`, ['template-arguments {{$randomInt}}'], `${P}{{$randomInt 1 100}}`],
  [`${P}{{$index 5}}`, ['template-arguments {{$index 5}}'], `${P}{{$index}}`],
  [
    `${P}{{name.firstName.toUpperCase()}}`,
    ['template-unknown {{name.firstName.toUpperCase()}}'],
    `${P}{{name.firstName}}`,
  ],
  [`${P}{{firstName}}`, ['template-unknown firstName'], `${P}{{person.firstName}}`],
  [`${P}{{person.city()}}`, ['template-unknown person.city'], `${P}{{location.city()}}`],
  [`${P}{{random.number(5)}} {{name.firstName}} {{faker.address.city}}`, []],
  [`${P}{{helpers.arrayElement(['a','b'])}}`, []],
  [
    `${P}{"n": {{number.int(1,5)}}}`,
    ['template-arguments {{number.int(1,5)}}'],
    `${P}{"n": {{number.int({min: 1, max: 5})}}}`,
  ],
  [
    `${P}{{internet.email({lastname: 'x'})}}`,
    ["template-option {{internet.email({lastname: 'x'})}}"],
    `${P}{{internet.email({lastName: 'x'})}}`,
  ],
  [
    `${P}{{Faker.person.firstName}}`,
    ['template-as-text {{Faker.person.firstName}}'],
    `${P}{{person.firstName}}`,
  ],
  [
    `${P}{{number.int({minimum: 1})}}`,
    ['template-option {{number.int({minimum: 1})}}'],
    `${P}{{number.int({min: 1})}}`,
  ],
  [
    `${P}a {{person.firstName b`,
    ['template-open {{person.firstName'],
    `${P}a {{person.firstName}} b`,
  ],
  [
    `${P}{"a":{{number.int({min: 1, max: 5})}\n}`,
    ['template-open {{number.int({min: 1, max: 5})', 'json-invalid {'],
    `${P}{"a":{{number.int({min: 1, max: 5})}}\n}`,
  ],
  [`${P}a {{number.int(5) b`, ['template-open {{number.int(5)'], `${P}a {{number.int(5)}} b`],
  [`-- @cluster: other\n${P}headers: a={{$x}}\nv`, ['template-unknown {{$x}}']],
];

describe('diagnostics', () => {
  for (const [text, expected] of table) {
    it(JSON.stringify(text), async () => {
      assert.deepEqual(await problems(text), expected);
    });
  }

  it('of what the REST proxy of a cluster cannot read or produce', async () => {
    const on = (capabilities: ClusterInfo['capabilities']) =>
      catalog({
        clusters: [{ name: 'hdi', capabilities, protection: 'none' }],
      });
    const timeless = on({ produce: false, read: { headers: false, timestamp: false } });
    assert.deepEqual(await problems(`${C}from: 2026-11-22 14:00`, timeless), [
      'times-unsupported 2026-11-22 14:00',
    ]);
    assert.deepEqual(await problems(`${C}from: 5`, timeless), []);
    assert.deepEqual(await problems(`${P}v`, timeless), ['produce-unsupported PRODUCER']);
    const mute = on({ produce: false, read: false });
    assert.deepEqual(await problems(C, mute), ['consume-unsupported CONSUMER']);
  });

  it('hold nothing against what is not known yet', async () => {
    const unknown: Catalog = {
      state: { ...UNKNOWN_STATE, chosen: 'hdi' },
      topics: () => undefined,
      partitions: () => undefined,
      ...NO_SCHEMAS,
    };
    const text = '-- @cluster: x\nPRODUCER\n-- @partition: 9\ntopic: nowhere\nheaders: a=b\nv';
    assert.deepEqual(await problems(text, unknown), []);
    const noTopics = { ...catalog(), topics: () => undefined };
    assert.deepEqual(await problems('CONSUMER\ntopic: nowhere', noTopics), []);
  });

  it('leave templates alone where they are switched off', async () => {
    const off = catalog({ templates: { enabled: false, locale: 'en' } });
    assert.deepEqual(await problems(`${P}{"a":"{{person.nobody}}"}`, off), []);
  });

  it('have a severity, a code, a place and a sentence', async () => {
    const [first, second] = await diagnose(parse('CONSUMER\ntopic: nowhere\nfrom: x'), catalog());
    assert.deepEqual(first, {
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 14 } },
      severity: DiagnosticSeverity.Hint,
      source: 'Kafka REST',
      code: 'topic-unknown',
      message:
        'The cluster does not list the topic "nowhere". A topic made a moment ago can take half a ' +
        'minute to show up; otherwise check the name or create it.',
    });
    assert.equal(second?.severity, DiagnosticSeverity.Error);
  });

  it('never throw, and stay within the text', async () => {
    const part = fc.oneof(
      fc.constantFrom(...table.map(([text]) => text), '{{', '}}', '{"a":', '\r\n', '###\n'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        const text = parts.join('');
        const file = parse(text);
        for (const { start, end } of await problemsOf(file, catalog())) {
          assert.ok(start >= 0 && start <= end && end <= text.length);
        }
        await quickFixes('file:///a', file, { start: 0, end: text.length }, catalog());
      }),
    );
  });
});

describe('quick fixes', () => {
  for (const [text, found, fixed] of table) {
    if (fixed === undefined) continue;
    it(`of ${found.join(', ')}`, async () => {
      const [action] = await quickFixes(
        'file:///a.kafka',
        parse(text),
        { start: 0, end: text.length },
        catalog(),
      );
      const edits = action?.edit?.changes?.['file:///a.kafka'] ?? [];
      assert.equal(applyEdits(text, edits), fixed);
      assert.equal(action?.diagnostics?.length, 1);
    });
  }

  it('make text outside of blocks a comment, if it is one', async () => {
    const text = `${P}v\n###\nabout\n\nthis\n###\n`;
    const span = { start: 0, end: text.length };
    const [, comment] = await quickFixes('file:///a', parse(text), span, catalog());
    assert.equal(comment?.title, 'Make it a comment');
    assert.equal(
      applyEdits(text, comment.edit?.changes?.['file:///a'] ?? []),
      `${P}v\n###\n-- about\n--\n-- this\n###\n`,
    );
  });

  it('offer all templates that may have been meant', async () => {
    const text = `${P}{{uuid}}`;
    const span = { start: 0, end: text.length };
    const actions = await quickFixes('file:///a', parse(text), span, catalog());
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to "$uuid"', 'Change to "string.uuid"'],
    );
  });

  it('are only of problems that the selection touches', async () => {
    const text = 'CONSUMER\ntopic: orders\nkey-format: lon\nvalue-format: shortt\n';
    const at = text.indexOf('shortt');
    const actions = await quickFixes('file:///a', parse(text), { start: at, end: at }, catalog());
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to "short"'],
    );
  });
});
