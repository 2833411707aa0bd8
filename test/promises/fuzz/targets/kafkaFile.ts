import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Range } from 'vscode-languageserver-types';
import { codeLenses } from '../../../../src/language/codeLens';
import { complete } from '../../../../src/language/completion';
import { diagnose } from '../../../../src/language/diagnostics';
import { foldingRanges } from '../../../../src/language/folding';
import { format } from '../../../../src/language/formatting';
import { hover, hoverTarget } from '../../../../src/language/hover';
import type { KafkaFile } from '../../../../src/kafkaFile/file';
import { parse } from '../../../../src/kafkaFile/parser';
import { quickFixes } from '../../../../src/language/quickFixes';
import { topicAt } from '../../../../src/language/references';
import { semanticTokens } from '../../../../src/language/semanticTokens';
import { symbols } from '../../../../src/language/symbols';
import { readConsumer, readProducer } from '../../../../src/kafkaFile/settings';
import { applyEdits, catalog, CLOCK } from '../../../support/kafkaFiles';
import { same, type Target } from '../target';

const CATALOG = catalog();

const lines = fc.constantFrom(
  'PRODUCER label',
  'CONSUMER group',
  '###',
  'topic: orders',
  ' topic : x',
  'key: {{$uuid}}',
  'headers: a=b, c={{person.firstName}}',
  'value-format: string(base64)',
  'key-format: long',
  'every: 3s',
  'from: yesterday 14:00',
  'to: 99',
  'partitions: 0-2,5',
  'count: 10',
  '-- @cluster: other',
  '-- @partition: 1',
  '-- @tombstone',
  '-- @headers: [{"name":"a","value":null}]',
  '-- comment',
  '{"a": {{number.int({"min": 1})}}}',
  '',
);

/**
 * Nothing throws; pieces cover the file; what is reported lies in it; formatting twice is
 * formatting once, and changes nothing that a block says.
 */
export const target: Target = {
  seeds: [
    'PRODUCER a\ntopic: orders\nkey: k\nheaders: a=b\n\n{"id": {{$index}}, "n": "{{person.firstName}}"}\n###\n',
    'CONSUMER g\r\ntopic: orders\r\nfrom: 5\r\nto: 2026-11-22 14:00\r\npartitions: 0,2-3\r\n',
    '-- @cluster: hdi\nPRODUCER\ntopic: x\nvalue-format: string(base64)\n\naGk=\n###\nCONSUMER\ntopic: y\n',
    'PRODUCER\n-- @tombstone\n-- @partition: 1\ntopic: x\nkey-format: long\nkey: 12abc\n',
  ],
  structured: fc
    .array(fc.tuple(fc.oneof(lines, lines, fc.string()), fc.constantFrom('\n', '\r\n', '\r')))
    .map((all) => all.flat().join('')),
  run: async (input) => {
    const text = input.toString();
    const file = parse(text);
    same(file.pieces.map(({ start, end }) => text.slice(start, end)).join(''), text, 'pieces');
    const problems = await diagnose(file, CATALOG);
    for (const { range } of problems) inFile(file, range);
    for (const { startLine, endLine } of foldingRanges(file)) {
      assert.ok(startLine < endLine && endLine < file.lineCount);
    }
    for (const { range, selectionRange } of symbols(file)) {
      inFile(file, range);
      inFile(file, selectionRange);
    }
    for (const { range } of codeLenses('file:///a.kafka', file, CATALOG)) inFile(file, range);
    checkTokens(file);
    checkFormatting(file);
    for (let at = 0; at <= text.length; at += 1 + Math.floor(text.length / 4)) {
      complete(file, at, CATALOG);
      topicAt(file, at);
      const found = hoverTarget(file, at, CATALOG);
      if (found) hover(file, found, CATALOG);
    }
    const fixes = await quickFixes('u', file, { start: 0, end: text.length }, CATALOG);
    for (const { edit } of fixes.slice(0, 20)) {
      applyEdits(text, edit?.changes?.['u'] ?? []);
    }
  },
};

function inFile(file: KafkaFile, { start, end }: Range): void {
  const [from, to] = [file.offsetAt(start), file.offsetAt(end)];
  assert.ok(0 <= from && from <= to && to <= file.text.length);
}

/** Tokens lie on their lines, in order, and not over each other. */
function checkTokens(file: KafkaFile): void {
  const data = semanticTokens(file);
  let [line, character, end] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(at, at + 3);
    if (down > 0) end = 0;
    line += down;
    character = down > 0 ? right : character + right;
    assert.ok(down >= 0 && right >= 0 && length > 0 && character >= end, 'tokens in order');
    end = character + length;
    assert.ok(end <= file.line(line).length, 'a token on its line');
  }
}

function checkFormatting(file: KafkaFile): void {
  const once = parse(applyEdits(file.text, format(file)));
  same(applyEdits(once.text, format(once)), once.text, 'text, formatted twice');
  same(meaningOf(once), meaningOf(file), 'meaning, formatted');
}

/** What the blocks say, wherever it stands. */
function meaningOf({ blocks }: KafkaFile): string {
  const read = blocks.map((block) =>
    block.kind === 'producer' ? readProducer(block) : readConsumer(block, CLOCK),
  );
  return JSON.stringify(
    read.map(({ settings }) => settings),
    (name, value: unknown) => {
      if (name === 'start' || name === 'end') return undefined;
      return typeof value === 'bigint' ? String(value) : value;
    },
  );
}
