import assert from 'node:assert/strict';
import { namesElsewhere, namesIn } from '../../../../src/core/schemaRegistry/names';

const order = JSON.stringify({
  type: 'record',
  name: 'Order',
  namespace: 'com.contoso',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'SENT'] } },
    { name: 'last', type: ['null', 'State'] },
    { name: 'to', type: { type: 'array', items: 'Address' } },
    { name: 'by', type: { type: 'map', values: 'org.fabrikam.Carrier' } },
    { name: 'placed', type: { type: 'long', logicalType: 'timestamp-millis' } },
  ],
});

describe('the names that a schema uses and does not define', () => {
  it('are types of Avro, in full', () => {
    assert.deepEqual(namesElsewhere('AVRO', order), [
      'com.contoso.Address',
      'org.fabrikam.Carrier',
    ]);
    assert.deepEqual(namesIn('AVRO', order), ['com.contoso.Order', 'com.contoso.State']);
  });

  it('take the namespace of the record around them, not of the one before', () => {
    const schema = {
      type: 'record',
      name: 'org.fabrikam.Trip',
      namespace: 'ignored',
      fields: [
        { name: 'a', type: { type: 'record', name: 'Stop', namespace: 'inner', fields: [] } },
        { name: 'b', type: 'Stop' },
      ],
    };
    assert.deepEqual(namesElsewhere('AVRO', JSON.stringify(schema)), ['org.fabrikam.Stop']);
  });

  it('are files that Protobuf imports, but for those that every registry knows', () => {
    const text = `
      syntax = "proto3"; // import "comment.proto";
      /* import "block.proto"; */
      import "address.proto";
      import public 'common/money.proto';
      import "google/protobuf/timestamp.proto";
      import "address.proto";
      option note = "import \\"text.proto\\";";
    `;
    assert.deepEqual(namesElsewhere('PROTOBUF', text), ['address.proto', 'common/money.proto']);
  });

  it('are addresses in JSON Schema, without its own and without fragments', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'order.json',
      properties: {
        to: { $ref: 'address.json#/definitions/street' },
        self: { $ref: 'order.json#/properties' },
        here: { $ref: '#/definitions/x' },
        meta: { $ref: 'http://json-schema.org/draft-07/schema#' },
      },
    };
    assert.deepEqual(namesElsewhere('JSON', JSON.stringify(schema)), ['address.json']);
  });

  it('are types in unions, in types of types and in errors', () => {
    const schema = [
      { type: 'error', name: 'Failure', fields: [{ name: 'a', type: { type: ['A', 'int'] } }] },
      { type: { type: 'array', items: { type: 'B' } } },
      { type: 'map', values: [{ type: 'map', values: 'a.C' }] },
      { type: 'record', name: 'NoFields' },
      { type: 'record', fields: [{ name: 'a', type: 'Unnamed' }] },
      ...[null, 7, 'string', { type: 'record', name: 'Odd', fields: [null, {}] }],
    ];
    const text = JSON.stringify(schema);
    assert.deepEqual(namesElsewhere('AVRO', text), ['A', 'B', 'a.C']);
    assert.deepEqual(namesIn('AVRO', text), ['Failure', 'NoFields', 'Odd']);
    assert.deepEqual(namesIn('JSON', text), []);
    assert.deepEqual(namesElsewhere('AVRO', '"a.D"'), ['a.D']);
    assert.deepEqual(namesIn('AVRO', '{'), []);
  });

  it('are found at most 200 levels deep', () => {
    const wrapped = (begin: string, levels: number, middle: string, end: string) =>
      begin.repeat(levels) + middle + end.repeat(levels);
    const shapes = [
      ['AVRO', '{"type":"array","items":', '"X"', '}', 200],
      ['AVRO', '{"type":"map","values":', '"X"', '}', 200],
      ['AVRO', '{"type":', '"X"', '}', 200],
      ['AVRO', '[', '"X"', ']', 200],
      ['AVRO', '{"type":"record","name":"R","fields":[{"type":', '"X"', '}]}', 200],
      ['JSON', '{"not":', '{"$ref":"X"}', '}', 200],
    ] as const;
    for (const [type, begin, middle, end, levels] of shapes) {
      assert.deepEqual(namesElsewhere(type, wrapped(begin, levels, middle, end)), ['X'], begin);
      assert.deepEqual(namesElsewhere(type, wrapped(begin, levels + 1, middle, end)), [], begin);
    }
  });

  it('are imports at the beginning of a statement alone', () => {
    const text = `import "first.proto";message M {} import weak "second.proto"; import;
      option import "third.proto"; message import "fourth.proto"; import a b "fifth.proto";
      import "confluent/meta.proto"; import "x/google/own.proto";`;
    assert.deepEqual(namesElsewhere('PROTOBUF', text), [
      ...['first.proto', 'second.proto', 'x/google/own.proto'],
    ]);
    assert.deepEqual(namesElsewhere('PROTOBUF', 'import'), []);
  });

  it('are no other texts of a JSON Schema', () => {
    const schema = {
      $ref: 'a.json#x',
      title: 'b.json',
      enum: [null, 'c.json', 1],
      not: { $ref: 'https://x.org/http://json-schema.org/schema' },
    };
    assert.deepEqual(namesElsewhere('JSON', JSON.stringify(schema)), [
      ...['a.json', 'https://x.org/http://json-schema.org/schema'],
    ]);
    for (const text of ['null', '7', '"a"', '{'])
      assert.deepEqual(namesElsewhere('JSON', text), []);
  });

  it('are none in a text that is not JSON, and few in one that nests without end', () => {
    assert.deepEqual(namesElsewhere('AVRO', '{'), []);
    const nested = `${'{"type":"array","items":'.repeat(5_000)}"X"${'}'.repeat(5_000)}`;
    assert.deepEqual(namesElsewhere('AVRO', nested), []);
    const refs = `${'{"items":'.repeat(5_000)}{"$ref":"x"}${'}'.repeat(5_000)}`;
    assert.deepEqual(namesElsewhere('JSON', refs), []);
  });
});
