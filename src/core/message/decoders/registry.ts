import { auto } from './auto';
import type { Decoder } from './decoder';
import { double, float } from './floats';
import { integer, long, short } from './integers';
import { none } from './none';
import { string } from './string';
import {
  avro,
  base64,
  cbor,
  gzip,
  hex,
  jsonSchema,
  lz4,
  messagePack,
  nestedJson,
  protobuf,
  snappy,
  zstd,
} from './workerDecoders';

/** Each decoder is a file in this folder and an entry here. */
const known = [
  ...[auto, string, avro, protobuf, jsonSchema],
  ...[double, float, integer, long, short],
  ...[messagePack, cbor, base64, hex, gzip, zstd, snappy, lz4, nestedJson, none],
] as const;

type Known = (typeof known)[number];

/** The names that a format may begin with. */
export type FormatKind = Known['name'];

/** The names of the formats whose decoder runs in a worker. */
export type WorkerFormat = Extract<Known, { readonly runsIn: 'worker' }>['name'];

/** The formats that have words of their own: each name, also with each suggested argument. */
export type DescribedFormat =
  | FormatKind
  | {
      [Name in FormatKind]: Extract<Known, { readonly name: Name }> extends {
        readonly argument: { readonly choices: readonly (infer Choice extends string)[] };
      }
        ? `${Name}(${Choice})`
        : never;
    }[FormatKind];

/** All decoders, in the order in which they are offered. */
export const decoders: readonly Decoder<FormatKind>[] = known;

/** The decoder of text as it is, for whatever does not name a format. */
export const standard: Decoder<FormatKind> = string;

export function findDecoder(name: string): Decoder<FormatKind> | undefined {
  return decoders.find((decoder) => decoder.name === name);
}
