import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openDecode, openEncode } from '../../../../../../src/core/message/codec';
import type { DecoderContext, Shown } from '../../../../../../src/core/message/decoders/decoder';
import { here } from '../../../../../../src/core/message/decoders/here';
import { format } from '../../../../../support/formats';
import { knownSchemas } from '../../../../../support/schemas';

const context: DecoderContext = { topic: 'orders', part: 'value', worker: here };

async function decoded(payload: string | Uint8Array, name: string): Promise<Shown> {
  const [shown] = await openDecode(format(name), context)([payload]);
  assert.ok(shown);
  return shown;
}

async function encoded(text: string, name: string): Promise<Buffer> {
  const [result] = await openEncode(format(name), context)([text]);
  assert.ok(result?.payload !== undefined, result?.problem);
  return Buffer.from(result.payload);
}

/** Lines of `vectors/compressed.json`, which `made` says how they were made. */
const vectors = new Map(
  Object.entries(
    JSON.parse(readFileSync(path.join(__dirname, '../vectors/compressed.json'), 'utf8')) as Record<
      string,
      string
    >,
  ),
);

describe('A format around another one', () => {
  for (const [name, hex] of vectors) {
    if (name === 'text' || name === 'made') continue;
    const kind = name.split(' ')[0] ?? '';
    it(`reads what another library wrote: ${name}`, async () => {
      const { text } = await decoded(Buffer.from(hex, 'hex'), `${kind}(string)`);
      assert.equal(text, vectors.get('text'));
    });

    it(`never fails on damaged data: ${name}`, async () => {
      const bytes = Buffer.from(hex, 'hex');
      const damaged = Array.from(bytes.keys(), (at) => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ 0xff;
        return [copy, bytes.subarray(0, at)];
      }).flat();
      for (const shown of await openDecode(format(kind), context)(damaged)) {
        assert.notEqual(shown?.problem?.kind, 'failed');
      }
    });
  }

  for (const name of ['base64', 'hex', 'gzip', 'snappy', 'lz4']) {
    it(`reads what it writes: ${name}`, async () => {
      const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom('abcdefgh', '0'.repeat(70))), {
        maxLength: 200,
      });
      const property = fc.asyncProperty(pieces, async (texts) => {
        const text = texts.join('');
        assert.equal((await decoded(await encoded(text, name), `${name}(string)`)).text, text);
      });
      await fc.assert(property, { numRuns: 60 });
    });
  }

  it('makes repetitive data smaller', async () => {
    for (const name of ['gzip', 'snappy', 'lz4']) {
      const bytes = await encoded('0123456789'.repeat(20_000), name);
      assert.ok(bytes.length < 20_000, name);
      assert.equal((await decoded(bytes, `${name}(string)`)).text?.length, 200_000);
    }
  });

  it('says which formats stand within which', async () => {
    const text = '{"id":1}';
    const inner = await encoded(text, 'base64(gzip(hex))');
    assert.deepEqual(await decoded(inner, 'base64(gzip(hex(string)))'), {
      text,
      facts: { format: 'base64(gzip(hex(string)))', isGuess: false },
    });
    assert.deepEqual(await decoded(inner, 'base64'), {
      text,
      facts: { format: 'base64(gzip(hex(string)))', isGuess: true },
    });
  });

  it('passes on why the inside cannot be read or written', async () => {
    const shown = await decoded('AAEC', 'base64(long)');
    assert.deepEqual(shown.problem, { kind: 'wrong-size', expected: 8, actual: 3 });
    const [result] = await openEncode(format('hex(integer)'), context)(['one']);
    assert.deepEqual(result, { problem: 'not-in-format' });
  });

  it('keeps each in its place where some cannot be read', async () => {
    const shown = await openDecode(format('hex(string)'), context)(['6f6e65', 'two', '7468726565']);
    assert.deepEqual(
      shown.map((one) => one?.text ?? one?.problem.kind),
      ['one', 'not-in-format', 'three'],
    );
  });

  it('does not show bytes that are no text', async () => {
    const shown = await decoded('ff00', 'hex');
    assert.equal(shown.problem?.kind, 'not-in-format');
    assert.deepEqual((await decoded('\ufffd', 'gzip')).problem, { kind: 'lossy' });
  });

  it('reads each spelling of Base64, and nothing else', async () => {
    const table: readonly [string, string | undefined][] = [
      ['b25l', 'one'],
      [' b25l\n', 'one'],
      ['dHdvIQ==', 'two!'],
      ['dHdvIQ', 'two!'],
      ['w78/', 'ÿ?'],
      ['w78_', 'ÿ?'],
      ['', ''],
      ['b25', undefined],
      ['dHdvIQ=', undefined],
      ['dHdvIR==', undefined],
      ['b2_+', undefined],
      ['b25l b25l', undefined],
      ['b25l====', undefined],
      ['one!', undefined],
    ];
    for (const [text, expected] of table) {
      assert.equal((await decoded(text, 'base64(string)')).text, expected, text);
    }
  });

  it('writes nothing in a format for reading only', async () => {
    const [result] = await openEncode(format('base64(zstd)'), context)(['one']);
    assert.deepEqual(result, { problem: 'not-in-format' });
  });

  it('is described by what is inside', async () => {
    const text = 'syntax = "proto3"; message M { int32 a = 1; }';
    const schemas = knownSchemas({ text, type: 'PROTOBUF', file: 'a.proto' });
    const describe = (argument: string) =>
      here.describe({ kind: 'hex', argument }, { ...context, schemas });
    assert.equal((await describe('gzip(protobuf(a.proto))'))?.example, '{"a":1}');
    assert.equal(await describe('nested-json'), undefined);
    assert.equal(await describe(''), undefined);
  });

  it('refuses data that would become too large together', async () => {
    const large = gzipSync(Buffer.alloc(15 * 1024 * 1024));
    const shown = await openDecode(format('gzip(none)'), context)(Array(12).fill(large));
    assert.deepEqual(
      shown.map((one) => one?.text ?? one?.problem.kind),
      [...Array<string>(8).fill(''), ...Array<string>(4).fill('too-large')],
    );
  });

  it('refuses data that would become too large', async () => {
    const large = Buffer.alloc(17 * 1024 * 1024);
    const lz4 = await encoded(large.toString(), 'lz4');
    const snappy = await encoded(large.toString(), 'snappy');
    // Each block is 128 KiB of the same byte.
    const block = Buffer.from('02001000', 'hex');
    const zstd = Buffer.concat([
      Buffer.from('28b52ffd0050', 'hex'),
      ...Array.from({ length: 200 }, () => block),
    ]);
    zstd[zstd.length - 4] = 3;
    // A header that asks for 2 GiB.
    const window = Buffer.from('28b52ffd00a8010000', 'hex');
    const bombs = { gzip: [gzipSync(large)], lz4: [lz4], snappy: [snappy], zstd: [zstd, window] };
    for (const [name, payloads] of Object.entries(bombs)) {
      for (const payload of payloads) {
        assert.deepEqual((await decoded(payload, name)).problem, { kind: 'too-large' }, name);
      }
    }
    const announced = Buffer.from('8080800800', 'hex');
    assert.equal((await decoded(announced, 'snappy')).problem?.kind, 'not-in-format');
  });
});
