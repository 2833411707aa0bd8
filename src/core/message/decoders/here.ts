import { codecs } from './codecs';
import type { DecodingWorker, FormatName, WorkerCodec } from './decoder';
import { findDecoder } from './registry';

/**
 * Runs the decoders in this thread: in the worker, and in tests. Runs those that need no worker,
 * too, because they may stand within one that does.
 */
export const here: DecodingWorker = {
  openDecode({ kind, argument }, context) {
    const opened = once(async () =>
      (await load(kind)).openDecode(argument, { ...context, worker: here }),
    );
    return async (payloads, options) => (await opened())(payloads, options);
  },

  openEncode({ kind, argument }, context) {
    const opened = once(async () =>
      (await load(kind)).openEncode?.(argument, { ...context, worker: here }),
    );
    return async (texts, options) => {
      const encode = await opened();
      if (!encode) throw new Error(`The format '${kind}' is for reading only.`);
      return encode(texts, options);
    };
  },

  async describe({ kind, argument }, context, options) {
    const codec = await load(kind);
    return codec.describe?.(argument, { ...context, worker: here }, options);
  },
};

async function load(kind: FormatName['kind']): Promise<WorkerCodec> {
  const inline = findDecoder(kind);
  if (inline && !inline.runsIn) return inline;
  const entry = Object.entries(codecs).find(([name]) => name === kind);
  if (!entry) throw new Error(`There is no code for the format '${kind}'.`);
  return entry[1]();
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
