import assert from 'node:assert/strict';
import { here } from '../../../../../../src/core/message/decoders/here';
import { decodeHere, encodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas, type KnownSchema } from '../../../../../support/schemas';

const PROTO = `
syntax = "proto3";
package shop;
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "not/there.proto";

message Order {
  option (custom).thing = { a: 1, b { c: "}" } };
  reserved 50, 60 to max;
  reserved "old";
  int64 order_id = 1;
  optional string note = 2 [(custom) = true, deprecated = true];
  State state = 3;
  oneof how { string card = 4; bool cash = 5; }
  map<string, Line> lines = 6;
  google.protobuf.Timestamp placed = 7;
  google.protobuf.Any more = 8;
  google.protobuf.Struct free = 9;
  repeated float weights = 10;
  Order parent = 11;
  bytes mark = 12;
  message Line { uint32 count = 1; }
  enum State { NEW = 0; SENT = 1; }
}
service Shop { rpc Send (stream Order) returns (Order) { option (x) = {}; } }
message Other { .shop.Order.Line line = 1; }
`;
const file: KnownSchema = { type: 'PROTOBUF', text: PROTO, file: 'shop.proto' };
const schemas = knownSchemas(file);

async function shown(hex: string, format = 'protobuf(shop.proto)'): Promise<unknown> {
  const { text, problem } = await decodeHere(format, Buffer.from(hex, 'hex'), { schemas });
  return text ?? problem;
}

async function written(json: string): Promise<string> {
  return hexHere('protobuf(shop.proto)', json, { schemas });
}

async function refused(json: string) {
  const { payload, ...problem } = await encodeHere('protobuf(shop.proto)', json, { schemas });
  assert.equal(payload, undefined);
  return problem;
}

const FIELDS = 'orderId note state card cash lines placed more free weights parent mark';
const DEFAULTS = '"lines":{},"weights":[],"mark":""';

