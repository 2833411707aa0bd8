import assert from 'node:assert/strict';
import type { Doubt } from '../../../../../src/transfer/import/guess/guess';
import type { Chosen } from '../../../../../src/transfer/import/guess/chosen';
import { guessImport, previewImport } from '../../../../../src/transfer/import/guess/guessImport';
import { readHead } from '../../../../../src/transfer/import/guess/head';

const head = (content: string | Uint8Array) => ({ bytes: Buffer.from(content), whole: true });

/** What a guess says of a file: how it is read, apart from the columns of a table. */
async function brief(content: string | Uint8Array, name: string, chosen?: Chosen): Promise<object> {
  const guess = await guessImport(head(content), name, chosen);
  if (guess.kind !== 'guess') return guess;
  const { encoding, ...options } = guess.options;
  return {
    ...(options.format === 'csv' ? { format: 'csv' } : options),
    ...(encoding !== 'utf-8' && { encoding }),
    ...(guess.doubts.length > 0 && { doubts: guess.doubts }),
  };
}

const records = { items: 'records' } as const;
const values = { items: 'values' } as const;
const array = { format: 'json', container: 'array' } as const;
const sequence = { format: 'json', container: 'sequence' } as const;
const jsonl = { format: 'jsonl' } as const;
const doubtful = (doubt: Doubt) => ({ doubts: [doubt] });

