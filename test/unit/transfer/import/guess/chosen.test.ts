import assert from 'node:assert/strict';
import { type Chosen, inHeader } from '../../../../../src/transfer/import/guess/chosen';
import { guessImport } from '../../../../../src/transfer/import/guess/guessImport';
import type { CsvLayout } from '../../../../../src/transfer/import/imported';

async function guess(content: string | Uint8Array, name: string, chosen: Chosen) {
  const guess = await guessImport({ bytes: Buffer.from(content), whole: true }, name, chosen);
  assert.ok(guess.kind === 'guess');
  return guess;
}

async function csvOf(
  content: string | Uint8Array,
  chosen: Chosen,
): Promise<Pick<CsvLayout, 'header' | 'columns' | 'row'>> {
  const { options } = await guess(content, 'a.csv', chosen);
  assert.ok(options.format === 'csv');
  const { header, columns, row } = options.csv;
  return { header, columns, ...(row && { row }) };
}

describe('a choice of how a file is read', () => {
  const table = 'city,id,reading\nsouth,7,21.50\n';
  const header = ['city', 'id', 'reading'];
  const keyIsId: Chosen = { columns: { header, at: { key: 1 } } };

  it('of a key column stays when something else is chosen', async () => {
    for (const more of [{}, { encoding: 'windows-1252' }, { format: 'csv' }, { empty: 'omit' }]) {
      const { columns } = await csvOf(table, { ...keyIsId, ...(more as Chosen) });
      assert.deepEqual(columns, { key: 1 });
    }
  });

  it('of a key column stays at its place when the header row is a message', async () => {
    const { header, columns } = await csvOf(table, { ...keyIsId, hasHeader: false });
    assert.deepEqual([header, columns], [['', '', ''], { key: 1 }]);
  });

  it('of a key column goes with its name to another separator', async () => {
    const byName: Chosen = { columns: { header: ['x', 'id'], at: { key: 1 } } };
    const { columns } = await csvOf('id;a;b\n1;2;3\n', { ...byName, delimiter: ';' });
    assert.deepEqual(columns, { key: 0 });
  });

  it('of columns stays in a text that is now read in another encoding', async () => {
    const bytes = Buffer.from('größe,id\n1,2\n');
    const at = { key: 0, value: 1 };
    const latin: Chosen = { encoding: 'windows-1252', columns: { header: ['größe', 'id'], at } };
    const { header, columns } = await csvOf(bytes, latin);
    assert.notEqual(header[0], 'größe');
    assert.deepEqual(columns, at);
  });

  it('of no key, of a value and of texts instead of numbers stays, too', async () => {
    const messages = 'key,value,partition\nk,v,0\n';
    const none: Chosen = { columns: { header: ['key', 'value', 'partition'], at: { key: -1 } } };
    assert.deepEqual((await csvOf(messages, none)).columns, { value: 1, partition: 2 });
    const texts: Chosen = { columns: { header, at: {}, numbers: [] }, empty: 'text' };
    assert.deepEqual((await csvOf(table, texts)).row, { numbers: [], empty: 'text' });
    assert.deepEqual((await csvOf(table, {})).row, { numbers: [1, 2], empty: 'null' });
    const value: Chosen = { columns: { header, at: { value: 2 } } };
    assert.deepEqual(await csvOf(table, value), { header, columns: { value: 2 } });
  });

  it('of a row in place of a value column has the numbers of the table', async () => {
    const row: Chosen = { columns: { header: ['key', 'value'], at: { value: -1 } } };
    const { row: made, columns } = await csvOf('key,value\na,1\n', row);
    assert.deepEqual([columns, made], [{ key: 0 }, { numbers: [1], empty: 'null' }]);
  });

  it('settles what is in doubt', async () => {
    const readings = 'sensor,value,unit\nn,1,C\n';
    assert.deepEqual((await guess(readings, 'a.csv', {})).doubts, ['value']);
    const value: Chosen = { columns: { header: ['sensor', 'value', 'unit'], at: { value: -1 } } };
    assert.deepEqual((await guess(readings, 'a.csv', value)).doubts, []);
    assert.deepEqual((await guess('a\tb\n', 'a.txt', {})).doubts, ['keyed']);
    for (const separator of ['\t', null]) {
      assert.deepEqual((await guess('a\tb\n', 'a.txt', { separator })).doubts, []);
    }
  });

  it('of a separator of keys and of the meaning of null stays in lines', async () => {
    const chosen: Chosen = { separator: ':', nulls: false, encoding: 'windows-1252' };
    const { options } = await guess('a:null\n', 'a.txt', chosen);
    assert.deepEqual(options, {
      ...{ format: 'lines', encoding: 'windows-1252', keyed: { separator: ':', nulls: false } },
    });
  });

  it('of Base64 holds for messages only', async () => {
    const text = '{"key":"YQ==","value":"Yg=="}\n';
    const base64 = async (chosen: Chosen) => (await guess(text, 'a.jsonl', chosen)).options.base64;
    assert.equal(await base64({ base64: false }), false);
    assert.equal(await base64({ base64: true, encoding: 'utf-8' }), true);
    assert.notEqual(await base64({ base64: false, items: 'values' }), false);
  });
});

describe('a chosen column', () => {
  it('that the table no longer has is guessed anew', () => {
    const chosen = { header: ['a', 'b'], at: { key: 0, value: 1, partition: -1 }, numbers: [1] };
    assert.deepEqual(inHeader(chosen, ['b', 'c', 'd']), {
      ...{ header: ['b', 'c', 'd'], at: { value: 0, partition: -1 }, numbers: [0] },
    });
  });
});
