import assert from 'node:assert/strict';
import { nameOfSchema } from '../../../../src/core/schemaRegistry/nameOfSchema';

describe('The name of a schema', () => {
  const protobuf = 'syntax = "proto3";\n  message Order {}\nmessage Line {}';
  const table: readonly [Parameters<typeof nameOfSchema>[0], name: string | undefined][] = [
    [{ type: 'AVRO', text: '{"name":"Order","namespace":"com.contoso"}' }, 'com.contoso.Order'],
    [{ type: 'AVRO', text: '{"name":"a.Order","namespace":"com.contoso"}' }, 'a.Order'],
    [{ type: 'AVRO', text: '{"name":"Order","namespace":""}' }, 'Order'],
    [{ type: 'AVRO', text: '{"name":"Order"}' }, 'Order'],
    [{ type: 'AVRO', text: '{"name":1,"namespace":"com.contoso"}' }, undefined],
    [{ type: 'AVRO', text: '"string"' }, undefined],
    [{ type: 'AVRO', text: 'null' }, undefined],
    [{ type: 'AVRO', text: '{' }, undefined],
    [{ type: 'JSON', text: '{"title":"Order","name":"Other"}' }, 'Order'],
    [{ type: 'JSON', text: '{"name":"Other"}' }, undefined],
    [{ type: 'JSON', text: 'true' }, undefined],
    [{ type: 'PROTOBUF', text: protobuf }, 'Order'],
    [{ type: 'PROTOBUF', text: `\tpackage  com.contoso ;\n${protobuf}` }, 'com.contoso.Order'],
    [{ type: 'PROTOBUF', text: 'package com.contoso;' }, undefined],
    [{ type: 'PROTOBUF', text: '// message Other\n// package b;' }, undefined],
    [{ type: 'PROTOBUF', text: '{"name":"Order"}' }, undefined],
  ];
  for (const [schema, name] of table) {
    it(`is ${name ?? 'not told'} in ${schema.type} ${JSON.stringify(schema.text)}`, () => {
      assert.equal(nameOfSchema(schema), name);
    });
  }
});
