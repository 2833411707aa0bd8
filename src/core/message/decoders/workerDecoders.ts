import type { FormatArgument, WorkerDecoder } from './decoder';
import { schemaArgument } from './schemaArgument';

/** Another format in brackets: that of the bytes inside. Without one, it is guessed. */
export const innerFormat: FormatArgument = {
  choices: [],
  parse: (text, parseInner) => (text === '' ? { argument: '' } : parseInner(text)),
};

/** Avro, in Confluent's framing or as it is. */
export const avro = withSchema('avro');
/** Protobuf, in Confluent's framing or as it is. */
export const protobuf = withSchema('protobuf');
/** JSON that has a JSON Schema, in Confluent's framing or as it is. */
export const jsonSchema = withSchema('json-schema');
export const messagePack = { name: 'messagepack', runsIn: 'worker', writes: true } as const;
export const cbor = { name: 'cbor', runsIn: 'worker', writes: true } as const;
/** JSON whose texts are JSON again, with those in place of the texts. */
export const nestedJson = { name: 'nested-json', runsIn: 'worker', writes: false } as const;
export const base64 = around('base64');
export const hex = around('hex');
export const gzip = around('gzip');
export const zstd = {
  name: 'zstd',
  argument: innerFormat,
  runsIn: 'worker',
  writes: false,
} as const;
export const snappy = around('snappy');
export const lz4 = around('lz4');

function withSchema<const Name extends string>(name: Name) {
  return {
    name,
    argument: schemaArgument,
    runsIn: 'worker',
    writes: true,
  } as const satisfies WorkerDecoder<Name>;
}

function around<const Name extends string>(name: Name) {
  return {
    name,
    argument: innerFormat,
    runsIn: 'worker',
    writes: true,
  } as const satisfies WorkerDecoder<Name>;
}
