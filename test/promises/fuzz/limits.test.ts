import assert from 'node:assert/strict';
import { parseDefinition } from '../../../src/core/cluster/definition';
import { formats } from '../../../src/core/message/format';
import { array, decodeJson, field, text } from '../../../src/core/json/decode';
import { indentJson } from '../../../src/core/json/layout';
import { guessPayload, parsePayload } from '../../../src/core/message/parse';
import { serverDetail } from '../../../src/core/http/serverDetail';
import { codeLenses } from '../../../src/language/codeLens';
import { diagnose } from '../../../src/language/diagnostics';
import { foldingRanges } from '../../../src/language/folding';
import { format } from '../../../src/language/formatting';
import { parse } from '../../../src/kafkaFile/parser';
import { semanticTokens } from '../../../src/language/semanticTokens';
import { symbols } from '../../../src/language/symbols';
import { importRecords } from '../../../src/transfer/import/importRecords';
import type { ImportOptions } from '../../../src/transfer/import/imported';
import { compareDecimals } from '../../../src/viewer/filter/path/decimals';
import { pathTest } from '../../../src/viewer/filter/jsonPath';
import { readDefinition } from '../../../src/viewer/session/definition';
import { JsonTree } from '../../../src/webview/detail/jsonTree';
import { encodeOne, format as formatOf } from '../../support/formats';
import { definitionRules } from '../../../src/ui/clusters/definitionRules';
import { catalog } from '../../support/kafkaFiles';

const CATALOG = catalog();
const GUID = '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21';

type Reader = (text: string) => unknown;

const language: Readonly<Record<string, Reader>> = {
  diagnostics: (source) => diagnose(parse(source), CATALOG),
  lenses: (source) => codeLenses('file:///a.kafka', parse(source), CATALOG),
  formatting: (source) => format(parse(source)),
  folding: (source) => foldingRanges(parse(source)),
  tokens: (source) => semanticTokens(parse(source)),
  symbols: (source) => symbols(parse(source)),
};

const PRODUCER = 'PRODUCER\ntopic: a\n';
/** What `.kafka` files have much of: a beginning, what is repeated, an end. */
const files: readonly (readonly [string, string, string])[] = [
  ['', PRODUCER + '\nv\n###\n', ''],
  ['', 'CONSUMER\ntopic: a\nfrom: 1\n', ''],
  ['CONSUMER\n', 'from: 1\n', ''],
  ['', '-- @cluster: x\n', 'CONSUMER\ntopic: a\n'],
  ['', '\r', ''],
  [`${PRODUCER}\n[`, '{{a', ''],
  [`${PRODUCER}\n[`, '{{person.firstName("a"', '}}'],
  [`${PRODUCER}\n[`, '{{person.firstName("}}', ''],
  [`${PRODUCER}\n[{{person.firstName("a"`, ')', '}}'],
  [`${PRODUCER}\n`, '{"a":', ''],
  [`${PRODUCER}value-format: long\n\n`, '9', ''],
  [`${PRODUCER}value-format: string(base64)\n\na`, ' ', '!'],
  [`${PRODUCER}headers: `, 'a=b,', '\n\nx'],
  [`CONSUMER\npartitions: `, '1,', ''],
];

/** Each reads something that comes from outside; the texts are made to keep it busy. */
const readers: readonly (readonly [name: string, read: Reader, unit: string])[] = [
  ...['eyJ-', 'eyJ.', '<script', '<a ', '&#', '{"error":', '['].map(
    (unit) =>
      ['what a server says', (said: string) => serverDetail(said, ['a secret']), unit] as const,
  ),
  ...['[', '{"value":1}\n', '{"value":"', '\\'].map(
    (unit) => ['records', (json: string) => parsePayload(json, 'many'), unit] as const,
  ),
  ['a guess', guessPayload, '[[],'],
  [
    'a value as it is written',
    (json) => decodeJson(`[${json}{}]`, (all) => array(all, text)),
    '{"a":1},',
  ],
  ['a layout', indentJson, '{"a":[1,2]}'],
  ['an endpoint', (address) => definition({ endpoint: `https://h${address}x` }), '/'],
  ['a tenant', (tenant) => definition({ tenantId: tenant }), 'a.'],
  ['a number', (digits) => encodeOne(digits, formatOf('long')), '9'],
  ['a decimal', (zeros) => compareDecimals(`0.${zeros}1`, '0'), '0'],
  ['a JSON tree', (json) => JsonTree.of(`[${json}1]`), '[1],'],
];

