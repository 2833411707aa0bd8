import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeHere, encodeHere } from '../../../support/decoding';
import { pick, same, type Target } from '../target';

const formats = ['messagepack', 'cbor', 'snappy', 'lz4', 'zstd', 'gzip', 'hex', 'base64', 'auto'];
const SEEDS: readonly [format: string, hex: string][] = [
  ['messagepack', '84a16101a162c0a163cb3ff0000000000000a16492c40200ffd6ff5f5e1000'],
  ['messagepack', '8201a16102c7030501020380'],
  ['cbor', 'a36161016162f6616382fb3ff199999999999ac249010000000000000000'],
  ['cbor', 'bf01d9d9f7810261629f5f4101ffff616380ff'],
  ['hex', Buffer.from('7b7d').toString('hex')],
  ['base64', Buffer.from('e30=').toString('hex')],
  ['auto', Buffer.from('eyJpZCI6MX0=').toString('hex')],
  ['auto', '000000000702'],
];

/** What other libraries compressed. */
const compressed = Object.entries(
  JSON.parse(
    readFileSync('test/unit/core/message/decoders/vectors/compressed.json', 'utf8'),
  ) as Record<string, string>,
).map(([name, hex]) => [name.split(' ')[0] ?? '', hex] as const);

/** Values in binary forms of JSON, compressed data, and what is guessed. */
export const target: Target = {
  seeds: [...SEEDS, ...compressed.filter(([name]) => formats.includes(name))].map(([format, hex]) =>
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
