import type { Decoder } from './decoder';
import { double, float } from './floats';
import { integer, long, short } from './integers';
import { none } from './none';
import type { NumberDecoder } from './number';
import { stringDecoder } from './string';

/** The decoders of numbers, by their names. */
export const numberDecoders = { double, float, integer, long, short } as const satisfies Readonly<
  Record<string, NumberDecoder>
>;
export type NumberFormat = keyof typeof numberDecoders;

/** How text and the bytes of a key or value stand for each other. `none`: not shown. */
export type PayloadFormat =
  | { readonly kind: 'string'; readonly encoding: BufferEncoding }
  | { readonly kind: NumberFormat }
  | { readonly kind: 'none' };

/** The names that a format may begin with. A new decoder is a file in this folder and stands here. */
export const formatKinds: readonly PayloadFormat['kind'][] = [
  'string',
  'double',
  'float',
  'integer',
  'long',
  'short',
  'none',
];

/** The decoder of a format. */
export function decoderOf(format: PayloadFormat): Decoder {
  switch (format.kind) {
    case 'string':
      return stringDecoder(format.encoding);
    case 'none':
      return none;
    case 'double':
    case 'float':
    case 'integer':
    case 'long':
    case 'short':
      return numberDecoders[format.kind];
  }
}
