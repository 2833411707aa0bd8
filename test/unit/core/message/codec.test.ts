import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  carried,
  formatText,
  isPlain,
  namesFile,
  openDecode,
  openEncode,
  parseFormat,
  type PayloadFormat,
} from '../../../../src/core/message/codec';
import { splitFormat } from '../../../../src/core/message/decoders/formatName';
import { decodeOne, encodeOne, format } from '../../../support/formats';

/** The payload as text, or its bytes in hexadecimal, or the problem. */
async function encoded(text: string, name: string): Promise<string> {
  const { payload, problem } = await encodeOne(text, format(name));
  if (problem) return problem;
  return typeof payload === 'string' ? `text ${payload}` : Buffer.from(payload).toString('hex');
}

describe('payload codec', () => {
  describe('formats', () => {
    const table: [text: string, expected: string][] = [
      ['string', 'string'],
      ['string(utf8)', 'string'],
      ['string(UTF-8)', 'string'],
      ['string()', 'string'],
      ['string ( base64 )', 'string(base64)'],
      ['string(hex,more)', 'string(hex)'],
      ['string(hex) more', 'string(hex)'],
      ['string(latin1', 'string(latin1)'],
      ['string(ucs2)', 'string(ucs2)'],
      ['string(rot13)', 'encoding-unknown'],
      ['double', 'double'],
      ['float', 'float'],
      ['integer', 'integer'],
      ['long', 'long'],
      ['long(x)', 'long'],
      ['short', 'short'],
      ['none', 'none'],
      ['int', 'format-unknown'],
      ['String', 'format-unknown'],
      ['constructor', 'format-unknown'],
      ['', 'format-unknown'],
      ['avro(orders@0)', 'schema-invalid'],
      ['gzip(string(UTF-8))', 'gzip(string)'],
      ['gzip(int)', 'format-unknown'],
    ];
    for (const [text, expected] of table) {
      it(text || '(nothing)', () => {
        const read = parseFormat(text);
        assert.equal(typeof read === 'string' ? read : formatText(read), expected);
      });
    }

    it('are plain only without an argument', () => {
      assert.deepEqual(
        ['string', 'string(hex)', 'none'].map((name) => isPlain(format(name))),
        [true, false, false],
      );
    });

    it('name a file where their schema, or that of the one in their brackets, is in one', () => {
      const files = ['avro(order.avsc)', 'protobuf(a.proto#B)', 'gzip(avro(order.avsc))'];
      const others = [
        'avro(orders-value)',
        'avro',
        'string(hex)',
        'gzip(avro(orders))',
        'gzip(string)',
      ];
      for (const name of files) assert.equal(namesFile(format(name)), true, name);
      for (const name of others) assert.equal(namesFile(format(name)), false, name);
      assert.equal(namesFile({ kind: 'avro', argument: '#' }), false);
    });

    it('hand on an argument as it is written, up to the last bracket', () => {
      for (const [text, argument] of [
        ['avro(Orders-value)', 'Orders-value'],
        ['avro ( a, B(c) ) ', 'a, B(c)'],
        ['avro(a (b', 'a (b'],
        ['avro', ''],
      ] as const) {
        assert.deepEqual(splitFormat(text), { name: 'avro', argument });
      }
    });
  });

  describe('encodes', () => {
    const table: [text: string, format: string, expected: string][] = [
      ['héllo', 'string', 'text héllo'],
      ['hé', 'string(latin1)', '68e9'],
      ['a', 'string(utf16le)', '6100'],
      ['aGk=', 'string(base64)', '6869'],
      ['a G\nk', 'string(base64)', '6869'],
      ['a*b', 'string(base64)', 'not-in-format'],
      ['00fF', 'string(hex)', '00ff'],
      ['00f', 'string(hex)', 'not-in-format'],
      ['xy', 'string(hex)', 'not-in-format'],
      ['1', 'short', '0001'],
      ['-1', 'short', 'ffff'],
      ['32767', 'short', '7fff'],
      ['32768', 'short', 'out-of-range'],
      ['-32769', 'short', 'out-of-range'],
      ['2147483647', 'integer', '7fffffff'],
      ['2147483648', 'integer', 'out-of-range'],
      ['9007199254740993', 'long', '0020000000000001'],
      ['-9223372036854775808', 'long', '8000000000000000'],
      ['9223372036854775808', 'long', 'out-of-range'],
      ['0x10', 'long', '0000000000000010'],
      ['+5', 'integer', '00000005'],
      ['12abc', 'integer', '0000000c'],
      ['1.9', 'integer', '00000001'],
      ['abc', 'integer', 'not-in-format'],
      ['', 'long', 'not-in-format'],
      ['1', 'double', '3ff0000000000000'],
      ['-0.1e1 m', 'double', 'bff0000000000000'],
      ['.5', 'float', '3f000000'],
      ['Infinity', 'float', '7f800000'],
      ['-Infinity', 'double', 'fff0000000000000'],
      ['NaN', 'float', '7fc00000'],
      ['1e39', 'float', 'out-of-range'],
      ['1e309', 'double', 'out-of-range'],
      ['x', 'double', 'not-in-format'],
      ['x', 'none', 'not-in-format'],
    ];
    for (const [text, name, expected] of table) {
      it(`${JSON.stringify(text)} as ${name}`, async () => {
        assert.equal(await encoded(text, name), expected);
      });
    }
  });

  it('says which number it has taken from the start of a text', async () => {
    const used = async (text: string, name: string) => (await encodeOne(text, format(name))).used;
    assert.equal(await used(' 12 ', 'long'), undefined);
    assert.equal(await used('12abc', 'long'), '12');
    assert.equal(await used('0x10 apples', 'long'), '16');
    assert.equal(await used('1.9', 'integer'), '1');
    assert.equal(await used('1.9', 'float'), undefined);
    assert.equal(await used('apples', 'double'), undefined);
  });

  it('encodes many texts at once, in their order', async () => {
    const encode = openEncode(format('short'), { topic: 'orders', part: 'key' });
    const results = await encode(['1', 'x', '2']);
    assert.deepEqual(
      results.map(({ payload, problem }) => problem ?? payload),
      [Buffer.from([0, 1]), 'not-in-format', Buffer.from([0, 2])],
    );
  });

  describe('decodes', () => {
    const table: [bytes: string, format: string, expected: unknown][] = [
      ['68e9', 'string(latin1)', { text: 'hé' }],
      ['6869', 'string(base64)', { text: 'aGk=' }],
      ['ffff', 'short', { text: '-1' }],
      ['0020000000000001', 'long', { text: '9007199254740993' }],
      ['3dcccccd', 'float', { text: '0.1' }],
      ['3fb999999999999a', 'double', { text: '0.1' }],
      ['7fc00000', 'float', { text: 'NaN' }],
      ['80000000', 'float', { text: '-0' }],
      ['8000000000000000', 'double', { text: '-0' }],
      ['00', 'none', { text: '' }],
      ['000001', 'integer', { problem: { kind: 'wrong-size', expected: 4, actual: 3 } }],
    ];
    for (const [bytes, name, expected] of table) {
      it(`${bytes} as ${name}`, async () => {
        assert.deepEqual(await decodeOne(Buffer.from(bytes, 'hex'), format(name)), expected);
      });
    }

    it('text that stands for bytes, as a proxy that deals in text gives it', async () => {
      assert.deepEqual(await decodeOne('\0\0\0\x05', format('integer')), { text: '5' });
      assert.deepEqual(await decodeOne('hi', format('string')), { text: 'hi' });
    });

    it('no bytes that were replaced on their way', async () => {
      const mangled = Buffer.from('000000c8', 'hex').toString();
      assert.deepEqual(await decodeOne(mangled, format('integer')), { problem: { kind: 'lossy' } });
      assert.deepEqual(await decodeOne('\ufffd', format('string')), { text: '\ufffd' });
    });
  });

  it('gives back what was encoded', async () => {
    const same = async (text: string, name: string) => {
      const { payload } = await encodeOne(text, format(name));
      assert.ok(payload !== undefined);
      assert.equal((await decodeOne(payload, format(name))).text, text);
    };
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    await fc.assert(
      fc.asyncProperty(
        long,
        fc.double(),
        fc.integer(),
        fc.string(),
        async (whole, double, part, text) => {
          await same(String(whole), 'long');
          await same(String(double), 'double');
          const { payload = '' } = await encodeOne(String(part / 256), format('float'));
          const shown = await decodeOne(Buffer.from(payload), format('float'));
          assert.equal(Math.fround(Number(shown.text)), Math.fround(part / 256));
          await same(text, 'string(utf16le)');
        },
      ),
    );
  });

  it('writes nothing in a format that is for reading only', async () => {
    for (const name of ['none', 'nested-json']) {
      assert.equal(await encoded('{}', name), 'not-in-format');
    }
  });

  it('fails where there is no worker for its format, or no such decoder', async () => {
    const context = { topic: 'orders', part: 'value' } as const;
    await assert.rejects(openEncode(format('cbor'), context)(['1']), /^Error: There is no worker/);
    const unknown = { ...format('cbor'), kind: 'other' } as unknown as PayloadFormat;
    assert.throws(() => openDecode(unknown, context)(['1']), /^Error: There is no decoder 'other'/);
  });

  it('says which bytes a proxy that deals in text carries', () => {
    const [plain, high] = [Buffer.from('00000005', 'hex'), Buffer.from('000000c8', 'hex')];
    assert.equal(carried(plain, false), '\0\0\0\x05');
    assert.equal(carried(high, false), undefined);
    assert.equal(carried(high, true), high);
    assert.equal(carried('é', false), 'é');
  });
});
