import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { guessImport, previewImport } from '../../../../src/transfer/import/guess/guessImport';
import type { Imported, ImportOptions } from '../../../../src/transfer/import/imported';
import { importLayout, layoutOptions } from '../../../../src/transfer/bulk/importLayout';
import { importRecords } from '../../../../src/transfer/import/importRecords';
import { pick, type Target } from '../target';

const NAMES = ['a.json', 'a.jsonl', 'a.csv', 'a.txt', 'a.tsv'];
const ROWS: ImportOptions = {
  format: 'csv',
  csv: {
    delimiter: ';',
    hasHeader: false,
    header: ['', '', ''],
    columns: { key: 1 },
    row: { numbers: [0], empty: 'omit' },
  },
};
const CSV: ImportOptions = {
  format: 'csv',
  csv: {
    delimiter: ',',
    hasHeader: true,
    header: ['key', 'value', 'partition', 'encoding'],
    columns: { key: 0, value: 1, partition: 2, encoding: 3 },
  },
};
const MAX_BYTES = 300;

/**
 * Any bytes are records and bad lines, in order, whatever the pieces that they come in; written
 * down again, they come back exactly. The first byte picks the size of the pieces.
 */
export const target: Target = {
  seeds: [
    '\x05{"key":"a","value":{"b":12.50}}\n\n{"value":null,"partition":2}\r\n{"valu',
    '\x01\ufeff[{"value":"a"},\n {"key":7,"value":[1,2]} , {"x":1}]',
    '\x03key,value,partition,encoding\n"a ""b""","x\ny",3,key:json\n,"",,\r\n"open',
    '\x03key,headers,value\nk,"[{""name"":""a"",""value"":null}]",v\n,{},\n,x,\n',
    '\x02sep=;\r\nid;name\r\n1;"a;b"\r\n;;\r\n\x1a',
    '\x02"SEP=^"\nsep=;\n-1.50;k;\n"";;x\n1e3;a\x00b;\n',
    '\x07plain\r\nlines\n\n\xff',
    '\x07a\r\r\n\ufeff\r\n\ufeff\ufeffb\r',
    '\x07\ufeff\ufeffa\r',
    Buffer.from(
      '\x02partition,offset,timestamp,key,value,encoding\n0,1,,aGk=,"\u00e9",key:base64\n',
    ),
    Buffer.from([4, 0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]),
  ],
  structured: fc
    .array(
      fc.constantFrom('a', '"', '""', ',', ';', '\n', '\r\n', '[', ']', '{"value":1}', '\u00e9'),
    )
    .map((parts) => parts.join('')),
  run: async (input) => {
    const { way, rest } = pick(input);
    const head = { bytes: rest, whole: true };
    const guess = await guessImport(head, NAMES[way % NAMES.length] ?? '');
    const guessed = guess.kind === 'guess' ? [guess.options] : [];
    for (const options of guessed) {
      await previewImport({ bytes: rest, whole: false }, options, 3);
    }
    for (const options of [
      ...guessed,
      { format: 'json' },
      { format: 'json', container: 'sequence', items: 'values' },
      { format: 'json', container: { member: 'records' } },
      { format: 'jsonl' },
      { format: 'jsonl', items: 'values' },
      { format: 'lines' },
      { format: 'lines', keyed: { separator: ':', nulls: true } },
      CSV,
      ROWS,
    ] as const) {
      const whole = await imported([rest], options);
      const cut = await imported(pieces(rest, 1 + (way % 17)), options);
      assert.ok(
        isDeepStrictEqual(cut.map(plain), whole.map(plain)),
        `${options.format}: the same in pieces`,
      );
      let last = 0;
      for (const item of whole) {
        assert.ok(item.line >= last, 'in order');
        last = item.line;
      }
      const kept = whole.filter(isWhole);
      if (kept.length === 0) continue;
      // In quotes, the header row of CSV may be longer than it was.
      const written = [writtenDown(kept, options)];
      const again = await imported(written, layoutOptions(options), Infinity);
      assert.ok(
        isDeepStrictEqual(again.map(content), kept.map(content)),
        `${options.format}: the same again`,
      );
    }
  },
};

async function imported(
  input: Iterable<Uint8Array>,
  options: ImportOptions,
  maxBytes = MAX_BYTES,
): Promise<Imported[]> {
  const all: Imported[] = [];
  for await (const batch of importRecords(input, options, { maxBytes })) all.push(...batch);
  return all;
}

/** As the rest of a file is. */
function writtenDown(items: readonly Imported[], options: ImportOptions): Buffer {
  const { begin, separator, end, source } = importLayout(options);
  const parts = items.map((item, at) => [
    Buffer.from(at > 0 ? separator : begin(item)),
    Buffer.from(source(item)),
  ]);
  return Buffer.concat([...parts.flat(), Buffer.from(end)]);
}

/**
 * Whether an item can stand beside others: the last one of a broken file cannot, nor can nothing.
 */
function isWhole(item: Imported): boolean {
  if (item.kind === 'record') return true;
  if (item.source.length === 0) return false;
  const { kind } = item.problem;
  return !['too-long', 'not-an-array', 'brackets', 'unfinished', 'quote-open'].includes(kind);
}

/** All but the line, which is another one. */
function content(item: Imported): unknown {
  const { source } = item;
  const bytes = typeof source === 'string' ? source : [...source];
  return item.kind === 'record' ? [item.record, bytes] : bytes;
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) cut.push(bytes.subarray(at, at + size));
  return cut;
}

/** With bytes as what compares by content: a buffer is not equal to an array of the same bytes. */
function plain(item: Imported): unknown {
  const { source } = item;
  // Of what is too long, the first bytes are kept, as many as came in the last piece.
  if (item.kind === 'bad' && item.problem.kind === 'too-long') return { ...item, source: '' };
  return typeof source === 'string' ? item : { ...item, source: [...source] };
}
