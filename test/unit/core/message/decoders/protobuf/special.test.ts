import assert from 'node:assert/strict';
import { decodeHere, encodeHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';

const IMPORTS = ['any', 'duration', 'field_mask', 'struct', 'timestamp', 'wrappers'];
const FIELDS = {
  t: 'Timestamp',
  d: 'Duration',
  m: 'FieldMask',
  a: 'Any',
  s: 'Struct',
  v: 'Value',
  l: 'ListValue',
  i: 'Int32Value',
  x: 'StringValue',
  b: 'BytesValue',
  o: 'BoolValue',
  f: 'DoubleValue',
  u: 'UInt64Value',
};
const text = [
  'syntax = "proto3";',
  ...IMPORTS.map((name) => `import "google/protobuf/${name}.proto";`),
  'message W {',
  ...Object.entries(FIELDS).map(
    ([name, type], index) => `google.protobuf.${type} ${name} = ${index + 1};`,
  ),
  '}',
].join('\n');
const schemas = knownSchemas({ type: 'PROTOBUF', text, file: 'w.proto' });
const FORMAT = 'protobuf(w.proto)';

const decode = async (hex: string) => {
  const shown = await decodeHere(FORMAT, Buffer.from(hex, 'hex'), { schemas });
  return shown.text ?? (shown.problem.kind === 'not-in-schema' ? shown.problem.detail : '');
};

describe('Messages of Protobuf that have a form of their own', () => {
  // The bytes are left out where they are long.
  const both: readonly [json: string, hex: string, written?: string][] = [
    ['{"t":"2026-01-31T23:59:59.500Z"}', '0a0c08ffaefacb061080cab5ee01'],
    ['{"t":"2026-01-31T22:59:59Z"}', '0a0608ef92facb06', '{"t":"2026-01-31t23:59:59+01:00"}'],
    ['{"t":"0001-01-01T00:00:00Z"}', '0a0b088092b8c398feffffff01'],
    ['{"t":"9999-12-31T23:59:59.999999999Z"}', '0a0d08ff82d1ffaf0710ff93ebdc03'],
    ['{"t":{"seconds":1,"nanos":-1}}', '0a0d080110ffffffffffffffffff01'],
    ['{"d":"1.500s"}', '120808011080cab5ee01', '{"d":"1.5s"}'],
    ['{"d":"-0.000001s"}', '120b1098f8ffffffffffffff01'],
    ['{"d":"-3s"}', '120b08fdffffffffffffffff01'],
    ['{"d":"315576000000s"}', '12070880bcaece9709'],
    ['{"d":{"seconds":1,"nanos":-1}}', '120d080110ffffffffffffffffff01'],
    ['{"m":"a,bC.d"}', '1a0a0a01610a05625f632e64'],
    ['{"m":""}', '1a00'],
    ['{"m":{"paths":["a B"]}}', '1a050a03612042'],
    ['{"m":{"paths":["aB"]}}', '1a040a026142'],
    ['{"a":{"@type":"x/W","i":3}}', '220b0a03782f57120442020803'],
    ['{"a":{"@type":"x/W"}}', '22050a03782f57'],
    ['{"a":{"@type":"x/N","value":""}}', '22050a03782f4e', '{"a":{"@type":"x/N"}}'],
    ['{"a":{"typeUrl":"","value":""}}', '2200', '{"a":{}}'],
    [
      '{"a":{"@type":"x/google.protobuf.Int32Value","value":7}}',
      '22220a1c782f676f6f676c652e70726f746f6275662e496e74333256616c756512020807',
    ],
    ['{"s":{"a":null,"b":[1,true,{"c":"x"}]}}', ''],
    ['{"s":{}}', '2a00'],
    ['{"v":null}', '32020800'],
    ['{"v":"NaN"}', '32051a034e614e'],
    ['{"v":false}', '32022000'],
    ['{"v":-1.5}', '320911000000000000f8bf'],
    ['{"l":[]}', '3a00'],
    ['{"l":[[],{}]}', '3a080a0232000a022a00'],
    ['{"i":0}', '4200'],
    ['{"i":-5}', '420b08fbffffffffffffffff01'],
    ['{"i":3}', '42020803', '{"i":{"value":3}}'],
    ['{"x":""}', '4a00'],
    ['{"x":"é"}', '4a040a02c3a9'],
    ['{"x":{"base64":"/w=="}}', '4a030a01ff'],
    ['{"b":"AQI="}', '52040a020102'],
    ['{"o":true}', '5a020801'],
    ['{"o":false}', '5a00'],
    ['{"f":0}', '6200'],
    ['{"f":-0}', '6209090000000000000080'],
    ['{"f":"NaN"}', '620909000000000000f87f'],
    ['{"u":18446744073709551615}', '6a0b08ffffffffffffffffff01'],
  ];
  for (const [json, hex, written = json] of both) {
    it(`are written and read: ${written}`, async () => {
      const { payload } = await encodeHere(FORMAT, written, { schemas });
      assert.ok(payload !== undefined);
      const bytes = Buffer.from(payload).toString('hex');
      if (hex !== '') assert.equal(bytes, hex);
      assert.equal(await decode(bytes), json);
    });
  }

  const misfits: readonly [json: string, detail: string, ...inside: string[]][] = [
    ['{"t":7}', 'must be a time such as "2026-01-31T23:59:59.5Z"'],
    ['{"t":"0000-12-31T23:59:59Z"}', 'must be a time such as "2026-01-31T23:59:59.5Z"'],
    ['{"t":"2026-01-31T24:00:00Z"}', 'must be a time such as "2026-01-31T23:59:59.5Z"'],
    ['{"t":"9999-12-31T23:59:59-00:01"}', 'must be a time such as "2026-01-31T23:59:59.5Z"'],
    ['{"d":"315576000001s"}', 'must be a duration such as "1.5s"'],
    ['{"d":1}', 'must be a duration such as "1.5s"'],
    ['{"d":"1.s"}', 'must be a duration such as "1.5s"'],
    ['{"m":1}', 'must be the paths of fields with commas between'],
    ['{"a":{"@type":1}}', 'must be the address of a type', '@type'],
    ['{"a":{"@type":"x/N","value":1}}', 'must be Base64', 'value'],
    ['{"a":{"@type":"x/google.protobuf.Int32Value"}}', 'must be a whole number', 'value'],
    ['{"a":1}', 'must be an object, which stands for google.protobuf.Any'],
    ['{"s":1}', 'must be an object'],
    ['{"s":{"a":{"b":1e400}}}', 'is too large a number', 'a', 'b'],
    ['{"l":{}}', 'must be an array'],
    ['{"i":"x"}', 'must be a whole number'],
    ['{"u":-1}', 'must be a number from 0 to 18446744073709551615'],
  ];
  for (const [json, detail, ...inside] of misfits) {
    it(`are not ${json}`, async () => {
      const encoded = await encodeHere(FORMAT, json, { schemas });
      const path = [json.charAt(2), ...inside];
      assert.deepEqual(encoded, { problem: 'not-in-schema', detail, path });
    });
  }

  const odd: readonly [hex: string, shown: string][] = [
    ['0a021801', '{"t":{"seconds":0,"nanos":0,"?":{"3":1}}}'],
    ['0a0210ff', 'the data end within a number'],
    ['1a020a00', '{"m":{"paths":[""]}}'],
    ['1a021001', '{"m":{"paths":[],"?":{"2":1}}}'],
    ['22031a0161', '{"a":{"typeUrl":"","value":"","?":{"3":"a"}}}'],
    ['22030a01ff', '{"a":{"typeUrl":{"base64":"/w=="},"value":""}}'],
    ['2203120161', '{"a":{"typeUrl":"","value":"YQ=="}}'],
    ['2a020a00', '{"s":{"":null}}'],
    ['2a021001', '{"s":{}}'],
    ['2a060a0410011801', '{"s":{"":null}}'],
    ['32021801', '{"v":null}'],
    ['32023801', '{"v":null}'],
    ['3a023801', '{"l":[]}'],
    ['42021001', '{"i":{"value":0,"?":{"2":1}}}'],
    ['62020900', 'the data end too early'],
  ];
  for (const [hex, shown] of odd) {
    it(`are shown as any other where they hold something else: ${hex}`, async () => {
      assert.equal(await decode(hex), shown);
    });
  }

  it('are nested to a limit', async () => {
    const nested = (levels: number) => `{"v":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
    const { payload } = await encodeHere(FORMAT, nested(20), { schemas });
    assert.equal(await decode(Buffer.from(payload ?? '').toString('hex')), nested(20));
    const deep = await encodeHere(FORMAT, nested(200), { schemas });
    assert.equal(deep.problem, 'not-in-schema');
  });
});
