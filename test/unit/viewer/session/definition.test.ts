import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PLAIN } from '../../../../src/core/message/codec';
import type { ReadFrom } from '../../../../src/core/read/reader';
import {
  readDefinition,
  type ViewerDefinition,
  writeDefinition,
} from '../../../../src/viewer/session/definition';
import { format } from '../../../support/formats';

const definition: ViewerDefinition = {
  cluster: 'dev',
  request: { topic: 'orders', from: { at: 'earliest' } },
  range: '@first-100',
  filter: '',
  sort: null,
  span: null,
  columns: { hidden: [], widths: {} },
};

describe('The definition of a viewer', () => {
  const froms: ReadFrom[] = [
    { at: 'earliest' },
    { latestMinus: 100n },
    { offset: 9_007_199_254_740_993n },
    { time: 1_763_820_000_000 },
    { offsets: new Map([[3, 7n]]), since: 1_763_820_000_000 },
    {
      offsets: new Map([
        [0, 5n],
        [12, 9_007_199_254_740_993n],
      ]),
    },
  ];
  for (const from of froms) {
    it(`comes back with a read from ${Object.keys(from).join()}`, () => {
      const written = { ...definition, request: { topic: 'orders', from } };
      assert.deepEqual(readDefinition(writeDefinition(written)), written);
    });
  }

  it('comes back with all that a person has set', () => {
    const written: ViewerDefinition = {
      ...definition,
      request: {
        topic: 'orders',
        partitions: [0, 2],
        from: { offset: 7n },
        until: 9n,
        untilTime: 5,
        timeMargin: 60_000,
        maxRecords: 10,
        newest: 100,
      },
      formats: { key: format('long'), value: format('string(base64)') },
      filter: 'key:"ada" or $.id == 5',
      sort: { column: 'timestamp', descending: true },
      span: { from: 1, to: 2 },
      columns: { hidden: ['size'], widths: { key: 120 } },
    };
    assert.deepEqual(readDefinition(writeDefinition(written)), written);
  });

  it('is read with the formats of older versions, and without those that are not known', () => {
    const read = (key: string) => {
      const formats = `{"key":${key},"value":{"kind":"string","encoding":"utf8"}}`;
      return readDefinition(writeDefinition(definition).replace('{', `{"formats":${formats},`));
    };
    const key = format('string(base64)');
    assert.deepEqual(read('{"kind":"string","encoding":"base64"}')?.formats, { key, value: PLAIN });
    assert.deepEqual(read('{"kind":"long"}')?.formats, { key: format('long'), value: PLAIN });
    for (const other of ['{"kind":"nosuch"}', '{"kind":"string","argument":"rot13"}', '"long"']) {
      assert.deepEqual(read(other), { ...definition, formats: { value: PLAIN } });
    }
  });

  it('keeps columns of fields, their order, and an order by one of them', () => {
    const columns = {
      hidden: [],
      widths: { 'value$.id': 90 },
      fields: ['value$.id', 'key$.id'],
      order: ['value$.id', 'partition'],
    } as const;
    const sort = { column: 'value$.id', descending: true } as const;
    const written: ViewerDefinition = { ...definition, columns, sort };
    assert.deepEqual(readDefinition(writeDefinition(written)), written);
    const wrong = writeDefinition(written).replaceAll('value$.id', 'value$..id');
    const read = readDefinition(wrong);
    assert.ok(read);
    assert.deepEqual([read.columns.fields, read.sort], [['key$.id'], null]);
  });

  it('of version 0.1 says elsewhere how many of the newest are wanted', () => {
    const { request } = definition;
    const written = writeDefinition(definition).replace('{', '{"last":7,');
    assert.deepEqual(readDefinition(written)?.request, { ...request, newest: 7 });
  });

  it('keeps a layout of the columns, but no order by a column that has none', () => {
    const columns = { hidden: ['headers'], widths: { headers: 120 } } as const;
    const written = writeDefinition({ ...definition, columns });
    const sorted = written.replace('"sort":null', '"sort":{"column":"headers","descending":true}');
    assert.notEqual(sorted, written);
    assert.deepEqual(readDefinition(sorted), { ...definition, columns });
  });

  it('is not read from anything else', () => {
    for (const text of ['', 'null', '{}', '[]', '{"cluster":1}', '{"cluster":"dev"', '"x"']) {
      assert.equal(readDefinition(text), undefined);
    }
    fc.assert(
      fc.property(fc.json(), (text) => {
        readDefinition(text);
      }),
    );
  });

  it('forgets what makes no sense', () => {
    const text = JSON.stringify({
      cluster: 'dev',
      range: '',
      request: { topic: 'orders', from: { offset: '-1', at: 'earliest' }, partitions: ['0', 1] },
      last: -1,
      filter: 5,
      sort: { column: 'evil', descending: true },
      columns: 'all',
    });
    assert.deepEqual(readDefinition(text), {
      ...definition,
      range: '',
      request: { topic: 'orders', from: { at: 'earliest' }, partitions: [1] },
    });
  });
});
