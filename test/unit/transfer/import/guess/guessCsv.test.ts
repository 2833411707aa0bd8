import assert from 'node:assert/strict';
import { type CsvGuess, guessCsv } from '../../../../../src/transfer/import/guess/guessCsv';

const guess = (text: string, ...more: [among?: readonly string[], hasHeader?: boolean]) =>
  guessCsv({ bytes: Buffer.from(text), whole: true }, ...more);

/** What a column holds, or "row" for rows as objects, by the text of the file's first row. */
const layout = ({ csv }: CsvGuess): unknown =>
  csv.row ? { ...csv.columns, row: true } : csv.columns;

describe('guessing the layout of CSV', () => {
  const tables: [what: string, text: string, delimiter: string, columns: object][] = [
    ['known columns', 'key;value\n1,2;3,4\n', ';', { key: 0, value: 1 }],
    [
      'all that is known',
      'Offset\tPARTITION\tmessage\tKey\n',
      '\t',
      { key: 3, value: 2, partition: 1 },
    ],
    ['the delimiter that fits the rows', 'a,b;c\n1,2;3\n"x,y";4\n5;6\n', ';', { row: true }],
    ['a delimiter in quotes for none', '"a,b,c"|d\n1|2\n', '|', { row: true }],
    ['decimal commas for no delimiters', 'a;1,5;2,5\nb;3,5;4,5\n', ';', { row: true }],
    [
      'delimiters in JSON for none',
      'k\t{"a":1,"b":2}\nm\t{"a":1,"b":3}\n',
      '\t',
      { key: 0, value: 1 },
    ],
    ['lines of JSON for one column', '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n', ';', { value: 0 }],
    ['them with blanks in them', '{"a": 1, "b": 2}\n{"a": 2, "b": 3}\n', ';', { value: 0 }],
    ['names although no row fits', 'key,value\n1,{"a":1,"b":2}\n', ',', { key: 0, value: 1 }],
    ['a column alone', 'value\nx\n', ',', { value: 0 }],
    ['a blank after each delimiter', 'key, value\na, "1, 2"\n', ', ', { key: 0, value: 1 }],
    ['a blank after some delimiters', 'key, value\na,1\n', ',', { key: 0, value: 1 }],
    ['names before a row without an end', 'key;value\n1;"', ';', { key: 0, value: 1 }],
    [
      'the delimiter that the file names',
      'sep=^\r\nkey^value\r\n1,2^3\r\n',
      '^',
      { key: 0, value: 1 },
    ],
    ['it in quotes and capitals', '\ufeff"SEP=;"\nkey;value\n', ';', { key: 0, value: 1 }],
    ['it with further delimiters after it', 'sep=;;\nkey;value\n', ';', { key: 0, value: 1 }],
    ['a tab that it names', 'sep=\\t\nkey\tvalue\n', '\t', { key: 0, value: 1 }],
    [
      'an export of ours',
      'partition,offset,timestamp,key,value,encoding\n0,1,,k,v,\n',
      ',',
      { partition: 0, timestamp: 2, key: 3, value: 4, encoding: 5 },
    ],
    [
      'an export of ours with headers',
      'partition,offset,timestamp,key,headers,value,encoding\n0,1,,k,,v,\n',
      ',',
      { partition: 0, timestamp: 2, key: 3, headers: 4, value: 5, encoding: 6 },
    ],
    ['headers of other programs', 'Headers,Value\n', ',', { headers: 0, value: 1 }],
    ['encodings in exports of ours alone', 'key,value,encoding\n', ',', { key: 0, value: 1 }],
  ];
  for (const [what, text, delimiter, columns] of tables) {
    it(`finds ${what}`, async () => {
      const found = await guess(text);
      assert.deepEqual([found.csv.delimiter, layout(found)], [delimiter, columns]);
    });
  }

  it('keeps the delimiter that is given', async () => {
    const { csv } = await guess('key,value\n', ['|']);
    assert.deepEqual(csv.header, ['key,value']);
  });

  describe('by the names of columns', () => {
    const messages: [header: string, columns: object][] = [
      ['recordKey,recordValue', { key: 0, value: 1 }],
      ['message_key,message_value', { key: 0, value: 1 }],
      ['Kafka Key,Value (JSON)', { key: 0, value: 1 }],
      ['msg.key,msg.value', { key: 0, value: 1 }],
      ['KEY,PAYLOAD', { key: 0, value: 1 }],
      ['key_string,value_string', { key: 0, value: 1 }],
      ['orderKey,orderValue,region', { key: 0, value: 1 }],
      ['key,value,message', { key: 0, value: 1 }],
      ['kafka_partition,kafka_offset,body', { value: 2, partition: 0 }],
      ['topic,partition_id,offset,ts,value', { value: 4, partition: 1, timestamp: 3 }],
      ['Key,Partition,Offset,Value,Headers', { key: 0, value: 3, partition: 1, headers: 4 }],
      [
        'timestamp,partitionID,offset,key,value,keySize,valueSize,compression,isTransactional',
        { key: 3, value: 4, partition: 1, timestamp: 0 },
      ],
      [
        'topic,partition,offset,timestamp,timestampType,headers,key,value,__confluent_index',
        { key: 6, value: 7, partition: 1, headers: 5, timestamp: 3 },
      ],
      [
        'Topic,Partition,Offset,Timestamp,Timestamp Type,Key,Value,Headers,Key Size,Value Size',
        { key: 5, value: 6, partition: 1, headers: 7, timestamp: 3 },
      ],
    ];
    for (const [header, columns] of messages) {
      it(`finds the messages in ${header}`, async () => {
        const found = await guess(`${header}\n`);
        assert.deepEqual(
          [layout(found), found.because, found.doubts, found.isMessages],
          [columns, { header: 'names', value: 'named' }, [], true],
        );
      });
    }

    const plain: [
      header: string,
      row: string,
      columns: object,
      because: string,
      doubts: string[],
    ][] = [
      ['id,name,amount', '1,North,12.50', {}, 'table', []],
      ['primary_key,name,amount', '1,a,2', {}, 'table', []],
      ['monkey,turkey,amount', 'x,y,1', {}, 'table', []],
      ['total_value,unit', '5,m', {}, 'table', []],
      ['old_value,new_value', '1,2', {}, 'table', []],
      ['key,old_value,new_value', 'k,1,2', { key: 0 }, 'table', []],
      ['partition,id,name,timestamp', '0,1,a,5', {}, 'table', []],
      ['sensor,value,unit', 's,5,m', {}, 'table', ['value']],
      ['id,payload', '1,x', {}, 'table', ['value']],
      ['timestamp,value', '2026-01-01,5', {}, 'table', ['value']],
      ['timestamp,level,message', '2026-01-01,INFO,x', {}, 'table', ['value']],
      ['key,message,payload', 'k,1,2', { key: 0 }, 'several', ['value']],
      ['id,data', '1,"{""a"":1}"', {}, 'table', ['value']],
      ['id,key_base64,value_base64', '1,aGk=,aGk=', {}, 'table', ['value']],
    ];
    for (const [header, row, columns, because, doubts] of plain) {
      it(`leaves no column of ${header} out`, async () => {
        const found = await guess(`${header}\n${row}\n`);
        assert.deepEqual(
          [layout(found), found.because.value, found.doubts, found.isMessages],
          [{ ...columns, row: true }, because, doubts, false],
        );
      });
    }

    it('asks where a column may say that keys or values are encoded', async () => {
      for (const name of ['encoding', 'value_encoding', 'keyEncoding', 'payload_base64']) {
        const found = await guess(`key,value,${name}\nk,aGk=,base64\n`);
        assert.deepEqual([found.doubts, found.isMessages], [['value'], false]);
      }
    });

    it('asks about the only other column of a table of messages', async () => {
      const found = await guess('partition,offset,timestamp,key,data\n0,1,,k,x\n');
      assert.deepEqual(layout(found), { key: 3, value: 4, partition: 0, timestamp: 2 });
      assert.deepEqual([found.because.value, found.doubts], ['rest', ['value']]);
    });
  });

  describe('by the first row', () => {
    const rows: [text: string, hasHeader: boolean, because: string, isDoubtful?: boolean][] = [
      ['m-1,one\nm-2,two\nm-3,three\n', false, 'alike'],
      ['1,2,3\n4,5,6\n', false, 'alike'],
      ['North;12,50\nSouth;1.234,00\n', false, 'alike'],
      ['12.5\n13\n', false, 'alike'],
      ['k,{"a":1}\nm,{"a":2}\n', false, 'alike'],
      ['2026-01-01 10:00,x\n2026-01-02 11:00,y\n', false, 'alike'],
      ['a@b.org,x\nc@d.org,y\n', false, 'alike'],
      ['red,x\nblue,y\nred,z\n', false, 'alike'],
      ['A12,x\nB7,y\n', false, 'alike', true],
      ['key,value\nm-1,one\n', true, 'names'],
      ['name,city\nalice,Paris\nbob,Rome\n', true, 'names'],
      ['order_id,firstName\nx,alice\ny,bob\n', true, 'names'],
      ['id,name\n', true, 'names'],
      ['monkey,turkey\n1,x\n', true, 'differs'],
      ['k,v\n1,x\n', true, 'differs'],
      ['k,v\nm,w\n', true, 'unclear', true],
      ['Kunde,Betrag\nNord,"12,50"\nSüd,7\n', true, 'differs'],
      ['kunde,ort\nalice,Paris\nkunde,ort\nbob,Rom\n', true, 'unclear', true],
      ['region,2020,2021\nNorth,12,13\nSouth,7,8\n', true, 'names', true],
      ['alice,hello\nbob,world\n', true, 'unclear', true],
      ['alice\nbob\n', true, 'unclear', true],
      ['m-1,one\n', true, 'unclear', true],
    ];
    for (const [text, hasHeader, because, isDoubtful = false] of rows) {
      it(`takes ${JSON.stringify(text)} for a table ${hasHeader ? 'with' : 'without'} names`, async () => {
        const found = await guess(text);
        assert.deepEqual(
          [found.csv.hasHeader, found.because.header, found.doubts.includes('header')],
          [hasHeader, because, isDoubtful],
        );
      });
    }

    it('takes two columns without names for key and value, and more for a table', async () => {
      const two = await guess('m-1,one\nm-2,two\n');
      assert.deepEqual([layout(two), two.csv.header], [{ key: 0, value: 1 }, ['', '']]);
      assert.deepEqual([two.because.value, two.doubts], ['second', []]);
      const three = await guess('m-1,one,x\nm-2,two,y\n');
      assert.deepEqual([layout(three), three.doubts], [{ row: true }, ['value']]);
    });

    it('asks about one column whose fields may be several', async () => {
      const broken = await guess('1,{"a":1,"b":"x"}\n2,{"a":1,"b":"y"}\n');
      assert.deepEqual([layout(broken), broken.doubts.includes('value')], [{ value: 0 }, true]);
      const quoted = await guess('text\n"a, b"\n"c, d"\n7\n');
      assert.deepEqual([layout(quoted), quoted.doubts.includes('value')], [{ value: 0 }, false]);
    });

    it('leaves the first row to a person who has said what it is', async () => {
      const without = await guess('alice,hello\nbob,world\n', undefined, false);
      assert.deepEqual([layout(without), without.doubts], [{ key: 0, value: 1 }, []]);
      const withNames = await guess('m-1,one\nm-2,two\n', [','], true);
      assert.deepEqual([withNames.csv.header, withNames.doubts], [['m-1', 'one'], []]);
    });
  });

  describe('by the fields', () => {
    it('takes columns for numbers that are written as in JSON, and hold at least one', async () => {
      const { csv, numbers } = await guess(
        'id,zip,amount,comma,sign,active,empty,big\n' +
          '1,01234,12.50,"12,50",+1,true,,12345678901234567890\n' +
          '-2,1,,7,1,false,,1e400\n',
      );
      assert.deepEqual(csv.row, { numbers: [0, 2, 7], empty: 'null' });
      assert.deepEqual(numbers, [0, 2, 7]);
    });

    it('takes no points for decimal ones that may separate thousands', async () => {
      const rowOf = async (text: string) => (await guess(text)).csv.row?.numbers;
      assert.deepEqual(await rowOf('id;total;rate\n1;1.250;1.250\n2;12.000;0.5\n'), [0, 2]);
      assert.deepEqual(await rowOf('id,total\n1,1.250\n2,12.000\n'), [0, 1]);
    });

    it('tells the numbers of messages too, for a person who wants rows as objects', async () => {
      const { csv, numbers } = await guess('key,value\n1,x\n2,y\n');
      assert.deepEqual([csv.row, numbers], [undefined, [0]]);
    });

    it('looks at whole rows only', async () => {
      const bytes = Buffer.from('id,name\n1,a\n2,b\n3x');
      const { numbers } = await guessCsv({ bytes, whole: false });
      assert.deepEqual(numbers, [0]);
    });
  });

  it('is quick with any number of columns', async () => {
    for (const name of ['', 'key', 'k', 'a1', '{}']) {
      await guess(`${name},`.repeat(50_000));
    }
  });
});