function definition(fields: object): unknown {
  return parseDefinition(
    { name: 'a', endpoint: 'h', tenantId: GUID, clientId: GUID, ...fields },
    definitionRules,
  );
}

/** Less is no harm, and too little to compare. */
const QUICK_MS = 200;
const LENGTH = 25_000;

/** Four times the text may take about four times the time; the square of it would be sixteen. */
async function assertLinear(
  read: Reader,
  make: (length: number) => string,
  what: string,
): Promise<void> {
  const [short, long] = [make(LENGTH), make(4 * LENGTH)];
  let [once, fourTimes] = [Infinity, Infinity];
  // Whatever else the computer does makes it look worse, never better.
  for (let tries = 0; tries < 5; tries += 1) {
    fourTimes = Math.min(fourTimes, await timeOf(read, long));
    if (fourTimes < QUICK_MS) return;
    once = Math.min(once, await timeOf(read, short));
    if (fourTimes < 9 * once) return;
  }
  assert.fail(`${Math.round(once)} ms, and ${Math.round(fourTimes)} ms for four times ${what}`);
}

async function timeOf(read: Reader, source: string): Promise<number> {
  const from = performance.now();
  await read(source);
  return performance.now() - from;
}

describe('the time that a text takes grows with its length', () => {
  const repeated = (unit: string) => (length: number) =>
    unit.repeat(Math.ceil(length / unit.length));

  for (const [name, read] of Object.entries(language)) {
    it(`for ${name} of .kafka files`, async () => {
      for (const [begin, unit, end] of files) {
        const make = (length: number) => begin + repeated(unit)(length) + end;
        await assertLinear(read, make, JSON.stringify(begin + unit + end));
      }
      const both = (length: number) => repeated('-- @x\n')(length) + repeated('CONSUMER\n')(length);
      await assertLinear(read, both, 'directives and blocks');
    });
  }

  for (const [name, read, unit] of readers) {
    it(`for ${name} of ${JSON.stringify(unit)}`, async () => {
      await assertLinear(read, repeated(unit), 'it');
    });
  }
});

describe('JSON nested 100,000 deep', () => {
  const DEPTH = 100_000;
  const arrays = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
  const objects = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`;

  for (const [name, deep] of Object.entries({ arrays, objects })) {
    it(`is read and shown as any other: ${name}`, async () => {
      assert.equal(
        decodeJson(`{"a":${deep}}`, (all) => field(all, 'a', text)),
        deep,
      );
      assert.deepEqual(parsePayload(`{"value":${deep}}`, 'many').records, [{ value: deep }]);
      assert.ok(formats.json.records([{ partition: 0, offset: 0n, key: null, value: deep }]));
      assert.ok(JsonTree.of(deep));
      assert.equal(serverDetail(deep).length, 500);
      assert.equal(pathTest('$..b', 0, null)(deep), false);
      assert.equal(readDefinition(deep), undefined);
      assert.ok('problem' in parseDefinition(JSON.parse(deep), definitionRules));
      const found = await diagnose(parse(`${PRODUCER}\n${deep}\n`), CATALOG);
      assert.deepEqual(found.slice(1), []);
      for (const options of [{ format: 'jsonl' }, { format: 'json' }] as const) {
        const line = `{"value":${deep}}`;
        assert.deepEqual(await values(options.format === 'json' ? `[${line}]` : line, options), [
          deep,
        ]);
      }
    });
  }
});

async function values(file: string, options: ImportOptions): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const batch of importRecords([Buffer.from(file)], options)) {
    found.push(...batch.map((item) => (item.kind === 'record' ? item.record.value : item.problem)));
  }
  return found;
}
