import type { WorkerCodec } from './decoder';
import type { WorkerFormat } from './registry';

/**
 * The code of each decoder that runs in a worker, loaded when it is first used. Only the worker, and
 * tests, import this file.
 */
export const codecs: Partial<Readonly<Record<WorkerFormat, () => Promise<WorkerCodec>>>> = {
  auto: () => import('./guess/guess').then(({ guess }) => guess),
  base64: () => import('./wrappers/texts').then(({ base64 }) => base64),
  gzip: () => import('./wrappers/gzip').then(({ gzip }) => gzip),
  hex: () => import('./wrappers/texts').then(({ hex }) => hex),
  lz4: () => import('./wrappers/lz4').then(({ lz4 }) => lz4),
  'nested-json': () => import('./wrappers/nestedJson').then(({ nestedJson }) => nestedJson),
  snappy: () => import('./wrappers/snappy').then(({ snappy }) => snappy),
  zstd: () => import('./wrappers/zstd').then(({ zstd }) => zstd),
  avro: async () => (await import('./avro/codec')).codec,
};
