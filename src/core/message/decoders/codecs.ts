import type { WorkerCodec } from './decoder';
import type { WorkerFormat } from './registry';

/**
 * The code of each decoder that runs in a worker, loaded when it is first used. Only the worker, and
 * tests, import this file.
 */
export const codecs: Readonly<Record<WorkerFormat, () => Promise<WorkerCodec>>> = {
  auto: async () => (await import('./guess/guess')).guess,
  avro: async () => (await import('./avro/codec')).codec,
  base64: async () => (await import('./wrappers/texts')).base64,
  cbor: async () => (await import('./packed/cbor')).cbor,
  gzip: async () => (await import('./wrappers/gzip')).gzip,
  hex: async () => (await import('./wrappers/texts')).hex,
  'json-schema': async () => (await import('./jsonSchema/codec')).codec,
  lz4: async () => (await import('./wrappers/lz4')).lz4,
  messagepack: async () => (await import('./packed/messagePack')).messagePack,
  'nested-json': async () => (await import('./wrappers/nestedJson')).nestedJson,
  protobuf: async () => (await import('./protobuf/codec')).codec,
  snappy: async () => (await import('./wrappers/snappy')).snappy,
  zstd: async () => (await import('./wrappers/zstd')).zstd,
};
