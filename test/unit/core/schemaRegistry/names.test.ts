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

  it('are none in a text that is not JSON, and few in one that nests without end', () => {
    assert.deepEqual(namesElsewhere('AVRO', '{'), []);
    const nested = `${'{"type":"array","items":'.repeat(5_000)}"X"${'}'.repeat(5_000)}`;
    assert.deepEqual(namesElsewhere('AVRO', nested), []);
    const refs = `${'{"items":'.repeat(5_000)}{"$ref":"x"}${'}'.repeat(5_000)}`;
    assert.deepEqual(namesElsewhere('JSON', refs), []);
  });
});