describe('guessing how to import', () => {
  const files: [what: string, name: string, text: string, expected: object][] = [
    [
      'one object over several lines',
      'a.json',
      '{\n  "sensor": "north",\n  "reading": 21.5\n}\n',
      { ...sequence, ...values },
    ],
    [
      'records over several lines',
      'a.json',
      '{\n  "key": "a",\n  "value": "one"\n}\n{\n  "key": "b",\n  "value": "two"\n}\n',
      { ...sequence, ...records },
    ],
    ['values without line breaks', 'a.json', '{"id":1}{"id":2}', { ...sequence, ...values }],
    ['values with commas', 'a.json', '{"id":1},\n{"id":2}\n', { ...sequence, ...values }],
    ['pretty-printed JSON Lines', 'a.jsonl', '{\n "id": 1\n}\n', { ...sequence, ...values }],
    ['JSON of several lines in a text', 'a.txt', '{\n"id": 1\n}\n', { ...sequence, ...values }],
    ['broken JSON, never as lines', 'a.json', '{\n  "id": 1,\n', { ...sequence, ...values }],
    ['a broken array', 'a.json', '[{"key":"a","value":1}', { ...array, ...records }],
    ['an array of records', 'a.json', '\ufeff [\n{"key":"a","value":1}]', { ...array, ...records }],
    ['an array of something else', 'a.json', '[{"id":1},{"id":2}]', { ...array, ...values }],
    ['an array of numbers', 'a.json', '[1,2]', { ...array, ...values }],
    ['an array without an ending', 'a', '[{"id":1}]', { ...array, ...values }],
    [
      'several responses in a row',
      'a.json',
      '[{"key":"a","value":1}]\n[{"key":"b","value":2}]\n',
      { ...array, ...records },
    ],
    ['arrays that are values', 'a.ndjson', '[1]\n[2]\n', { ...jsonl, ...values }],
    [
      'the body of a call',
      'a.json',
      '{"records": [{"key":"a","value":"1"}]}',
      { format: 'json', container: { member: 'records' }, ...records },
    ],
    [
      'the body of a call with nothing but values',
      'a.json',
      '{"value_schema_id": 7, "records": [{"value": {"a":1}}]}',
      { format: 'json', container: { member: 'records' }, ...records, ...doubtful('items') },
    ],
    [
      'a binary response of a proxy',
      'a.json',
      '[{"topic":"t","key":"aw==","value":"dmFsdWU=","partition":0,"offset":1}]',
      { ...array, ...records, base64: true },
    ],
    [
      'an object with a list of its own',
      'a.json',
      '{"items": [{"name":"a"}]}',
      { ...jsonl, ...values },
    ],
    ['JSON Lines', 'a', '{"key":"a","value":1}\n\n{"key":"b","value":2}', { ...jsonl, ...records }],
    [
      'JSON Lines whose first line is broken',
      'a.jsonl',
      '{"key":"a","value":1,}\n{"key":"b","value":2}\n{"key":"c","value":3}\n',
      { ...jsonl, ...records },
    ],
    [
      'JSON Lines whose first record has a payload',
      'a.jsonl',
      '{"key":"a","payload":1}\n{"key":"b","value":2}\n',
      { ...jsonl, ...records },
    ],
    [
      'status lines of kcat',
      'a.jsonl',
      '% Reached end\n{"topic":"t","partition":0,"offset":0,"key":"m","payload":"x"}\n% Done\n',
      { ...jsonl, ...records },
    ],
    [
      'business objects with a value',
      'a.jsonl',
      '{"sensor":"n","value":21.5,"unit":"C"}\n{"sensor":"s","value":22.5,"unit":"C"}\n',
      { ...jsonl, ...values },
    ],
    [
      'objects with nothing but a value',
      'a.jsonl',
      '{"value":1}\n{"value":2}\n',
      { ...jsonl, ...records, ...doubtful('items') },
    ],
    [
      'records and other objects',
      'a.jsonl',
      '{"key":"a","value":1}\n{"key":"b","value":2}\n{"id":3}\n',
      { ...jsonl, ...records, ...doubtful('items') },
    ],
    ['JSON Lines by their ending', 'a.jsonl', 'x\ny\n', { ...sequence, ...values }],
    ['a log', 'a.log', '[INFO] started\n[INFO] stopped', { format: 'lines' }],
    ['a text', 'a.txt', 'hello, world\n', { format: 'lines' }],
    ['an empty file', 'a.txt', '', { format: 'lines' }],
    ['a table by its ending', 'A.CSV', 'key,value\na,1\n', { format: 'csv' }],
    ['a table by its columns', 'a.txt', 'Key|Value\n1|2\n', { format: 'csv' }],
    ['XML', 'a.xml', '<a>\n<b/>\n</a>\n', { format: 'whole' }],
    ['XML in a text', 'a.txt', '<?xml version="1.0"?>\n<a>\n</a>\n', { format: 'whole' }],
    ['YAML', 'a.yaml', 'a: 1\nb: 2\n', { format: 'whole' }],
    [
      'keys and JSON with a tab between them',
      'a.txt',
      'm-1\t{"id":1}\nm-2\t{"id":2}\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false } },
    ],
    [
      'keys and JSON with a colon between them, as console tools take them',
      'a.txt',
      'm-1:{"id":1}\r\nnull:{"id":2}\r\n',
      { format: 'lines', keyed: { separator: ':', nulls: true } },
    ],
    [
      'lines with tabs',
      'a.txt',
      'one\ttwo\nthree\tfour\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'JSON keys and values with a tab between them',
      'a.json',
      '{"id":1}\t{"a":1}\n{"id":2}\tnull\n',
      { format: 'lines', keyed: { separator: '\t', nulls: true } },
    ],
    [
      'JSON after a comma, which may be a key before it',
      'a.txt',
      'm-1,{"id":1}\nm-2,{"id":2}\n',
      { format: 'lines', keyed: { separator: ',', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'words with a colon after them',
      'a.txt',
      'm-1:one\nm-2:two\n',
      { format: 'lines', keyed: { separator: ':', nulls: false }, ...doubtful('keyed') },
    ],
    ['addresses', 'a.txt', 'http://a\nhttps://b\n', { format: 'lines' }],
    [
      'status lines among keys',
      'a.txt',
      'a\t{}\n% Reached end of topic t [0] at offset 1\nProcessed a total of 1 messages\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false } },
    ],
    [
      'JSON with comments over several lines',
      'a.txt',
      '// one\n{\n  \"id\": 1 // two\n}\n',
      { ...sequence, ...values },
    ],
    [
      'JSON with names that are not quoted',
      'a.json5',
      '{\n  id: 1,\n}\n',
      { ...sequence, ...values },
    ],
    [
      'JSON with blanks that do not break',
      'a.log',
      '{\n\u00a0\u00a0\"id\": 1\n}\n',
      { ...sequence, ...values },
    ],
    [
      'an array that was cut off in a text',
      'a.txt',
      '[\n{\"id\": 1},\n{\"id\"',
      { ...array, ...values },
    ],
    ['an array with something after it', 'a.json', '[{"id": 1}]\nend\n', { ...array, ...values }],
    ['a JSON text sequence', 'a', '\x1e{"id":1}\n\x1e{"id":2}\n', { ...sequence, ...values }],
    [
      'lines of JSON and what a console consumer says',
      'a.txt',
      '{"id":1}\r\nProcessed a total of 1 messages\r\n',
      { ...jsonl, ...values },
    ],
    [
      'JSON over several lines and what a console consumer says',
      'a.txt',
      '{\n"id":1}\n^CProcessed a total of 1 messages\n',
      { ...sequence, ...values },
    ],
    [
      'a business object with properties',
      'a.json',
      '{"id": 7, "items": [{"key":"color","value":"red"}]}',
      { ...jsonl, ...values },
    ],
    [
      'a business object that begins with properties',
      'a.json',
      '{"items": [{"key":"color","value":"red"}], "id": 7}',
      { ...jsonl, ...values },
    ],
    [
      'an object with nothing but messages',
      'a.json',
      '{"items": [{"key":"a","value":1}]}',
      { format: 'json', container: { member: 'items' }, ...records },
    ],
    [
      'messages that were read, below what a tool says',
      'a.json',
      '{"total": 1, "data": [{"partition":0,"offset":1,"value":1}]}',
      { format: 'json', container: { member: 'data' }, ...records },
    ],
    [
      'messages for a schema, which are in doubt',
      'a.json',
      '{"records": [{"key":"a","value":{"a":1}}], "value_schema_id": 7}',
      {
        format: 'json',
        container: { member: 'records' },
        ...records,
        ...doubtful('items'),
      },
    ],
    [
      'keys and JSON, whatever the ending',
      'a.json',
      'm-1\t{"id":1}\nm-2\t{"id":2}\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false } },
    ],
    [
      'keys of which one is empty, which may be none',
      'a.txt',
      'm-1\t{"id":1}\n\t{"id":2}\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'a key with no value, which may be a tombstone',
      'a.txt',
      'm-1\t{"id":1}\nm-2\t\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'a line without a key among others',
      'a.txt',
      'm-1\t{"id":1}\nm-2\t{"id":2}\nend\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'times of a console consumer, which are no keys',
      'a.txt',
      'CreateTime:1\t{"id":1}\nCreateTime:2\t{"id":2}\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'headers of a console consumer, which are no keys',
      'a.txt',
      'NO_HEADERS\t{"id":1}\na:b,c:d\t{"id":2}\n',
      { format: 'lines', keyed: { separator: '\t', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'labels before JSON, which may be no keys',
      'a.log',
      'INFO: {"id":1}\nWARN: {"id":2}\n',
      { format: 'lines', keyed: { separator: ':', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'words and a blank before JSON, which may be keys',
      'a.txt',
      'm-1 {"id":1}\nm-2 {"id":2}\n',
      { format: 'lines', keyed: { separator: ' ', nulls: false }, ...doubtful('keyed') },
    ],
    [
      'JSON at the end of the lines of a log',
      'a.log',
      'INFO got {"id":1}\nWARN got {"id":2}\n',
      { format: 'lines', ...doubtful('format') },
    ],
    [
      'JSON of several lines after keys',
      'a.txt',
      'm-1 {\n"id":1\n}\n',
      { format: 'lines', ...doubtful('format') },
    ],
    ['indented lines', 'a.txt', 'Error: x\n    at y\n', { format: 'lines', ...doubtful('format') }],
    [
      'markup without a declaration',
      'a.txt',
      '<a>\n<b>1</b>\n</a>\n',
      { format: 'lines', ...doubtful('format') },
    ],
    [
      'a table that is not about messages, in a text',
      'a.txt',
      'id,name\n1,a\n2,b\n',
      { format: 'lines', ...doubtful('format') },
    ],
    ['a line of markup for each message', 'a.txt', '<a>1</a>\n<b/>\n', { format: 'lines' }],
    [
      'lines that end with carriage returns alone',
      'a.csv',
      'key,value\ra,1\r',
      { kind: 'carriage-returns' },
    ],
    [
      'an array that was cut off on its line',
      'a.txt',
      '[{"id":1},{"id":2',
      { ...array, ...values },
    ],
    ['an object that was cut off on its line', 'a', '{"id":1,"n', { ...sequence, ...values }],
    [
      'a response and an error after it',
      'a.json',
      '[{"topic":"t","key":null,"value":1,"partition":0,"offset":1}]\n{"error_code":40403}\n',
      { ...array, ...records },
    ],
    ['lines that end with numbers', 'a.txt', 'a 1\nb 2\n', { format: 'lines' }],
    ['an empty array', 'a.json', '[]', { ...array, ...values }],
    [
      'an empty response',
      'a.json',
      '{"records":[]}',
      { format: 'json', container: { member: 'records' }, ...values },
    ],
    ['a response with its header', 'a.txt', 'HTTP/1.1 200 OK\n\n[]', { kind: 'http-response' }],
    ['blocks of a .kafka file', 'a.txt', '-- x\nPRODUCER a\ntopic: t\nx\n', { kind: 'kafka-file' }],
    ['a .kafka file', 'a.kafka', '', { kind: 'kafka-file' }],
  ];
  for (const [what, name, text, expected] of files) {
    it(`knows ${what}`, async () => {
      assert.deepEqual(await brief(text, name), expected);
    });
  }

  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const rows = '{"key":"k1","value":"é"}\r\n{"key":"k2","value":1}\r\n';
  const encodings: [what: string, content: Uint8Array, expected: object][] = [
    ['UTF-16 by its mark', Buffer.from(`\ufeff${rows}`, 'utf16le'), { encoding: 'utf-16le' }],
    ['big-endian UTF-16 by its mark', swapped(`\ufeff${rows}`), { encoding: 'utf-16be' }],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${rows}`), {}],
    ['text of Windows, which is in doubt', Buffer.from(rows, 'latin1'), doubtful('encoding')],
  ];
  for (const [what, content, expected] of encodings) {
    it(`knows ${what}`, async () => {
      assert.deepEqual(await brief(content, 'a.jsonl'), { ...jsonl, ...records, ...expected });
    });
  }

  const binaries: [what: string, content: Uint8Array][] = [
    ['utf-16', Buffer.from(rows, 'utf16le')],
    ['utf-16', swapped(rows)],
    ['utf-32', Buffer.from('\xff\xfe\0\0a\0\0\0', 'latin1')],
    ['gzip', Buffer.from('\x1f\x8b\x08', 'latin1')],
    ['zip', Buffer.from('PK\x03\x04', 'latin1')],
    ['avro', Buffer.from('Obj\x01', 'latin1')],
    ['parquet', Buffer.from('PAR1')],
    ['other', Buffer.from('a,b\n\0\x01,c\n', 'latin1')],
    ['other', Buffer.from('{"key":"a","value":"b"}\n\x05\n')],
  ];
  for (const [what, content] of binaries) {
    it(`refuses a file of kind ${what} as a whole`, async () => {
      assert.deepEqual(await brief(content, 'a.jsonl'), { kind: 'binary', what });
    });
  }

  it('takes a table that was exported here, whatever characters it has', async () => {
    const file = 'partition,offset,timestamp,key,value,encoding\n0,1,,a\0,b,\n';
    assert.deepEqual(await brief(file, 'a.csv'), { format: 'csv' });
  });

  it('takes a text file with the end mark of DOS', async () => {
    assert.deepEqual(await brief('key,value\r\nk,v\r\n\x1a', 'a.csv'), { format: 'csv' });
  });

  it('does not guess what the person chose', async () => {
    const text = Buffer.from('{"value":"é"}\n', 'latin1');
    const chosen: Chosen = { encoding: 'windows-1252', format: 'jsonl', items: 'values' };
    assert.deepEqual(await brief(text, 'a.txt', chosen), {
      ...jsonl,
      ...values,
      encoding: 'windows-1252',
    });
    assert.deepEqual(await brief('a,b\n', 'a.txt', { format: 'whole' }), { format: 'whole' });
    const json: Chosen = { format: 'json' };
    assert.deepEqual(await brief('{"id":1}\n{"id":2}', 'a', json), { ...sequence, ...values });
  });

  it('reads a table with the delimiter and the header row that the person chose', async () => {
    const csvOf = async (text: string, name: string, chosen: Chosen) => {
      const guess = await guessImport(head(text), name, chosen);
      assert.ok(guess.kind === 'guess' && guess.options.format === 'csv');
      const { delimiter, hasHeader, header } = guess.options.csv;
      return { delimiter, hasHeader, header };
    };
    const table = 'id,name\n1,a;b\n2,c;d\n';
    assert.deepEqual(await csvOf(table, 'a.csv', { hasHeader: false }), {
      ...{ delimiter: ',', hasHeader: false, header: ['', ''] },
    });
    assert.deepEqual(await csvOf(table, 'a.csv', { delimiter: ';' }), {
      ...{ delimiter: ';', hasHeader: true, header: ['id,name'] },
    });
    const messages = 'key,value\nk,v\n';
    assert.deepEqual(await csvOf(messages, 'a.txt', { hasHeader: false }), {
      ...{ delimiter: ',', hasHeader: false, header: ['', ''] },
    });
  });

  it('looks at 64 KB, not at one line', async () => {
    const bad = '{"key":1,\n';
    const good = '{"key":"a","value":1}\n'.repeat(5);
    const far = 'x\n'.repeat(100_000);
    assert.deepEqual(await brief(bad + good, 'a'), { ...jsonl, ...records });
    const long = good.repeat(700);
    assert.deepEqual(await brief(long + far, 'a'), { ...jsonl, ...records });
  });

  it('asks what a value is that is longer than what it looks at', async () => {
    const bytes = Buffer.from(`{"key":"a","value":"${'x'.repeat(1000)}`);
    const guess = await guessImport({ bytes, whole: false }, 'a.json');
    assert.deepEqual(guess.kind === 'guess' && guess.doubts, ['items']);
  });

  it('says why', async () => {
    const guess = await guessImport(head('{"key":1,"value":1}\nx\n{"id":2}\n'), 'a.jsonl');
    assert.ok(guess.kind === 'guess');
    assert.deepEqual(guess.because, {
      encoding: 'utf-8',
      format: { kind: 'json-lines', matching: 2, of: 3 },
      items: { records: 1, of: 2 },
    });
  });
});

describe('the preview of an import', () => {
  it('shows the first records and bad lines', async () => {
    const items = await previewImport(
      head('{"value":1}\nx\n{"value":2}\n'),
      { format: 'jsonl' },
      2,
    );
    assert.deepEqual(
      items.map(({ kind, line }) => [kind, line]),
      [
        ['record', 1],
        ['bad', 2],
      ],
    );
  });

  it('leaves out what the head cuts off', async () => {
    const cut = { ...head('[{"value":1},{"value":2'), whole: false };
    const items = await previewImport(cut, { format: 'json' }, 10);
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['record'],
    );
  });

  it('reads no more of a file than it needs', async () => {
    let [read, closed] = [0, false];
    async function* file() {
      try {
        for (;;) {
          yield await Promise.resolve(Buffer.alloc(100_000, 'x\n'));
          read += 1;
        }
      } finally {
        closed = true;
      }
    }
    const { bytes, whole } = await readHead(file());
    assert.deepEqual([bytes.length, whole, read, closed], [256 * 1024, false, 2, true]);
  });

  it('knows when it has the whole file', async () => {
    const { bytes, whole } = await readHead(
      (async function* () {
        yield await Promise.resolve(Buffer.from('ab'));
        yield Buffer.from('c');
      })(),
    );
    assert.deepEqual([bytes.toString(), whole], ['abc', true]);
  });

  it('decodes what the head may have cut off', async () => {
    const bytes = Buffer.from('\ufefféa\nb', 'utf16le');
    const cut = { bytes: bytes.subarray(0, -1), whole: false };
    const items = await previewImport(cut, { format: 'lines', encoding: 'utf-16le' }, 10);
    assert.deepEqual(
      items.map(({ source }) => source),
      ['éa'],
    );
  });
});
