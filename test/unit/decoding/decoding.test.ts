import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { DecoderContext } from '../../../src/core/message/decoders/decoder';
import { SchemaError, type SchemaLookup } from '../../../src/core/schemaRegistry/lookup';
import { phrase } from '../../../src/core/phrase';
import { openDecodingWorker } from '../../../src/decoding/decoding';
import { knownSchemas } from '../../support/schemas';

/**
 * A worker that speaks the protocol: it shows texts in capitals, is held up by "loop", dies of
 * "die", and shows the text of schema 1 for "schema".
 */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const beats = new Int32Array(workerData);
setInterval(() => Atomics.add(beats, 0, 1), 10);
const asked = new Map();
parentPort.on('message', async (message) => {
  if (message.type !== 'work') {
    asked.get(message.id)?.(message);
    return;
  }
  const { id, use, work } = message;
  if (work.type !== 'decode') {
    parentPort.postMessage({ type: 'failed', id, failure: { message: 'no such work' } });
    return;
  }
  const texts = [];
  for (const payload of work.payloads.texts) {
    if (payload === 'loop') for (;;);
    if (payload === 'die') process.exit(1);
    if (payload === 'never') return;
    if (payload === 'schema') {
      const answer = await new Promise((resolve) => {
        asked.set(7, resolve);
        const { schemas, topic, part } = use;
        const address = { by: 'id', id: 1 };
        parentPort.postMessage({ type: 'find', id: 7, schemas, address, use: { topic, part } });
      });
      const { found, failure } = answer;
      texts.push(found ? found.schema.text : failure.kind + ': ' + JSON.stringify(failure.phrase));
    } else texts.push(payload === 'as it is' ? undefined : payload.toUpperCase());
  }
  const facts = [{ format: 'x', isGuess: false }];
  const factsOf = new Uint32Array(texts.length).fill(1);
  let end = 0;
  const ends = Uint32Array.from(texts, (text = '') => (end += text.length));
  const others = [...texts.entries()].filter(([, text]) => text === undefined);
  const result = { texts: texts.join(''), ends, facts, factsOf, others };
  parentPort.postMessage({ type: 'done', id, result });
});
parentPort.postMessage({ type: 'ready' });
`;

const format = { kind: 'auto', argument: '' };
const context: DecoderContext = { topic: 'orders', part: 'value' };

describe('The worker that decodes', () => {
  let started = 0;
  const start = (workerData: SharedArrayBuffer) => {
    started += 1;
    return new Worker(script, { eval: true, workerData });
  };
  let worker: ReturnType<typeof openDecodingWorker>;

  beforeEach(() => {
    started = 0;
    worker = openDecodingWorker({ start, lost: (why) => new Error(why), heldUpMs: 500 });
  });

  afterEach(() => {
    worker.dispose();
  });

  it('is started once, when it is first used', async () => {
    const decode = worker.openDecode(format, context);
    assert.equal(started, 0);
    const [first, , last] = await decode(['a', 'as it is', 'b']);
    assert.deepEqual([first?.text, last?.text], ['A', 'B']);
    await decode(['c']);
    assert.equal(started, 1);
  });

  it('says so if it does not start, and tries anew the next time', async () => {
    let isThere = false;
    const other = openDecodingWorker({
      start: (beats) => {
        if (isThere) return start(beats);
        return new Worker('process.exit(1)', { eval: true });
      },
      lost: (why) => new Error(why),
    });
    const decode = other.openDecode(format, context);
    await assert.rejects(async () => decode(['a']), { message: 'not-started' });
    isThere = true;
    assert.equal((await decode(['a']))[0]?.text, 'A');
    other.dispose();
  });

  it('says so if it is lost with what it was to encode', async () => {
    const lost = worker.openEncode(format, context)(['a']);
    worker.dispose();
    await assert.rejects(async () => lost, { message: 'ended' });
  });

  it('goes on, and keeps nothing, when there was no memory to give it its work', async () => {
    let isFull = true;
    const other = openDecodingWorker({
      start: (beats) => {
        const thread = start(beats);
        const post = thread.postMessage.bind(thread);
        thread.postMessage = (...given: Parameters<typeof post>) => {
          if (isFull) {
            isFull = false;
            throw new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError');
          }
          post(...given);
        };
        return thread;
      },
      lost: (why) => new Error(why),
    });
    const { signal } = new AbortController();
    const shown = await other.openDecode(format, context)(['a', 'b'], { signal });
    assert.deepEqual(
      shown.map((each) => each?.text),
      ['A', 'B'],
    );
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    other.dispose();
  });

  it('goes on with a new worker when there was no memory to answer the old one', async () => {
    let isFull = true;
    const other = openDecodingWorker({
      start: (beats) => {
        const thread = start(beats);
        const post = thread.postMessage.bind(thread);
        thread.postMessage = (message: { readonly type: string }, ...moved) => {
          if (isFull && message.type !== 'work') {
            isFull = false;
            throw new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError');
          }
          post(message, ...moved);
        };
        return thread;
      },
      lost: (why) => new Error(why),
    });
    const schemas = knownSchemas({ text: '"int"', id: 1 });
    const decode = other.openDecode(format, { ...context, schemas });
    const [first, second] = await decode(['schema', 'b']);
    assert.deepEqual([first?.text, second?.text], ['"int"', 'B']);
    other.dispose();
  });

  it('gives equal facts as one object, also of several batches', async () => {
    const decode = worker.openDecode(format, context);
    const [first] = await decode(['a']);
    const [second] = await decode(['b']);
    assert.ok(first?.facts && first.facts === second?.facts);
  });

  for (const hostile of ['loop', 'die']) {
    it(`shows all others if one message is "${hostile}"`, async () => {
      const decode = worker.openDecode(format, context);
      const shown = await decode(['a', 'b', hostile, 'c']);
      assert.deepEqual(
        shown.map((one) => (one?.problem ? one.problem.kind : one?.text)),
        ['A', 'B', 'too-large', 'C'],
      );
      assert.equal((await decode(['later']))[0]?.text, 'LATER');
    });
  }

  it('shows a message alone with which a worker was lost once, and not one that costs two', async () => {
    const decode = worker.openDecode(format, context);
    await decode(['warm up']);
    const [innocent] = await Promise.all([decode(['a']), decode(['b', 'die'])]);
    assert.equal(innocent[0]?.text, 'A');
    started = 0;
    assert.equal((await decode(['die']))[0]?.problem?.kind, 'too-large');
    assert.equal(started, 2);
  });

  it('gives a batch up after some workers were lost', async () => {
    const shown = await worker.openDecode(format, context)(Array<string>(64).fill('die'));
    assert.ok(shown.every((one) => one?.problem?.kind === 'too-large'));
    assert.ok(started < 10, String(started));
  });

  it('asks for schemas, and is told why there is none', async () => {
    const texts: SchemaLookup = {
      find: () => Promise.resolve({ schema: { type: 'AVRO', text: '"int"', imports: [] } }),
    };
    const none: SchemaLookup = {
      find: ({ by }) =>
        Promise.reject(new SchemaError('not-found', phrase('no schema by {0}', by))),
    };
    for (const [schemas, expected] of [
      [texts, '"int"'],
      [none, 'not-found: {"text":"no schema by {0}","args":["id"]}'],
    ] as const) {
      const [shown] = await worker.openDecode(format, { ...context, schemas })(['schema']);
      assert.equal(shown?.text, expected);
    }
  });

  it('does not keep what found the schemas of a copy that has ended', async () => {
    const copy = async () => {
      const schemas: SchemaLookup = {
        find: () => Promise.resolve({ schema: { type: 'AVRO', text: '"int"', imports: [] } }),
      };
      await worker.openDecode(format, { ...context, schemas })(['schema']);
      return new WeakRef(schemas);
    };
    const schemas = await copy();
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    while (schemas.deref()) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
  });

  it('rejects with the reason of the signal, and goes on with other work', async () => {
    const decode = worker.openDecode(format, context);
    const abort = new AbortController();
    const waiting = decode(['never'], { signal: abort.signal });
    abort.abort(new Error('enough'));
    await assert.rejects(async () => Promise.resolve(waiting), /enough/);
    assert.equal((await decode(['a']))[0]?.text, 'A');
    assert.equal(started, 1);
  });

  it('tells what a codec has thrown', async () => {
    const encoding = worker.openEncode(format, context)(['a']);
    await assert.rejects(async () => Promise.resolve(encoding), /no such work/);
  });
});
