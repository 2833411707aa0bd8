import assert from 'node:assert/strict';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { type CsvLayout, delimiters } from '../../../../src/transfer/import/imported';
import type { ImportOptions } from '../../../../src/transfer/import/imported';
import { importRecords } from '../../../../src/transfer/import/importRecords';
import { brief, found, imported } from './importSupport';

const csv: CsvLayout = {
  delimiter: ',',
  hasHeader: true,
  header: ['key', 'value', 'partition'],
  columns: { key: 0, value: 1, partition: 2 },
};
const ways = {
  jsonl: { format: 'jsonl' },
  json: { format: 'json' },
  lines: { format: 'lines' },
  csv: { format: 'csv', csv },
} as const satisfies Record<string, ImportOptions>;

describe('importing', () => {
  describe('JSON Lines', () => {
    it('takes an object a line, without the line ends of any system', async () => {
      const file = '\ufeff{"value":"é"}\r\n\r\n \t\n{"key":1.0,"value":{"a": 1.50},"partition":3}';
      assert.deepEqual(await found(file, ways.jsonl), [
        [1, { value: 'é' }],
        [4, { key: '1.0', value: '{"a": 1.50}', partition: 3 }],
      ]);
    });

    it('passes over offset and time, and takes bytes for what they are', async () => {
      const file =
        '{"partition":0,"offset":7,"timestamp":"x","key":{"base64":"/wA="},"value":null}';
      assert.deepEqual(await found(file, ways.jsonl), [
        [1, { key: Buffer.of(0xff, 0), value: null, partition: 0 }],
      ]);
    });

    it('goes on after a bad line, and says where in it', async () => {
      const file = '{"value":1}\n{"valu":2}\nhello\r\n{"value":4}\n';
      const items = await imported(file, ways.jsonl);
      assert.deepEqual(items.map(brief), [
        [1, { value: '1' }],
        [2, 'member-unknown', '{"valu":2}'],
        [3, 'not-a-record', 'hello'],
        [4, { value: '4' }],
      ]);
      const problem = { kind: 'member-unknown', member: 'valu', line: 2, column: 2 };
      assert.deepEqual(items[1]?.kind === 'bad' && items[1].problem, problem);
    });

    it('keeps the bytes of what is not UTF-8', async () => {
      const file = Buffer.from('{"value":"\xff"}\n{"value":"\xc3\xa9"}\n\xc3', 'latin1');
      for (const size of [1, 2, 1000]) {
        assert.deepEqual(await found(file, ways.jsonl, { size }), [
          [1, 'not-utf8', '{"value":"\xff"}'],
          [2, { value: 'é' }],
          [3, 'not-utf8', '\xc3'],
        ]);
      }
    });

    it('refuses a line beyond the limit, wherever it is cut to pieces', async () => {
      const fits = '{"value":"12345678"}';
      const file = `${fits}\n${fits.replace('1', 'é')}\n${fits}\n${'x'.repeat(3000)}\n${fits}`;
      for (const size of [1, 19, 20, 21, 22, 64, 5000]) {
        const items = await imported(file, ways.jsonl, { size, maxBytes: 20 });
        assert.deepEqual(
          items.map(({ line, kind }) => [line, kind]),
          [
            [1, 'record'],
            [2, 'bad'],
            [3, 'record'],
            [4, 'bad'],
            [5, 'record'],
          ],
        );
        const [, second, , fourth] = items;
        assert.deepEqual(second?.kind === 'bad' && second.problem, { kind: 'too-long', limit: 20 });
        const shown = Buffer.from(fourth?.source ?? '');
        assert.ok(shown.length <= 1024 && /^x+$/.test(shown.toString()));
      }
    });
  });

  describe('lines', () => {
    it('takes each line as it is, but for empty ones', async () => {
      assert.deepEqual(await found('a\r\n\n\r\n \t\n{"value":1}\n"x', ways.lines), [
        [1, { value: 'a' }],
        [4, { value: ' \t' }],
        [5, { value: '{"value":1}' }],
        [6, { value: '"x' }],
      ]);
    });
  });

  describe('a JSON array', () => {
    it('takes its objects, and knows where each begins', async () => {
      const file =
        '\ufeff\r\n[ {"value":"]é\\"}"},\n\n  {"value": [1, {"a":\n2}]}\n, {"value":""}\n] \n';
      assert.deepEqual(await found(file, ways.json), [
        [2, { value: ']é"}' }],
        [4, { value: '[1, {"a":\n2}]' }],
        [6, { value: '' }],
      ]);
    });

    it('may be empty', async () => {
      assert.deepEqual(await found(' [ \n ]\n', ways.json), []);
    });

    it('goes on after a bad element', async () => {
      const file = Buffer.from(
        '[{"value":1},\n{"valu":2}, 1 2,{"value":"a\tb"},\n {"value":"\xff"}, {"value":3},]',
        'latin1',
      );
      const items = await imported(file, ways.json);
      assert.deepEqual(items.map(brief), [
        [1, { value: '1' }],
        [2, 'member-unknown', '{"valu":2}'],
        [2, 'not-a-record', '1 2'],
        [2, 'not-json', '{"value":"a\tb"}'],
        [3, 'not-utf8', '{"value":"\xff"}'],
        [3, { value: '3' }],
        [3, 'not-a-record', ''],
      ]);
      const [, , third, fourth] = items;
      assert.deepEqual(third?.kind === 'bad' && third.problem, {
        kind: 'not-a-record',
        line: 2,
        column: 13,
      });
      assert.deepEqual(fourth?.kind === 'bad' && fourth.problem, {
        kind: 'not-json',
        line: 2,
        column: 28,
      });
    });

    it('goes on after an element beyond the limit', async () => {
      const file = `[{"value":"${'\n'.repeat(50)}"},\n{"value":2}]`;
      for (const size of [1, 7, 1000]) {
        assert.deepEqual(
          (await imported(file, ways.json, { size, maxBytes: 20 })).map(({ line, kind }) => [
            line,
            kind,
          ]),
          [
            [1, 'bad'],
            [52, 'record'],
          ],
        );
      }
    });

    const ends: [what: string, file: string, ...unknown[]][] = [
      ['ends within an element', '[{"value":1},{"value":2', [1, 'unfinished', '{"value":2']],
      ['ends within a string', '[{"value":1},"]', [1, 'unfinished', '"]']],
      ['ends after a comma', '[{"value":1},\n', [2, 'unfinished', '']],
      ['ends after an element', '[{"value":1}', [1, 'unfinished', '']],
      ['has brackets that do not match', '[{"value":1},{"a":[1}}]', [1, 'brackets', '{"a":[1}']],
      ['closes too much', '[{"value":1}}, {"value":2}]', [1, 'brackets', '{"value":1}}']],
      ['goes on after its end', '[{"value":1}]\n{"value":2}', [2, 'not-an-array', '']],
    ];
    for (const [what, file, ...last] of ends) {
      it(`is not read on where it ${what}`, async () => {
        const first = what === 'closes too much' ? [] : [[1, { value: '1' }]];
        assert.deepEqual(await found(file, ways.json), [...first, ...last]);
      });
    }

    it('is nothing else', async () => {
      assert.deepEqual(await found('\n{"value":1}', ways.json), [[2, 'not-an-array', '']]);
      assert.deepEqual(await found(' \n', ways.json), [[2, 'not-an-array', '']]);
      assert.deepEqual(await found('', ways.json), [[1, 'not-an-array', '']]);
    });
  });

  describe('CSV', () => {
    const rows = (text: string) => found(`key,value,partition\n${text}`, ways.csv);

    it('takes a row a record', async () => {
      assert.deepEqual(await rows('a,b,1\r\n\r\nc,d,\n'), [
        [2, { key: 'a', value: 'b', partition: 1 }],
        [4, { key: 'c', value: 'd' }],
      ]);
    });

    it('tells nothing from an empty text by its quotes', async () => {
      assert.deepEqual(await rows(',,0\n"","",""\n'), [
        [2, { key: null, value: null, partition: 0 }],
        [3, { key: '', value: '' }],
      ]);
    });

    it('takes what is in quotes as it is', async () => {
      assert.deepEqual(await rows('" a\r\n,b\n\n","""c""",1\n x ,y"z,2'), [
        [2, { key: ' a\r\n,b\n\n', value: '"c"', partition: 1 }],
        [6, { key: ' x ', value: 'y"z', partition: 2 }],
      ]);
    });

    it('may have its columns in any order, other ones, and a header row of several lines', async () => {
      const layout: CsvLayout = {
        delimiter: '\t',
        hasHeader: true,
        header: ['id', 'the\nvalue'],
        columns: { value: 1 },
      };
      const file = '\ufeff"id"\t"the\nvalue"\n7\t{"a": [1, 2]}';
      assert.deepEqual(await found(file, { format: 'csv', csv: layout }), [
        [3, { value: '{"a": [1, 2]}' }],
      ]);
    });

    it('takes bytes and halves of surrogate pairs by the column for encodings', async () => {
      const header = ['key', 'value', 'encoding'];
      const layout = {
        delimiter: ',',
        hasHeader: true,
        header,
        columns: { key: 0, value: 1, encoding: 2 },
      } as const;
      const file = [
        'key,value,encoding',
        '/wA=,"""\\ud800""",key:base64 value:json',
        '/wA=,"""",value:json',
        '?,x,key:base64',
        'k,,value:base64',
        'k,v,value:rot13',
        "'=1,'+/8=,key:apostrophe value:base64",
        'k,=1,value:apostrophe',
      ].join('\n');
      assert.deepEqual(await found(file, { format: 'csv', csv: layout }), [
        [2, { key: Buffer.of(0xff, 0), value: '\ud800' }],
        [3, 'field-wrong', '/wA=,"""",value:json'],
        [4, 'field-wrong', '?,x,key:base64'],
        [5, 'field-wrong', 'k,,value:base64'],
        [6, 'field-wrong', 'k,v,value:rot13'],
        [7, { key: '=1', value: Buffer.of(0xfb, 0xff) }],
        [8, 'field-wrong', 'k,=1,value:apostrophe'],
      ]);
    });

    it('goes on after a bad row', async () => {
      const text = Buffer.from('a,b\na,b,1,\na,b,-1\na,"b"c,1\r\n"\xff\n",b,1\na,b,2\n', 'latin1');
      const file = Buffer.concat([Buffer.from('key,value,partition\n'), text]);
      const items = await imported(file, ways.csv);
      assert.deepEqual(items.map(brief), [
        [2, 'field-count', 'a,b'],
        [3, 'field-count', 'a,b,1,'],
        [4, 'field-wrong', 'a,b,-1'],
        [5, 'text-after-quote', 'a,"b"c,1'],
        [6, 'not-utf8', '"\xff\n",b,1'],
        [8, { key: 'a', value: 'b', partition: 2 }],
      ]);
      const problem = { kind: 'field-count', expected: 3, actual: 4 };
      assert.deepEqual(items[1]?.kind === 'bad' && items[1].problem, problem);
    });

    it('takes nothing for rows that a quote has opened', async () => {
      assert.deepEqual(await rows('a,b,1\na,"b,1\na,b,2\n'), [
        [2, { key: 'a', value: 'b', partition: 1 }],
        [3, 'quote-open', 'a,"b,1\na,b,2'],
      ]);
      assert.deepEqual(await rows('"a\nb,c,1\n"d,e,1\nf,g,1'), [
        [2, 'text-after-quote', '"a\nb,c,1\n"d,e,1'],
        [5, { key: 'f', value: 'g', partition: 1 }],
      ]);
    });

    it('goes on after a row beyond the limit', async () => {
      const file = `key,value,partition\na,"${'xxxxx\n'.repeat(10)}",1\na,b,2\n`;
      const items = await imported(file, ways.csv, { size: 7, maxBytes: 30 });
      assert.deepEqual(
        items.map(({ line, kind }) => [line, kind]),
        [
          [2, 'bad'],
          [13, 'record'],
        ],
      );
    });

    it('is read as another program reads it', async () => {
      const text = fc.string({
        unit: fc.constantFrom('"', ',', ';', '\t', '|', '\r', '\n', 'a', 'é', ' '),
      });
      const table = fc
        .tuple(
          fc.constantFrom(...delimiters),
          fc.constantFrom('\n', '\r\n'),
          fc.integer({ min: 2, max: 4 }),
        )
        .chain(([delimiter, end, width]) => {
          const field = fc
            .tuple(text, fc.boolean())
            .map(([value, quote]) =>
              quote || /[",;\t|\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
            );
          const row = fc
            .array(field, { minLength: width, maxLength: width })
            .filter((fields) => fields.some((value) => value !== ''));
          return fc.record({
            delimiter: fc.constant(delimiter),
            header: fc.constant(Array<string>(width).fill('x')),
            file: fc
              .array(row, { minLength: 1 })
              .map((all) => all.map((fields) => fields.join(delimiter) + end).join('')),
          });
        });
      await fc.assert(
        fc.asyncProperty(
          table,
          fc.integer({ min: 1, max: 30 }),
          async ({ delimiter, header, file }, size) => {
            const columns = { key: 0, value: header.length - 1 };
            const layout = { delimiter, hasHeader: true, header, columns };
            const items = await imported(file, { format: 'csv', csv: layout }, { size });
            const theirs: string[][] = parseCsv(file, {
              delimiter,
              record_delimiter: ['\r\n', '\n'],
            });
            assert.deepEqual(
              items.map(
                (item) =>
                  item.kind === 'record' && [item.record.key ?? '', item.record.value ?? ''],
              ),
              theirs.slice(1).map((fields) => [fields[0], fields.at(-1)]),
            );
          },
        ),
      );
    });
  });

  it('gives the same whatever the pieces, and keeps each source, line by line', async () => {
    const good = { jsonl: '{"value":"\u2028é"}', lines: ' x', csv: 'k,"a\n""",1' };
    const bad = {
      jsonl: ['x', '{}', '"', '[', '\ud800{'],
      lines: [],
      csv: ['x', 'a,b,c', ',"x"y,'],
    };
    for (const format of ['jsonl', 'lines', 'csv'] as const) {
      const line = fc.oneof(
        fc.constant(good[format]),
        fc.constantFrom(good[format], ...bad[format]),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 20 }), async (lines, size) => {
          const header = format === 'csv' ? ['key,value,partition'] : [];
          const file = Buffer.from([...header, ...lines].join('\n'));
          const whole = await imported(file, ways[format], { size: file.length + 1 });
          assert.deepEqual(await imported(file, ways[format], { size }), whole);
          assert.deepEqual(
            whole.map(({ source }) => Buffer.from(source).toString()),
            lines.map((text) => Buffer.from(text).toString()),
          );
          assert.deepEqual(
            whole.map(({ kind }) => kind),
            lines.map((text) => (text === good[format] ? 'record' : 'bad')),
          );
        }),
      );
    }
  });

  it('never fails for what a file holds', async () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .string({ unit: fc.constantFrom(...'[]{}",:\\ \n\rnv1'.split('')), maxLength: 200 })
        .map((it) => Buffer.from(it)),
    );
    await fc.assert(
      fc.asyncProperty(garbage, fc.constantFrom(...Object.values(ways)), async (bytes, options) => {
        const file = Buffer.from(bytes);
        const items = await imported(file, options, { size: 1000, maxBytes: 50 });
        assert.deepEqual(await imported(file, options, { size: 7, maxBytes: 50 }), items);
        const lines = items.map(({ line }) => line);
        assert.deepEqual(
          lines,
          [...lines].sort((a, b) => a - b),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('holds no more than a piece, however long the file', async () => {
    let handed = 0;
    function* endless() {
      const piece = Buffer.from('{"value":"x"}\n'.repeat(1000));
      for (;;) {
        handed += 1;
        yield piece;
      }
    }
    let batches = 0;
    for await (const batch of importRecords(endless(), ways.jsonl)) {
      assert.equal(batch.length, 1000);
      batches += 1;
      assert.ok(handed - batches <= 1);
      if (batches === 100) break;
    }
  });

  it('fails as the input fails', async () => {
    function* broken() {
      yield Buffer.from('a\n');
      throw new Error('disk');
    }
    await assert.rejects(async () => {
      for await (const batch of importRecords(broken(), ways.lines)) assert.equal(batch.length, 1);
    }, /disk/);
  });
});
