import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { decodeHere, encodeHere, hexHere } from '../../../../../support/decoding';

type Vectors = Record<string, readonly { readonly json: string; readonly bytes: string }[]>;

const vectors = JSON.parse(
  readFileSync(path.join(__dirname, '../vectors/packed.json'), 'utf8'),
) as Vectors;

async function shownOf(format: string, hex: string): Promise<string> {
  const shown = await decodeHere(format, Buffer.from(hex, 'hex'));
  return shown.text ?? shown.problem.kind;
}

for (const format of ['messagepack', 'cbor']) {
  describe(format, () => {
    for (const { json, bytes } of vectors[format] ?? []) {
      it(`reads and writes ${json.slice(0, 50)}`, async () => {
        assert.equal(await shownOf(format, bytes), json);
        assert.equal(await hexHere(format, json), bytes);
      });
    }

    it('says which format it was', async () => {
      const { facts } = await decodeHere(format, Buffer.from([1]));
      assert.deepEqual(facts, { format, isGuess: false });
    });

    it('keeps any JSON', async () => {
      const property = fc.asyncProperty(fc.json({ maxDepth: 4 }), async (json) => {
        const { payload } = await encodeHere(format, json);
        // MessagePack has no integers of more than 64 bits.
        if (payload === undefined) assert.match(json, /\d{19}/);
        else {
          const { text = '' } = await decodeHere(format, Buffer.from(payload));
          assert.deepEqual(JSON.parse(text), JSON.parse(json));
        }
      });
      await fc.assert(property, { numRuns: 200 });
    });

    it('writes again what it shows of any bytes', async () => {
      const property = fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
        const shown = await decodeHere(format, bytes);
        if (shown.problem) {
          assert.equal(shown.problem.kind, 'not-in-format');
          return;
        }
        const again = await shownOf(format, await hexHere(format, shown.text));
        assert.equal(await hexHere(format, again), await hexHere(format, shown.text));
      });
      await fc.assert(property, { numRuns: 1000 });
    });

    it('shows no value that is not whole, or that something follows', async () => {
      for (const { bytes } of vectors[format] ?? []) {
        assert.equal(await shownOf(format, bytes.slice(0, -2)), 'not-in-format', bytes);
        assert.equal(await shownOf(format, `${bytes}00`), 'not-in-format', bytes);
      }
      assert.equal(await shownOf(format, ''), 'not-in-format');
    });

    it('is not led into the depths', async () => {
      const array = format === 'cbor' ? '81' : '91';
      assert.equal(await shownOf(format, array.repeat(100_000)), 'not-in-format');
      const { problem } = await encodeHere(format, '['.repeat(400) + ']'.repeat(400));
      assert.equal(problem, 'not-in-schema');
    });

    it('says what cannot be written, and where', async () => {
      assert.deepEqual(await encodeHere(format, '{"a":[{"base64":"?"}]}'), {
        problem: 'not-in-schema',
        detail: 'must be Base64',
        path: ['a', 0, 'base64'],
      });
      assert.equal((await encodeHere(format, '{')).problem, 'not-in-format');
      assert.equal((await encodeHere(format, String.raw`"\ud800"`)).problem, 'not-in-schema');
    });
  });
}

describe('What only one of them has', () => {
  it('MessagePack: numbers of 32 bits, texts that are none, timestamps without a date', async () => {
    assert.equal(await shownOf('messagepack', 'ca3dcccccd'), '0.1');
    assert.equal(await shownOf('messagepack', 'cb7ff0000000000000'), '"Infinity"');
    assert.equal(await shownOf('messagepack', 'a1ff'), '{"base64":"/w=="}');
    const far = 'c70cff00000000ffffffffffffffff';
    assert.equal(await shownOf('messagepack', far), '{"timestamp":"1969-12-31T23:59:59Z"}');
    const none = 'c70cff00000000f000000000000000';
    assert.equal(await shownOf('messagepack', none), '{"ext":-1,"base64":"AAAAAPAAAAAAAAAA"}');
    assert.equal(
      (await encodeHere('messagepack', '18446744073709551616')).problem,
      'not-in-schema',
    );
  });

  it('CBOR: what has no length, and short numbers', async () => {
    assert.equal(await shownOf('cbor', '9f01820203ff'), '[1,[2,3]]');
    assert.equal(await shownOf('cbor', 'bf616101616202ff'), '{"a":1,"b":2}');
    assert.equal(await shownOf('cbor', '5f42010243030405ff'), '{"base64":"AQIDBAU="}');
    assert.equal(await shownOf('cbor', '7f657374726561646d696e67ff'), '"streaming"');
    assert.equal(await shownOf('cbor', 'f97e00'), '"NaN"');
    assert.equal(await shownOf('cbor', 'fa47c35000'), '100000.0');
    assert.equal(await shownOf('cbor', 'ff'), 'not-in-format');
    assert.equal(await shownOf('cbor', '5f6161ff'), 'not-in-format');
  });
});
