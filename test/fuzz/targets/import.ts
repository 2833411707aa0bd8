import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { guessImport, previewImport } from '../../../src/transfer/import/guessImport';
import type { Imported, ImportOptions } from '../../../src/transfer/import/imported';
import { importRecords } from '../../../src/transfer/import/importRecords';
import { pick, type Target } from '../target';

const NAMES = ['a.json', 'a.jsonl', 'a.csv', 'a.txt', 'a.tsv'];
const CSV: ImportOptions = {
  format: 'csv',
  csv: {
    delimiter: ',',
    header: ['key', 'value', 'partition', 'encoding'],
    columns: { key: 0, value: 1, partition: 2, encoding: 3 },
  },
};
const MAX_BYTES = 300;

/**
 * Any bytes are records and bad lines, in order, whatever the pieces that they come in; what is good
 * is imported again from its source. The first byte picks the size of the pieces.
 */
export const target: Target = {
  seeds: [
    '\x05{"key":"a","value":{"b":12.50}}\n\n{"value":null,"partition":2}\r\n{"valu',
    '\x01\ufeff[{"value":"a"},\n {"key":7,"value":[1,2]} , {"x":1}]',
    '\x03key,value,partition,encoding\n"a ""b""","x\ny",3,key:json\n,"",,\r\n"open',
    '\x07plain\r\nlines\n\n\xff',
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
    await previewImport({ bytes: rest, whole: false }, guess, 3);
    for (const options of [
      guess,
      { format: 'json' },
      { format: 'jsonl' },
      { format: 'lines' },
      CSV,
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
        if (item.kind === 'bad' || options.format === 'csv') continue;
        // At the beginning or end of a file these two mean something else.
        if (/^\ufeff|\r$/.test(item.source)) continue;
        const source = options.format === 'json' ? `[${item.source}]` : item.source;
        const [again] = await imported([Buffer.from(source)], options);
        assert.ok(
          again?.kind === 'record' && isDeepStrictEqual(again.record, item.record),
          'source',
        );
      }
    }
  },
};

async function imported(input: Iterable<Uint8Array>, options: ImportOptions): Promise<Imported[]> {
  const all: Imported[] = [];
  for await (const batch of importRecords(input, options, MAX_BYTES)) all.push(...batch);
  return all;
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
