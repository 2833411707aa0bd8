import assert from 'node:assert/strict';
import {
  messageNamed,
  messageNumbered,
  openTypes,
} from '../../../../../../src/core/message/decoders/protobuf/types';

const text = `syntax = "proto3";
package shop;
message Order { message Line { int32 count = 1; } repeated Line lines = 1; }
message Bill { map<string, int64> sums = 1; }
message Line { string text = 1; }
`;

describe('The messages of a Protobuf schema', () => {
  const types = openTypes({ type: 'PROTOBUF', text, imports: [] });

  it('are found by their whole name, or by its end', () => {
    const named = (name: string) => messageNamed(types, name)?.name;
    assert.equal(named('shop.Line'), 'shop.Line');
    assert.equal(named('Order.Line'), 'shop.Order.Line');
    assert.equal(named('Line'), 'shop.Order.Line');
    assert.equal(named('Bill'), 'shop.Bill');
    assert.equal(named('ill'), undefined);
  });

  it('are counted by their names, with the entries of maps', () => {
    assert.deepEqual(
      [0, 2, 3, 4, 5].map((number) => messageNumbered(types, number)?.name),
      ['shop.Bill', 'shop.Line', 'shop.Order', 'shop.Order.Line', undefined],
    );
  });

  it('are listed once, however many messages are read', () => {
    assert.equal(types.names.all, types.names.all);
    assert.equal(types.names.sorted, types.names.sorted);
  });
});