describe('Protobuf', () => {
  it('shows defaults where the schema tells no difference, and writes none', async () => {
    assert.equal(await shown(''), `{"orderId":0,"state":"NEW",${DEFAULTS}}`);
    assert.equal(await written(`{"orderId":0,"state":"NEW",${DEFAULTS}}`), '');
    assert.equal(await written('{"note":"","cash":false,"weights":null}'), '12002800');
  });

  it('merges what is written in parts, and takes the last of others', async () => {
    assert.equal(
      await shown('08010802220161280152000a00'.slice(0, -4) + '5a0208055a021801'),
      `{"orderId":2,"state":"NEW","cash":true,"lines":{},"weights":[],` +
        `"parent":{"orderId":5,"state":"SENT",${DEFAULTS}},"mark":""}`,
    );
  });

  it('reads packed and unpacked lists', async () => {
    const expected = `{"orderId":0,"state":"NEW","lines":{},"weights":[0.5,1.5],"mark":""}`;
    assert.equal(await shown('52080000003f0000c03f'), expected);
    assert.equal(await shown('550000003f550000c03f'), expected);
    assert.equal(await written(expected), '52080000003f0000c03f');
  });

  it('keeps what the schema does not know', async () => {
    const hex = '0801' + '12026869' + 'a20603' + '0a0161' + 'ad060000003f' + 'b80601' + 'b80602';
    const json = String(await shown(hex));
    assert.equal(
      json,
      `{"orderId":1,"note":"hi","state":"NEW",${DEFAULTS},` +
        `"?":{"100":{"1":"a"},"101":{"float":0.5},"103":[1,2]}}`,
    );
    assert.equal(await written(json), hex);
    // A known field in another wire type is an unknown one.
    assert.equal(await shown('0a0161'), `{"orderId":0,"state":"NEW",${DEFAULTS},"?":{"1":"a"}}`);
  });

  it('keeps the order and all names of maps', async () => {
    const json = '"lines":{"__proto__":{"count":1},"2":{"count":2},"1":{"count":0}}';
    const hex = await written(`{${json}}`);
    assert.match(String(await shown(hex)), new RegExp(json.replace(/[{}]/g, '\\$&')));
  });

  it('has numbers for values of an enum without a name, and takes both', async () => {
    assert.match(String(await shown('1805')), /"state":5,/);
    assert.equal(await written('{"state":5}'), '1805');
    assert.equal(await written('{"state":1}'), await written('{"state":"SENT"}'));
  });

  it('takes the names of the schema, and numbers in quotes', async () => {
    assert.equal(await written('{"order_id":"9223372036854775807"}'), '08ffffffffffffffff7f');
    assert.equal(await written('{"orderId":1e3}'), '08e807');
  });

  it('shows what is in an Any if it is known, and its bytes otherwise', async () => {
    const known = '"more":{"@type":"a.b/shop.Order.Line","count":7}';
    const other = '"more":{"@type":"a.b/shop.Nothing","value":"AQI="}';
    const time = '"more":{"@type":"x/google.protobuf.Timestamp","value":"1970-01-01T00:00:00Z"}';
    for (const json of [known, other, time]) {
      const again = String(await shown(await written(`{${json}}`)));
      assert.ok(again.includes(json), again);
    }
    // It is of a known type, but is no such message.
    const broken = '{"more":{"typeUrl":"a/shop.Order.Line","value":"/w=="}}';
    assert.ok(String(await shown(await written(broken))).includes(broken.slice(1, -1)));
  });

  it('says what does not fit, and where', async () => {
    const detail = { problem: 'not-in-schema' };
    assert.deepEqual(await refused('{"orderId":9223372036854775808}'), {
      ...detail,
      detail: 'must be a number from -9223372036854775808 to 9223372036854775807',
      path: ['orderId'],
    });
    const table: readonly [json: string, path: readonly (string | number)[]][] = [
      ['{"lines":{"a":{"count":-1}}}', ['lines', 'a', 'count']],
      ['{"weights":[1,"b"]}', ['weights', 1]],
      ['{"nothing":1}', ['nothing']],
      ['{"card":"a","cash":true}', ['cash']],
      ['{"order_id":1,"orderId":1}', ['orderId']],
      ['{"placed":"2026-02-30T00:00:00Z"}', ['placed']],
      ['{"placed":"yesterday"}', ['placed']],
      ['{"state":"GONE"}', ['state']],
      ['{"more":{"@type":"shop.Order","orderId":true}}', ['more', 'orderId']],
      ['{"?":{"0":1}}', ['?', '0']],
      ['[]', []],
      ['{', []],
    ];
    for (const [json, path] of table) {
      const { problem, ...rest } = await refused(json);
      assert.equal(problem, 'not-in-schema', json);
      assert.deepEqual('path' in rest && rest.path, path, json);
    }
    const deep = '{"parent":'.repeat(150) + '{}' + '}'.repeat(150);
    assert.equal((await refused(deep)).problem, 'not-in-schema');
  });

  it('says what is wrong with bytes', async () => {
    for (const hex of ['08', '0880', '1205', '00', '0f', '2c', '08ffffffffffffffffffff01']) {
      const problem = await shown(hex);
      assert.ok(typeof problem === 'object' && problem && 'kind' in problem, hex);
      assert.equal(problem.kind, 'not-in-schema', hex);
    }
    let deep = Buffer.alloc(0);
    for (let depth = 0; depth < 120; depth += 1) {
      deep = Buffer.concat([Buffer.from('5a', 'hex'), varint(deep.length), deep]);
    }
    assert.deepEqual(await shown(deep.toString('hex')), {
      kind: 'not-in-schema',
      detail: 'messages are nested too deeply',
    });
  });

  it('does not make megabytes of a few bytes', async () => {
    const fields = Array.from({ length: 1000 }, (_, index) => `int32 f${index} = ${index + 1};`);
    const text = `syntax = "proto3"; message M { repeated N n = 1; } message N { ${fields.join('')} }`;
    const wide = knownSchemas({ type: 'PROTOBUF', text, file: 'wide.proto' });
    const bytes = Buffer.from('0a00'.repeat(20_000), 'hex');
    const { problem } = await decodeHere('protobuf(wide.proto)', bytes, { schemas: wide });
    assert.deepEqual(problem, { kind: 'too-large' });
  });

  it('shows the numbers of fields without a schema', async () => {
    const hex =
      '08ac02' + '1a03666f6f' + '22020801' + '2a02ff00' + '310000000000000440' + '3d01000000';
    const bytes = Buffer.from(`${hex}0801`, 'hex');
    assert.deepEqual(await decodeHere('protobuf', bytes), {
      text:
        '{"1":[300,1],"3":"foo","4":{"1":1},"5":{"base64":"/wA="},"6":{"double":2.5},' +
        '"7":{"fixed32":1}}',
      facts: { format: 'protobuf', isGuess: true },
    });
    const { problem } = await decodeHere('protobuf', Buffer.from('hello'));
    assert.equal(problem?.kind, 'not-in-format');
  });

  it('describes what can be written, with an example', async () => {
    const named = { kind: 'protobuf', argument: 'shop.proto' };
    const context = { topic: 'orders', part: 'value', schemas } as const;
    const found = await here.describe(named, context);
    assert.ok(found);
    assert.deepEqual(found.schema, { file: 'shop.proto', name: 'shop.Order' });
    await written(found.example);
    const definitions = found.jsonSchema['$defs'] as Record<string, { properties: object }>;
    const properties = new Map(Object.entries(definitions['shop.Order']?.properties ?? {}));
    assert.deepEqual([...properties.keys()].join(' '), FIELDS);
    assert.deepEqual(properties.get('state'), {
      anyOf: [{ enum: ['NEW', 'SENT'] }, { type: 'integer' }],
    });
  });

  it('knows the files that registries know without having been told', async () => {
    const text = `syntax = "proto3"; import "google/type/datetime.proto";
      import "google/type/dayofweek.proto"; import "confluent/type/decimal.proto";
      message M { google.type.DateTime at = 1; google.type.DayOfWeek day = 2; confluent.type.Decimal sum = 3; }`;
    const known = { schemas: knownSchemas({ type: 'PROTOBUF', text, file: 'a.proto' }) };
    const json =
      '{"at":{"year":2026,"utcOffset":"3600s"},"day":"MONDAY","sum":{"value":"AQ==","scale":2}}';
    const hex = await hexHere('protobuf(a.proto)', json, known);
    assert.equal(hex, '0a0808ea0f420308901c' + '1001' + '1a050a01011802');
  });

  it('says what is wrong with a schema', async () => {
    const table: readonly [text: string, detail: RegExp][] = [
      ['message M { Nothing n = 1; }', /the type Nothing is not defined/],
      ['message M { int32 a = 0; }', /line 1: expected the number of a field/],
      ['\nmessage M {', /line 2: expected a word before the end/],
      ['syntax = "proto4"; message M {}', /the syntax is not known/],
      ['message M { optional int32 a = 1 }', /expected ';' before '}'/],
      ['message M {}\n"', /line 2: a text has no end/],
      ['message M { map<float, int32> m = 1; }', /cannot be used/],
      ['enum E { A = 0; }', /it has no message/],
      ['', /it has no message/],
      ['message M {'.repeat(40), /too deeply/],
    ];
    for (const [text, detail] of table) {
      const broken = knownSchemas({ type: 'PROTOBUF', text, file: 'a.proto' });
      const { problem } = await decodeHere('protobuf(a.proto)', Buffer.alloc(0), {
        schemas: broken,
      });
      assert.ok(problem?.kind === 'no-schema', text);
      assert.match(problem.detail, detail);
    }
    const { problem } = await decodeHere('protobuf(shop.proto#shop.No)', Buffer.alloc(0), {
      schemas,
    });
    assert.equal(problem?.kind, 'no-schema');
  });

  describe('of a message within another, by indexes', () => {
    /** What Confluent's library for Java makes of descriptors: it writes entries of maps out. */
    const written = `syntax = "proto3"; message Order { repeated TagsEntry tags = 1;
      message TagsEntry { option map_entry = true; string key = 1; int32 value = 2; }
      message Line { string article = 1; } message Place { int32 hall = 1; } }`;
    const short = written
      .replace(/repeated TagsEntry/, 'map<string, int32>')
      .replace(/message T.*}/, '');
    const read = async (text: string, hex: string) => {
      const place = { schemas: knownSchemas({ type: 'PROTOBUF', text, id: 1, subject: 's' }) };
      const found = await decodeHere('protobuf', Buffer.from(`0000000001${hex}`, 'hex'), place);
      return [found.facts?.schema?.name, found.text ?? found.problem];
    };
    const [line, place] = ['0a0161', '0807'];

    it('counts the entries of maps that the text has as messages, which are maps all the same', async () => {
      assert.deepEqual(await read(written, `000a050a01611003`), ['Order', '{"tags":{"a":3}}']);
      assert.deepEqual(await read(written, `040002${line}`), ['Order.Line', '{"article":"a"}']);
      assert.deepEqual(await read(written, `040004${place}`), ['Order.Place', '{"hall":7}']);
      const schemas = knownSchemas({ type: 'PROTOBUF', text: written, id: 1, subject: 's' });
      const format = 'protobuf(s#Order.Line)';
      assert.equal(
        await hexHere(format, '{"article":"a"}', { schemas }),
        `0000000001040002${line}`,
      );
    });

    it('does not count those of map<...>, unless only that fits', async () => {
      assert.deepEqual(await read(short, `040000${line}`), ['Order.Line', '{"article":"a"}']);
      assert.deepEqual(await read(short, `040002${place}`), ['Order.Place', '{"hall":7}']);
      // As Python has it.
      assert.deepEqual(await read(short, `040002${line}`), ['Order.Line', '{"article":"a"}']);
      assert.deepEqual(await read(short, `040004${place}`), ['Order.Place', '{"hall":7}']);
      // Neither has all fields.
      assert.deepEqual(await read(short, '0400029006fe'.slice(0, -2) + '01'), [
        'Order.Place',
        '{"hall":0,"?":{"98":1}}',
      ]);
      const nothing = { kind: 'not-in-schema', detail: 'the schema has no message 0.7' };
      assert.deepEqual(await read(short, '04000e'), [undefined, nothing]);
    });
  });
});

function varint(value: number): Buffer {
  return value < 128 ? Buffer.of(value) : Buffer.of((value & 127) | 128, value >>> 7);
}
