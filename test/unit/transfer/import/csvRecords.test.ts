import assert from 'node:assert/strict';
import type { CsvLayout } from '../../../../src/transfer/import/imported';
import { guessCsv } from '../../../../src/transfer/import/guess/guessCsv';
import { importRecords } from '../../../../src/transfer/import/importRecords';
import { inPieces } from '../support';

/** What a file gives by its guessed layout, or a changed one: values or problems by line. */
async function found(text: string, change: Partial<CsvLayout> = {}): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const { csv } = await guessCsv({ bytes, whole: true });
  const options = { format: 'csv', csv: { ...csv, ...change } } as const;
  const items: unknown[] = [];
  for await (const batch of importRecords(inPieces(bytes, 3), options)) {
    for (const item of batch) {
      items.push([item.line, item.kind === 'record' ? item.record : item.problem]);
    }
  }
  return items;
}

describe('rows of CSV', () => {
  it('tell once which columns no message gets', async () => {
    const bytes = Buffer.from('key,value,offset,region,\na,1,7,north,\nb,2,8,south,\n');
    const { csv } = await guessCsv({ bytes, whole: true });
    const told: string[] = [];
    const leftOut = (member: string) => told.push(member);
    const batches = importRecords([bytes], { format: 'csv', csv }, { leftOut });
    for await (const batch of batches) assert.ok(batch.every(({ kind }) => kind === 'record'));
    assert.deepEqual(told, ['offset', 'region']);
  });

  it('begin after the line in which Excel names the delimiter', async () => {
    const file = 'sep=;\r\nkey;value\r\nm-1;"a;b"\r\nm-2;c\r\n';
    assert.deepEqual(await found(file), [
      [3, { key: 'm-1', value: 'a;b' }],
      [4, { key: 'm-2', value: 'c' }],
    ]);
  });

  it('begin with the first one where there is no header row', async () => {
    assert.deepEqual(await found('m-1,one\nm-2,two\nm-3,three\n'), [
      [1, { key: 'm-1', value: 'one' }],
      [2, { key: 'm-2', value: 'two' }],
      [3, { key: 'm-3', value: 'three' }],
    ]);
  });

  it('are none where a spreadsheet has left only delimiters, nor at the end mark of DOS', async () => {
    assert.deepEqual(await found(';;\r\nkey;value;x\r\n;;\r\nk;v;\r\n;;;;\r\n\x1a'), [
      [4, { key: 'k', value: 'v' }],
    ]);
  });

  it('are bad where the names of the columns come again', async () => {
    assert.deepEqual(await found('id,name\n1,x\nid,name\n2,y\n'), [
      [2, { value: '{"id":1,"name":"x"}' }],
      [3, { kind: 'header-again' }],
      [4, { value: '{"id":2,"name":"y"}' }],
    ]);
    assert.deepEqual(await found('key,value\nk,x\n\ufeffkey,value\n'), [
      [2, { key: 'k', value: 'x' }],
      [3, { kind: 'header-again' }],
    ]);
    assert.deepEqual(await found('value\nvalue\n', { hasHeader: true }), [[2, { value: 'value' }]]);
  });

  it('are bad where they hold what is no text', async () => {
    assert.deepEqual(await found('key,value\nk,a\0b\nk,\x1b[1m\nk,a\tb\nk,\ufffd\n'), [
      [2, { kind: 'binary' }],
      [3, { kind: 'binary' }],
      [4, { key: 'k', value: 'a\tb' }],
      [5, { kind: 'lossy' }],
    ]);
  });

  it('may be divided by several characters', async () => {
    const file = 'key~|~value\n"a~|~""b"~|~c\n"a"~d\n';
    assert.deepEqual(
      await found(file, { delimiter: '~|~', header: ['', ''], columns: { key: 0, value: 1 } }),
      [
        [2, { key: 'a~|~"b', value: 'c' }],
        [3, { kind: 'text-after-quote' }],
      ],
    );
  });
});

