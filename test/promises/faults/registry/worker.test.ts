import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { openEncode, type PayloadFormat } from '../../../../src/core/message/codec';
import { openDecoder } from '../../../../src/core/message/decoded';
import { openDecodingWorker } from '../../../../src/decoding/decoding';
import type { StartWorker } from '../../../../src/decoding/worker';
import { lostWorker } from '../../../../src/ui/decoding/lostWorker';
import { describeDecodeProblem } from '../../../../src/ui/words/decodeProblem';
import { explain } from '../../../../src/ui/words/report';
import { type BundledWorker, bundleDecodingWorker } from '../../../support/faults/decodingWorker';
import { knownSchemas } from '../../../support/schemas';

/** A pattern that takes for ever to find that a text of many such letters does not fit. */
const SLOW = '{"type":"string","pattern":"^(a+)+$"}';
const HELD_UP_MS = 1_000;

describe('a worker that decodes under every fault', function () {
  this.timeout(60_000);
  let bundle: BundledWorker;

  before(() => {
    bundle = bundleDecodingWorker();
  });

  after(() => {
    bundle.remove();
  });

  /** Returns what is shown of values, beside the bytes; the problems as people read them. */
  async function shown(start: StartWorker, format: PayloadFormat, values: readonly string[]) {
    const worker = openDecodingWorker({ start, lost: lostWorker, heldUpMs: HELD_UP_MS });
    try {
      const schemas = knownSchemas({ type: 'JSON', text: SLOW, subject: 'orders-value', id: 1 });
      const decode = openDecoder({ value: format }, { topic: 'orders', schemas, worker });
      const records = values.map((hex, n) => ({
        ...{ topic: 'orders', partition: 0, offset: BigInt(n), key: null, timestamp: 0 },
        value: Buffer.from(hex, 'hex'),
      }));
      const found = await decode(records);
      assert.deepEqual(
        found.map(({ raw }) => raw),
        records,
      );
      return found.map(({ shown: { value } = {} }) =>
        value?.problem ? describeDecodeProblem(value.problem) : value?.text,
      );
    } finally {
      worker.dispose();
    }
  }

  const TOO_LARGE = 'it is too large to be decoded';

  it('shows all but the message that holds it up', async () => {
    const framed = (text: string) => `0000000001${Buffer.from(text).toString('hex')}`;
    const slow = framed(`"${'a'.repeat(40)}!"`);
    const values = [framed('"a"'), framed('"aa"'), slow, framed('"aaa"')];
    assert.deepEqual(await shown(bundle.start(), { kind: 'json-schema', argument: '' }, values), [
      '"a"',
      '"aa"',
      TOO_LARGE,
      '"aaa"',
    ]);
  });

  it('shows all but the message that needs too much memory', async () => {
    const gzip = (hex: string) => gzipSync(Buffer.from(hex, 'hex')).toString('hex');
    const bomb = gzip(`9a003d0900${'a0'.repeat(4_000_000)}`);
    const values = [gzip('a1616101'), bomb, gzip('a1616102')];
    const small = bundle.start({ maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 });
    const format = { kind: 'gzip', argument: 'cbor' } as const;
    const [first, second, third] = await shown(small, format, values);
    assert.deepEqual([first, third], ['{"a":1}', '{"a":2}']);
    assert.equal(second, TOO_LARGE);
  });

  it('goes on with a new one after it was killed', async () => {
    let started = 0;
    const start: StartWorker = (beats) => {
      const worker = bundle.start()(beats);
      started += 1;
      if (started === 1) {
        // It is killed before it has answered: what it is given does not arrive.
        worker.postMessage = () => undefined;
        worker.once('message', () => void worker.terminate());
      }
      return worker;
    };
    const hex = Array.from({ length: 9 }, (_, n) => `0${n}`);
    assert.deepEqual(
      await shown(start, { kind: 'messagepack', argument: '' }, hex),
      hex.map((_, n) => String(n)),
    );
    assert.equal(started, 2);
  });

  for (const [name, start] of [
    [
      'is not there',
      (beats: SharedArrayBuffer) => new Worker('/nowhere/at/all.js', { workerData: beats }),
    ],
    [
      'cannot be started',
      () => {
        throw new Error('EAGAIN');
      },
    ],
    ['ends at once', () => new Worker('process.exit(1)', { eval: true })],
  ] as const) {
    it(`says so if it ${name}`, async () => {
      const said = await shown(start, { kind: 'cbor', argument: '' }, ['01', '02']);
      for (const sentence of said) {
        assert.match(String(sentence), /the decoder does not start; reload the window/);
      }
      const worker = openDecodingWorker({ start, lost: lostWorker, heldUpMs: HELD_UP_MS });
      const context = { topic: 'orders', part: 'value', worker } as const;
      const encode = openEncode({ kind: 'cbor', argument: '' }, context);
      const failure = await encode(['1']).then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.match(explain(failure).reason, /the decoder does not start; reload the window/);
      worker.dispose();
    });
  }

  it('says so if a text that is to be encoded holds it up', async () => {
    const worker = openDecodingWorker({
      start: bundle.start(),
      lost: lostWorker,
      heldUpMs: HELD_UP_MS,
    });
    const schemas = knownSchemas({ type: 'JSON', text: SLOW, subject: 'orders-value', id: 1 });
    const context = { topic: 'orders', part: 'value', worker, schemas } as const;
    const encode = openEncode({ kind: 'json-schema', argument: '' }, context);
    const failure = await encode([`"${'a'.repeat(40)}!"`]).then(
      () => undefined,
      (error: unknown) => error,
    );
    const { reason, advice } = explain(failure);
    assert.match(reason, /takes too long/);
    assert.match(advice, /smaller/);
    worker.dispose();
  });
});
