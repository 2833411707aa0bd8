import assert from 'node:assert/strict';
import { decodeHere, encodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';

describe('Encoding to Avro', () => {
  const place = (schema: unknown) => ({
    schemas: knownSchemas({ file: 'it.avsc', text: JSON.stringify(schema) }),
  });
  const hex = (schema: unknown, text: string) => hexHere('avro(it.avsc)', text, place(schema));
  const misfit = async (schema: unknown, text: string) => {
    const encoded = await encodeHere('avro(it.avsc)', text, place(schema));
    assert.ok(encoded.problem === 'not-in-schema', JSON.stringify(encoded));
    return [encoded.detail, ...(encoded.path ?? [])];
  };
  const logical = (type: string, logicalType: string, more: object = {}) => ({
    type,
    logicalType,
    ...more,
  });

  it('writes the id of the latest schema of the topic, or of the one that is named', async () => {
    const schemas = knownSchemas(
      { text: '"long"', subject: 'orders-value', version: 1, id: 5 },
      { text: '"string"', subject: 'orders-value', version: 2, id: 6 },
      { text: '"int"', subject: 'orders-key', id: 7 },
    );
    assert.equal(await hexHere('avro', '"a"', { schemas }), '00000000060261');
    assert.equal(await hexHere('avro', '1', { schemas, part: 'key' }), '000000000702');
    assert.equal(await hexHere('avro(orders-value@1)', '-1', { schemas }), '000000000501');
    const nowhere = await encodeHere('avro', '1', { schemas, topic: undefined });
    assert.deepEqual(nowhere, {
      problem: 'no-schema',
      detail: 'neither a schema nor a topic is named',
    });
    const unknown = await encodeHere('avro(none)', '1', { schemas });
    assert.deepEqual(unknown, { problem: 'no-schema', detail: "there is no schema 'none'" });
  });

  it('loses no digit', async () => {
    assert.equal(await hex('long', '9223372036854775807'), 'feffffffffffffffff01');
    const decimal = logical('bytes', 'decimal', { precision: 30, scale: 2 });
    assert.equal(await hex(decimal, '90071992547409931.01'), '107d0000000000044d');
  });

  it('takes no quoted number for the bytes of a decimal, which would be another number', async () => {
    const decimal = logical('bytes', 'decimal', { precision: 9, scale: 2 });
    assert.deepEqual(await misfit(decimal, '"1.50"'), ['expected a number, without quotes']);
    assert.deepEqual(await misfit(logical('bytes', 'big-decimal'), '"7"'), [
      'expected a number, without quotes',
    ]);
    assert.equal(await hex(decimal, '"\\u0000\\u0096"'), '040096');
  });

  it('takes a branch without its name where one fits', async () => {
    assert.equal(await hex(['null', 'string'], '"a"'), '020261');
    assert.equal(await hex(['null', 'string'], 'null'), '00');
    assert.equal(await hex(['string', logical('long', 'timestamp-millis')], '5'), '020a');
    const records = ['a', 'b'].map((name) => ({
      type: 'record',
      name: name.toUpperCase(),
      fields: [{ name, type: 'int' }],
    }));
    assert.equal(await hex(records, '{"b":1}'), '0202');
    assert.equal(await hex(records, '{"B":{"b":1}}'), '0202');
    assert.deepEqual(await misfit(['int', 'long'], '1'), [
      'several types of the union fit; write {"int": …} or {"long": …}',
    ]);
  });

  it('fills in defaults, and nothing else', async () => {
    const schema = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 'a', type: 'int' },
        { name: 'b', type: ['null', 'int'], default: null },
        { name: 'c', type: ['string', 'null'], default: 'x' },
        { name: 'd', type: logical('bytes', 'decimal', { precision: 4 }), default: '\u00ff' },
        { name: 'e', type: { type: 'map', values: 'long' }, default: {} },
      ],
    };
    assert.equal(await hex(schema, '{"a":1}'), '0200000278' + '02ff' + '00');
    assert.deepEqual(await misfit(schema, '{"b":{"int":1}}'), ['"a" is missing']);
  });

  it('says what does not fit, and where', async () => {
    const line = { type: 'record', name: 'Line', fields: [{ name: 'count', type: 'int' }] };
    const order = {
      type: 'record',
      name: 'Order',
      fields: [{ name: 'lines', type: { type: 'array', items: ['null', line] } }],
    };
    assert.deepEqual(await misfit(order, '{"lines":[null,{"Line":{"count":"abc"}}]}'), [
      'expected a whole number (int), found "abc"',
      ...['lines', 1, 'Line', 'count'],
    ]);
    assert.deepEqual(await misfit(order, '{"lines":[{"count":1.5}]}'), [
      'expected a whole number (int), found 1.5',
      ...['lines', 0, 'count'],
    ]);
    assert.deepEqual(await misfit(order, '{"lines":[],"colour":1}'), [
      'Order has no field "colour"',
      'colour',
    ]);
    assert.deepEqual(await misfit(order, '{"lines":[{"Lane":{}}]}'), [
      'the union has no type "Lane", only "Line"',
      ...['lines', 0],
    ]);
    assert.deepEqual(await misfit('int', '2147483648'), [
      '2147483648 is too large for the type int',
    ]);
    assert.deepEqual(await misfit('int', '1e99999'), [
      'expected a whole number (int), found 1e99999',
    ]);
    assert.deepEqual(await misfit('float', '1e39'), ['1e39 is too large for the type float']);
    assert.deepEqual(await misfit('bytes', '"漢"'), [
      'bytes are written with the characters \\u0000 to \\u00ff only',
    ]);
    assert.deepEqual(await misfit({ type: 'enum', name: 'E', symbols: ['A', 'B'] }, '"C"'), [
      'expected one of "A", "B", found "C"',
    ]);
    assert.deepEqual(await misfit('int', '{'), [
      'expected JSON, which it is not from character 2 on',
    ]);
  });

  it('takes dates and times as people write them, or as numbers', async () => {
    const millis = logical('long', 'timestamp-millis');
    for (const text of [
      '"2026-01-01T00:00:00.000Z"',
      '"2026-01-01T00:00Z"',
      '"2026-01-01 02:00:00+02:00"',
      '1767225600000',
    ]) {
      assert.equal(await hex(millis, text), '80a0d5edee66', text);
    }
    assert.deepEqual(await misfit(millis, '"2026-01-01T00:00:00.0001Z"'), [
      'there are at most 3 digits after the point',
    ]);
    assert.deepEqual(await misfit(millis, '"2026-02-30T00:00:00Z"'), [
      'expected a date and time such as "2026-01-31T10:15:30Z"',
    ]);
    assert.deepEqual(await misfit(millis, '"2026-01-01T00:00:00"'), [
      'expected a date and time such as "2026-01-31T10:15:30Z"',
    ]);
    assert.deepEqual(await misfit(logical('int', 'date'), '"2026-13-01"'), [
      'expected a date such as "2026-01-31"',
    ]);
  });

  it('shows as bytes what is no decimal with as many digits as it likes', async () => {
    const schema = logical('bytes', 'big-decimal');
    assert.equal(await hex(schema, '1e-3'), '06020106');
    for (const bytes of [
      '"\\u0002"',
      '"\\u0002\\u0001\\u0001"',
      '"\\u0002\\u0001\\u0000\\u0000"',
    ]) {
      const data = Buffer.from(await hex(schema, bytes), 'hex');
      assert.equal((await decodeHere('avro(it.avsc)', data, place(schema))).text, bytes);
    }
    assert.deepEqual(await misfit(schema, '1e-2000'), [
      'expected a number of fewer digits, found 1e-2000',
    ]);
  });

  it('refuses decimals that would lose digits', async () => {
    const decimal = logical('bytes', 'decimal', { precision: 4, scale: 2 });
    assert.equal(await hex(decimal, '12.3400'), await hex(decimal, '12.34'));
    assert.deepEqual(await misfit(decimal, '12.345'), [
      'expected at most 2 digits after the point, found 12.345',
    ]);
    assert.deepEqual(await misfit(decimal, '123.45'), ['expected at most 4 digits, found 123.45']);
  });

  it('ends what would take forever', async () => {
    // Mocha keeps whole stacks, which takes longer than all the rest.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 10;
    const record = (name: string) => ({
      type: 'record',
      name,
      fields: [{ name: 'r', type: ['null', 'int', 'A', 'B', 'C'] }],
    });
    const text = `${'{"r":'.repeat(40)}"x"${'}'.repeat(40)}`;
    assert.deepEqual(await misfit(['A', 'B', 'C'].map(record), text), [
      'it is too large or too deep',
    ]);
    const itself = {
      type: 'record',
      name: 'R',
      fields: [{ name: 'r', type: 'R', default: {} }],
    };
    assert.deepEqual(await misfit(itself, '{}'), ['it is too large or too deep']);
    Error.stackTraceLimit = stackTraceLimit;
  });
});