describe('rows of other tools', () => {
  it('are bad where Redpanda Console has changed a key or value', async () => {
    const file = [
      'timestamp,partitionID,offset,key,value,keySize,valueSize',
      '5,0,1,k,{"a":1},1,7',
      '5,0,2,,é,0,2',
      '5,0,3,k,{"a":1;"b":2},1,13',
      '5,0,4,a;b,v,3,1',
      '5,0,5,k,"x",1,3',
      '5,0,6,k,,1,0',
      '5,0,7,k,two',
      'lines,1,9',
      '5,0,9,k,v,1,1',
    ].join('\n');
    assert.deepEqual(await found(`${file}\n`), [
      [2, { key: 'k', value: '{"a":1}', partition: 0 }],
      [3, { key: null, value: 'é', partition: 0 }],
      ...[4, 5, 6, 7].map((line) => [line, { kind: 'damaged' }]),
      [8, { kind: 'field-count', expected: 7, actual: 5 }],
      [9, { kind: 'field-count', expected: 7, actual: 3 }],
      [10, { key: 'k', value: 'v', partition: 0 }],
    ]);
  });

  it('may have headers as text, if it is clear where each one ends', async () => {
    const header = (name: string, value: string) => ({ name, value: Buffer.from(value) });
    const file = [
      'Key,Partition,Offset,Value,Headers',
      'k,0,1,v,"trace: a:b, content-type: x/y"',
      'k,0,2,v,"a:1,b:2"',
      'k,0,3,v,"a=1,b="',
      'k,0,4,v,NO_HEADERS',
      'k,0,5,v,',
      'k,0,6,v,"date: Mon, 23 Nov"',
      'k,0,7,v,what',
    ].join('\n');
    const message = { key: 'k', value: 'v', partition: 0 };
    assert.deepEqual(await found(file), [
      [2, { ...message, headers: [header('trace', 'a:b'), header('content-type', 'x/y')] }],
      [3, { ...message, headers: [header('a', '1'), header('b', '2')] }],
      [4, { ...message, headers: [header('a', '1'), header('b', '')] }],
      [5, { ...message, headers: [] }],
      [6, message],
      [7, { kind: 'field-wrong', field: 'headers' }],
      [8, { kind: 'field-wrong', field: 'headers' }],
    ]);
  });
});

describe('rows as JSON objects', () => {
  const values = async (text: string, change?: Partial<CsvLayout>) =>
    (await found(text, change)).flat().filter((_, index) => index % 2 === 1);
  const object = (value: string) => ({ value });

  it('have a member for each column, and numbers as they are written', async () => {
    const file = 'id,name,amount\n1,North,12.50\n2,"South, old",7\n3,,-0.10e1\n';
    assert.deepEqual(await values(file), [
      object('{"id":1,"name":"North","amount":12.50}'),
      object('{"id":2,"name":"South, old","amount":7}'),
      object('{"id":3,"name":null,"amount":-0.10e1}'),
    ]);
  });

  it('hold all else as text', async () => {
    const file = 'zip;price;active;note\n01234;12,50;true;"say ""hi""\r\n\\"\n4;5;false;""\n';
    assert.deepEqual(await values(file), [
      object('{"zip":"01234","price":"12,50","active":"true","note":"say \\"hi\\"\\r\\n\\\\"}'),
      object('{"zip":"4","price":"5","active":"false","note":""}'),
    ]);
  });

  for (const [empty, json] of [
    ['null', '{"a":null,"b":null}'],
    ['omit', '{}'],
    ['text', '{"a":"","b":""}'],
  ] as const) {
    it(`have ${empty} for what is empty, if that is chosen`, async () => {
      const row = { numbers: [0], empty };
      assert.deepEqual(await values('a,b,partition\n,,1\n', { row, columns: { partition: 2 } }), [
        { value: json, partition: 1 },
      ]);
    });
  }

  it('are refused rather than have a text among numbers', async () => {
    const row = { numbers: [1], empty: 'null' } as const;
    assert.deepEqual(await values('id,n\na,1\nb,x\nc,\nd,""\ne,01\nf,2\n', { row }), [
      object('{"id":"a","n":1}'),
      { kind: 'not-a-number', name: 'n' },
      object('{"id":"c","n":null}'),
      { kind: 'not-a-number', name: 'n' },
      { kind: 'not-a-number', name: 'n' },
      object('{"id":"f","n":2}'),
    ]);
  });

  it('keep the key, but not what has another place in the message', async () => {
    const columns = { key: 0, partition: 1, timestamp: 2, headers: 3 };
    const file = 'id,p,t,h,name\n7,1,5,"{""a"":""b""}",x\n';
    const [record] = await values(file, { columns, row: { numbers: [0], empty: 'null' } });
    const headers = [{ name: 'a', value: Buffer.from('b') }];
    assert.deepEqual(record, { key: '7', value: '{"id":7,"name":"x"}', partition: 1, headers });
  });

  it('lose no column, whatever its name', async () => {
    const row = { numbers: [], empty: 'null' } as const;
    assert.deepEqual(await values('a,a,a_2,__proto__,,"q"""\n1,2,3,4,5,6\n', { row }), [
      object('{"a":"1","a_3":"2","a_2":"3","__proto__":"4","column5":"5","q\\"":"6"}'),
    ]);
    assert.deepEqual(await values('column2,,\n1,2,3\n', { row }), [
      object('{"column2":"1","column2_2":"2","column3":"3"}'),
    ]);
  });

  it('have no member for a column that is only the delimiter at the end of each row', async () => {
    assert.deepEqual(await values('a,b,\n1,x,\n2,y,\n'), [
      object('{"a":1,"b":"x"}'),
      object('{"a":2,"b":"y"}'),
    ]);
  });

  it('get numbered names where there is no header row', async () => {
    assert.deepEqual(await values('m-1,one,1\nm-2,two,2\n'), [
      object('{"column1":"m-1","column2":"one","column3":1}'),
      object('{"column1":"m-2","column2":"two","column3":2}'),
    ]);
  });
});
