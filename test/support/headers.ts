import fc from 'fast-check';
import type { RecordHeader } from '../../src/core/kafka';

/** Names and values that a format might misread. */
const traps = ['', ' ', 'a', 'a=b', 'a, b=c', '"', '{{$uuid}}', '\n###\n', '\r', '\u2028', '\0'];
const texts = [...traps, 'null', '{"base64":"/wA="}', '[]', 'é', '😀', '\ufeffx', '\u202e'];

/** A header with text, with bytes that are not text, or with null. */
const header: fc.Arbitrary<RecordHeader> = fc.record({
  name: fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'grapheme' })),
  value: fc.oneof(
    fc.constant(null),
    fc.constantFrom(...texts).map((text) => Buffer.from(text)),
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    fc.uint8Array(),
  ),
});

/** Headers with empty names, repeated names, nulls and bytes; possibly none. */
export const headers = fc.array(header, { maxLength: 5 });

/** Returns headers in a form to compare: bytes as hexadecimal digits. */
export function plainHeaders(list: readonly RecordHeader[] = []): readonly unknown[] {
  return list.map(({ name, value }) => [name, value && Buffer.from(value).toString('hex')]);
}
