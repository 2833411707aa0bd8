import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DecoderContext, Encode } from '../../../src/core/message/decoders/decoder';
import { short } from '../../../src/core/message/decoders/integers';
import { encodingProblems } from '../../../src/kafkaFile/encoding';
import { previewOf, type RunOptions, toRecords } from '../../../src/kafkaFile/run';
import { readProducer } from '../../../src/kafkaFile/settings';
import { CAPABLE, producer } from '../../support/kafkaFiles';

const options: RunOptions = { capabilities: CAPABLE, seed: [1], env: () => undefined };
const TEMPLATED = 'PRODUCER\ntopic: orders\nvalue-format: short\n{{$index}}';
const LITERAL = 'PRODUCER\ntopic: orders\nkey: 7\nkey-format: short\nv';

function withEncoder(encode: Encode): DecoderContext[] {
  const opened: DecoderContext[] = [];
  mock.restoreAll();
  mock.method(short, 'openEncode', (_: string, context: DecoderContext) => {
    opened.push(context);
    return encode;
  });
  return opened;
}

describe('Encoding keys and values', () => {
  afterEach(() => {
    mock.restoreAll();
  });

  it('may wait, is opened once for a run, and gets many texts at a time', async () => {
    const sizes: number[] = [];
    const opened = withEncoder(async (texts) => {
      sizes.push(texts.length);
      await new Promise(setImmediate);
      return texts.map((text) => ({ payload: `<${text}>` }));
    });
    const { records } = await toRecords(producer(TEMPLATED), { ...options, count: 2500 });
    assert.deepEqual(opened, [{ topic: 'orders', part: 'value' }]);
    assert.deepEqual(sizes, [1000, 1000, 500]);
    assert.deepEqual(
      records,
      Array.from({ length: 2500 }, (_, n) => ({ value: `<${n}>` })),
    );
  });

  it('makes no records if the encoder fails, and says why', async () => {
    const cause = new Error('no schema');
    const bad: readonly (readonly [Encode, RegExp])[] = [
      [() => Promise.reject(cause), /no schema/],
      [() => [], /0 results for 1 /],
    ];
    for (const [encode, message] of bad) {
      withEncoder(encode);
      for (const text of [TEMPLATED, LITERAL]) {
        await assert.rejects(toRecords(producer(text), options), message);
        await assert.rejects(previewOf(producer(text), options), message);
      }
    }
  });

  it('ends when the signal aborts', async () => {
    const reason = new Error('stopped');
    for (const text of [TEMPLATED, LITERAL]) {
      const abort = new AbortController();
      withEncoder(() => {
        abort.abort(reason);
        return new Promise(() => undefined);
      });
      const making = toRecords(producer(text), { ...options, signal: abort.signal });
      await assert.rejects(making, reason);
    }
  });

  it('is not checked before anything is sent if the encoder fails', async () => {
    withEncoder(() => Promise.reject(new Error('no schema')));
    const block = producer(LITERAL);
    const { settings } = readProducer(block);
    assert.deepEqual(await encodingProblems(block, settings, CAPABLE), []);
  });

  it('tells the first record that has a problem, of the key, the value or the templates', async () => {
    withEncoder((texts) =>
      texts.map((text) =>
        Number(text) < 3 ? { payload: text } : { problem: 'out-of-range' as const },
      ),
    );
    const { problems } = await toRecords(producer(TEMPLATED), { ...options, count: 5 });
    assert.deepEqual(
      problems?.map(({ kind, name }) => `${kind} ${name ?? ''}`),
      ['out-of-range short'],
    );
    const { records } = await toRecords(producer(TEMPLATED), { ...options, count: 3 });
    assert.equal(records?.length, 3);
  });
});
