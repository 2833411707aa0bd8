import assert from 'node:assert/strict';
import type { DecodedFacts, Shown } from '../../../src/core/message/decoders/decoder';
import { phrase } from '../../../src/core/phrase';
import {
  packPayloads,
  packShown,
  unpackPayloads,
  unpackShown,
} from '../../../src/decoding/packing';

describe('Packing for the worker', () => {
  it('gives back bytes and texts, also empty ones, in their order', () => {
    const bytes = Buffer.from('012345').subarray(2, 4);
    for (const payloads of [[], ['a', ''], [bytes, Buffer.alloc(0)], ['a', bytes, '', bytes]]) {
      const unpacked = unpackPayloads(structuredClone(packPayloads(payloads)));
      assert.deepEqual(unpacked, payloads);
    }
  });

  it('gives back what is shown, with one object for equal facts', () => {
    const avro: DecodedFacts = { format: 'avro', isGuess: true, schema: { id: 1 } };
    const shown: (Shown | undefined)[] = [
      { text: '{"a":1}', facts: avro },
      undefined,
      { text: '' },
      { problem: { kind: 'no-schema', detail: phrase('there is no schema {0}', 2) }, facts: avro },
      { text: '{"a":2}', facts: avro },
      { problem: { kind: 'too-large' } },
      { text: 'x', facts: { format: 'gzip', isGuess: false } },
      { text: 'half a pair \ud800' },
      { text: '\udc00 and the other half' },
    ];
    const unpacked = unpackShown(structuredClone(packShown(shown)), (facts) =>
      facts.format === 'avro' ? avro : facts,
    );
    assert.deepEqual(unpacked, shown);
    assert.ok([0, 3, 4].every((index) => unpacked[index]?.facts === avro));
  });

  it('leaves out what is too long for one string, and gives it back all the same', () => {
    const shown = ['a', 'b', 'c'].map((text) => ({ text: text.repeat(30 * 1024 * 1024) }));
    const packed = packShown(shown);
    assert.equal(packed.texts.length, 60 * 1024 * 1024);
    assert.deepEqual(
      unpackShown(packed, (facts) => facts).map((one) => one?.text?.[0]),
      ['a', 'b', 'c'],
    );
  });
});
