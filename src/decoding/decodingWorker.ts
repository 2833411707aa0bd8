// The entry of the worker that decodes (dist/decodingWorker.js).
import { parentPort, workerData } from 'node:worker_threads';
import { here } from '../core/message/decoders/here';
import type { Decode, DecoderContext, Encode } from '../core/message/decoders/decoder';
import { type FoundSchema, SchemaError, type SchemaLookup } from '../core/schemaRegistry/lookup';
import { packShown, unpackPayloads } from './packing';
import type { Failure, FromWorker, Results, ToWorker, Use, Work } from './protocol';

/** How often the worker says that it is not held up, in milliseconds. */
const BEAT_MS = 100;
/** Codecs that are open, each for one use. The oldest is closed first. */
const MAX_OPEN = 200;

interface Asked {
  readonly resolve: (found: FoundSchema) => void;
  readonly reject: (error: unknown) => void;
}

const beats = new Int32Array(workerData as SharedArrayBuffer);
const asked = new Map<number, Asked>();
const underWay = new Map<number, AbortController>();
const decodes = new Map<string, Decode>();
const encodes = new Map<string, Encode>();
let lastAsked = 0;

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function lookup(schemas: number): SchemaLookup {
  return {
    find: (address, use) => {
      const id = (lastAsked += 1);
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject });
        post({ type: 'find', id, schemas, address, use });
      });
    },
  };
}

function contextOf({ topic, part, schemas }: Use): DecoderContext {
  return {
    topic,
    part,
    worker: here,
    ...(schemas !== undefined && { schemas: lookup(schemas) }),
  };
}

/** Returns the codec that is open for a use, or opens it. */
function opened<T>(all: Map<string, T>, use: Use, open: (context: DecoderContext) => T): T {
  const name = JSON.stringify(use);
  let one = all.get(name);
  if (one === undefined) {
    one = open(contextOf(use));
    const [oldest] = all.size >= MAX_OPEN ? all.keys() : [];
    if (oldest !== undefined) all.delete(oldest);
    all.set(name, one);
  }
  return one;
}

async function perform(use: Use, work: Work, signal: AbortSignal): Promise<Results[keyof Results]> {
  const { format } = use;
  switch (work.type) {
    case 'decode': {
      const decode = opened(decodes, use, (context) => here.openDecode(format, context));
      const { payloads, headers } = work;
      const given = unpackPayloads(payloads);
      return packShown(await decode(given, { signal, ...(headers && { headers }) }));
    }
    case 'encode': {
      const encode = opened(encodes, use, (context) => here.openEncode(format, context));
      return encode(work.texts, { signal });
    }
    case 'describe':
      return here.describe(format, contextOf(use), { signal });
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof SchemaError) return { kind: error.kind, phrase: error.phrase };
  return { message: error instanceof Error ? error.message : String(error) };
}

async function work({ id, use, work: wanted }: Extract<ToWorker, { type: 'work' }>): Promise<void> {
  const abort = new AbortController();
  underWay.set(id, abort);
  try {
    post({ type: 'done', id, result: await perform(use, wanted, abort.signal) });
  } catch (error) {
    post({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    underWay.delete(id);
  }
}

function settle(id: number, how: (one: Asked) => void): void {
  const one = asked.get(id);
  asked.delete(id);
  if (one) how(one);
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'work':
      void work(message);
      return;
    case 'cancel':
      underWay.get(message.id)?.abort();
      return;
    case 'found':
      settle(message.id, ({ resolve }) => {
        resolve(message.found);
      });
      return;
    case 'notFound': {
      const { kind, phrase } = message.failure;
      settle(message.id, ({ reject }) => {
        reject(new SchemaError(kind, phrase));
      });
    }
  }
});
setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS);
post({ type: 'ready' });
