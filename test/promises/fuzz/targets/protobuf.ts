import assert from 'node:assert/strict';
import { decodeHere, encodeHere } from '../../../support/decoding';
import { knownSchemas } from '../../../support/schemas';
import { pick, same, type Target } from '../target';

const PROTO = `syntax = "proto2";
package shop;
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
message Order {
  required int64 id = 1;
  optional group Part = 2 { repeated sint32 numbers = 1 [packed = true]; }
  map<string, Order> parts = 3;
  oneof how { string card = 4; double cash = 5; }
  optional google.protobuf.Any any = 6;
  repeated google.protobuf.Value values = 7;
  optional google.protobuf.Timestamp placed = 8;
  optional State state = 9 [default = SENT, json_name = "status"];
  enum State { option allow_alias = true; NEW = 0; SENT = 1; GONE = 1; }
  extensions 100 to max;
}
extend Order { optional fixed64 mark = 100; }
`;
const EDITION = `edition = "2023";
package a.b;
option features.field_presence = IMPLICIT;
message M { M m = 1 [features.message_encoding = DELIMITED]; float f = 0x2; reserved 5, 7 to 9; }
service S { rpc Call (stream M) returns (M); }
`;
const ORDERS = [
  '0801',
  '0801130a020102141a070a0161120208022a08',
  '08014a0018012209416161',
  '080132170a0c782f73686f702e4f72646572120708012202686942003a0b2a090a0161120411000000',
  'a1060100000000000000',
];
const schemas = knownSchemas({ type: 'PROTOBUF', text: PROTO, file: 'shop.proto' });

/** Texts of schemas, and data of one, which is also read without it. */
export const target: Target = {
  seeds: [
    ...[PROTO, EDITION].map((text) => Buffer.concat([Buffer.of(0), Buffer.from(text)])),
    ...ORDERS.map((hex) => Buffer.from(`01${hex}`, 'hex')),
  ],
  words: ['message', 'repeated', 'google.protobuf.Any', '{', '}', '[', ';', '\\', '/*', '\x80'],
  async run(input) {
    const { way, rest } = pick(input);
    if (way % 2 === 0) {
      const hostile = knownSchemas({ type: 'PROTOBUF', text: rest.toString(), file: 'a.proto' });
      const { problem } = await decodeHere('protobuf(a.proto)', Buffer.of(8, 1), {
        schemas: hostile,
      });
      assert.notEqual(problem?.kind, 'failed');
      return;
    }
    const raw = await decodeHere('protobuf', rest);
    assert.notEqual(raw.problem?.kind, 'failed');
    const shown = await decodeHere('protobuf(shop.proto)', rest, { schemas });
    assert.notEqual(shown.problem?.kind, 'failed');
    if (shown.text === undefined) return;
    // What is shown can be written, and is then shown as the same.
    const { payload, problem } = await encodeHere('protobuf(shop.proto)', shown.text, { schemas });
    if (payload === undefined) {
      assert.equal(problem, 'not-in-schema');
      return;
    }
    const again = await decodeHere('protobuf(shop.proto)', Buffer.from(payload), { schemas });
    same(again.text ?? '', shown.text, 'message');
  },
};
