import { ScalarType } from '@bufbuild/protobuf';

/** The messages around a single value, which are shown as that value. */
export const wrapped: ReadonlyMap<string, ScalarType> = new Map([
  ['google.protobuf.DoubleValue', ScalarType.DOUBLE],
  ['google.protobuf.FloatValue', ScalarType.FLOAT],
  ['google.protobuf.Int64Value', ScalarType.INT64],
  ['google.protobuf.UInt64Value', ScalarType.UINT64],
  ['google.protobuf.Int32Value', ScalarType.INT32],
  ['google.protobuf.UInt32Value', ScalarType.UINT32],
  ['google.protobuf.BoolValue', ScalarType.BOOL],
  ['google.protobuf.StringValue', ScalarType.STRING],
  ['google.protobuf.BytesValue', ScalarType.BYTES],
]);

const OTHERS = ['Any', 'Duration', 'FieldMask', 'ListValue', 'Struct', 'Timestamp', 'Value'];
const names: ReadonlySet<string> = new Set([
  ...wrapped.keys(),
  ...OTHERS.map((name) => `google.protobuf.${name}`),
]);

/** Whether a message has a form of its own in JSON. */
export function isSpecial(name: string): boolean {
  return names.has(name);
}

/** The first and the last second of the years 1 to 9999. */
export const TIMES = [-62_135_596_800n, 253_402_300_799n] as const;
/** The longest duration: 10,000 years. */
export const MAX_SECONDS = 315_576_000_000n;

/** Returns the name of the message in the address of a type, such as `type.googleapis.com/a.B`. */
export function messageOfUrl(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

/** The name of a field as a path of a field mask has it in JSON. */
export function camelPath(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function snakePath(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
