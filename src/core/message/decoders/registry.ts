import type { Decoder } from './decoder';
import { double, float } from './floats';
import { integer, long, short } from './integers';
import { none } from './none';
import { string } from './string';

/** Each decoder is a file in this folder and an entry here. */
const known = [string, double, float, integer, long, short, none] as const;

type Known = (typeof known)[number];

/** The names that a format may begin with. */
export type FormatKind = Known['name'];

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

/** Names that are kept free for decoders to come. */
export const reservedNames: readonly string[] = ['avro'];

export function findDecoder(name: string): Decoder<FormatKind> | undefined {
  return decoders.find((decoder) => decoder.name === name);
}
