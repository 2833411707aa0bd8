import assert from 'node:assert/strict';
import { decodeHere, encodeHere } from '../../../support/decoding';
import { pick, same, type Target } from '../target';

const formats = ['messagepack', 'cbor', 'snappy', 'lz4', 'zstd', 'gzip', 'hex', 'base64', 'auto'];
const SEEDS: readonly [format: string, hex: string][] = [
  ['messagepack', '84a16101a162c0a163cb3ff0000000000000a16492c40200ffd6ff5f5e1000'],
  ['messagepack', '8201a16102c7030501020380'],
  ['cbor', 'a36161016162f6616382fb3ff199999999999ac249010000000000000000'],
  ['cbor', 'bf01d9d9f7810261629f5f4101ffff616380ff'],
  ['snappy', '0f387b226964223a312c226e223a22227d'],
  ['lz4', '04224d1868400f00000000000000f10f0000807b226964223a312c226e223a22227d00000000'],
  ['zstd', '28b52ffd200f7900007b226964223a312c226e223a22227d'],
  ['gzip', '1f8b08000000000000ffab56ca4c51b232d451ca53b25252aa050029d1ee180f000000'],
  ['hex', Buffer.from('7b7d').toString('hex')],
  ['base64', Buffer.from('e30=').toString('hex')],
  ['auto', Buffer.from('eyJpZCI6MX0=').toString('hex')],
  ['auto', '000000000702'],
];

/** Values in binary forms of JSON, compressed data, and what is guessed. */
export const target: Target = {
  seeds: SEEDS.map(([format, hex]) =>
    Buffer.concat([Buffer.of(formats.indexOf(format)), Buffer.from(hex, 'hex')]),
  ),
  async run(input) {
    const { way, rest } = pick(input);
    const format = formats[way % formats.length] ?? 'auto';
    if (format === 'auto') {
      await decodeHere('hex', Buffer.from(rest.toString('hex')));
      return;
    }
    const shown = await decodeHere(format, rest);
    assert.notEqual(shown.problem?.kind, 'failed');
    if (shown.text === undefined || way % formats.length > 1) return;
    const { payload } = await encodeHere(format, shown.text);
    if (payload === undefined) return;
    // Of numbers that have several forms, one is written, so that only the second time is the same.
    const second = await decodeHere(format, Buffer.from(payload));
    const { payload: again = '' } = await encodeHere(format, second.text ?? '');
    same(Buffer.from(again).toString('hex'), Buffer.from(payload).toString('hex'), 'bytes');
  },
};
