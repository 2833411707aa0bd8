import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { KafkaRecord } from '../../../../src/core/kafka';
import {
  type DecodedRecord,
  decodeWith,
  legible,
  openDecoder,
} from '../../../../src/core/message/decoded';
import { openDecode } from '../../../../src/core/message/codec';
import type {
  Decode,
  DecodeProblem,
  DecoderContext,
  DecodingWorker,
} from '../../../../src/core/message/decoders/decoder';
import { here } from '../../../../src/core/message/decoders/here';
import { short } from '../../../../src/core/message/decoders/integers';
import { format } from '../../../support/formats';

const record: KafkaRecord = { partition: 0, offset: 1n, key: Buffer.from([0, 5]), value: 'abc' };
const context = { topic: 'orders' };

describe('Decoding records', () => {
  it('keeps each as it was read, beside its text or why there is none', async () => {
    const decode = openDecoder({ key: format('short'), value: format('long') }, context);
    const [decoded] = await decode([record]);
    assert.equal(decoded?.raw, record);
    assert.deepEqual(decoded.shown, {
      key: { text: '5' },
      value: { problem: { kind: 'wrong-size', expected: 8, actual: 3 } },
    });
  });

  it('makes nothing where there is no format, or plain text', async () => {
    const plain = { key: format('string'), value: format('string') };
    for (const decode of [openDecoder(undefined, context), openDecoder(plain, context)]) {
      assert.deepEqual(await decode([record]), [{ raw: record }]);
    }
  });

  it('leaves null null, and the others in their places', async () => {
    const records = [null, '\0\x01', null, '\0\x02'].map((value) => ({ ...record, value }));
    const decode = openDecoder({ key: format('string'), value: format('short') }, context);
    assert.deepEqual(
      (await decode(records)).map(({ shown }) => shown?.value?.text),
      [undefined, '1', undefined, '2'],
    );
    const hidden = openDecoder({ key: format('none'), value: format('none') }, context);
    const [first] = await hidden(records);
    assert.deepEqual(first && legible(first, ({ kind }) => kind), {
      ...record,
      key: '',
      value: null,
    });
  });

  it('hands on the headers and the signal of those that are not null', async () => {
    const seen: unknown[] = [];
    const { signal } = new AbortController();
    const decode: Decode = (payloads, options) => {
      seen.push(payloads, options);
      return payloads.map(() => undefined);
    };
    const headers = (name: string) => ({ headers: [{ name, value: null }] });
    const records = [
      { ...record, ...headers('a'), value: null },
      { ...record, ...headers('b') },
      { ...record, value: 'def' },
    ];
    const decodeRecords = decodeWith({ key: undefined, value: decode });
    await decodeRecords(records, signal);
    await decodeRecords(records.slice(1, 2));
    await decodeRecords(records.slice(0, 1));
    assert.deepEqual(seen, [
      ['abc', 'def'],
      { headers: [headers('b').headers, undefined], signal },
      ['abc'],
      { headers: [headers('b').headers] },
    ]);
  });

  it('asks the worker only for what a format has to look at', async () => {
    const asked: unknown[] = [];
    const worker: DecodingWorker = {
      ...here,
      openDecode: () => (payloads, options) => {
        asked.push(payloads, options);
        return payloads.map(() => ({ text: 'x' }));
      },
    };
    const decode = openDecode(format('auto'), { ...context, part: 'value', worker });
    const schema = Buffer.from([0, 0, 0, 0, 1, 2]);
    const { signal } = new AbortController();
    const headers = [undefined, [{ name: 'a', value: null }]];
    assert.deepEqual(await decode(['text', schema], { headers, signal }), [
      undefined,
      { text: 'x' },
    ]);
    assert.deepEqual(await decode(['text', schema]), [undefined, { text: 'x' }]);
    assert.deepEqual(await decode(['text']), [undefined]);
    assert.deepEqual(asked, [[schema], { headers: [headers[1]], signal }, [schema], {}]);
  });

  it('opens the decoder of each part when it is first needed, for its topic', async () => {
    const opened: DecoderContext[] = [];
    const { openDecode } = short;
    mock.method(short, 'openDecode', (_: string, given: DecoderContext) => {
      opened.push(given);
      return openDecode();
    });
    const decode = openDecoder({ key: format('short'), value: format('short') }, context);
    assert.deepEqual(opened, []);
    await decode([record]);
    await decode([record]);
    assert.deepEqual(opened, [
      { topic: 'orders', part: 'key' },
      { topic: 'orders', part: 'value' },
    ]);
  });

  it('shows bytes and goes on where a decoder does not open', async () => {
    const cause = new Error('no library');
    mock.method(short, 'openDecode', () => {
      throw cause;
    });
    const decode = openDecoder({ key: format('string'), value: format('short') }, context);
    assert.deepEqual(await decode([record]), [
      { raw: record, shown: { value: { problem: { kind: 'failed', cause } } } },
    ]);
  });

  afterEach(() => {
    mock.restoreAll();
  });

  const cause = new Error('no schema');
  const bad: Readonly<Record<string, Decode>> = {
    throws: () => {
      throw cause;
    },
    rejects: () => Promise.reject(cause),
    'gives too few results': () => [{ text: 'x' }],
    'gives too many results': (payloads) => [...payloads, ''].map(() => ({ text: 'x' })),
  };
  for (const [what, decode] of Object.entries(bad)) {
    it(`shows bytes, says why and goes on where a decoder ${what}`, async () => {
      let calls = 0;
      const counted: Decode = (...given) => {
        calls += 1;
        return decode(...given);
      };
      const records = [record, { ...record, value: null }, record];
      const decodeRecords = decodeWith({ key: undefined, value: counted });
      for (const batch of [1, 2]) {
        const decoded = await decodeRecords(records);
        assert.equal(calls, batch);
        assert.deepEqual(
          decoded.map(({ raw }) => raw),
          records,
        );
        const texts = decoded.map((each) => legible(each, whyFailed));
        const [first, tombstone, last] = texts;
        assert.equal(tombstone?.problem, undefined);
        for (const each of [first, last]) {
          assert.equal(each?.value, 'abc');
          assert.match(each.problem ?? '', /^value: (no schema|The format gave \d results for 2)/);
        }
      }
    });
  }

  it('ends when the signal aborts, whether or not the decoder heeds it', async () => {
    const heeds: Decode = (_, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('ended'));
        });
      });
    const waits: Decode = () => new Promise(() => undefined);
    for (const key of [heeds, waits]) {
      const abort = new AbortController();
      const decoding = decodeWith({ key, value: undefined })([record], abort.signal);
      const reason = new Error('stopped');
      abort.abort(reason);
      await assert.rejects(decoding, reason);
    }
  });

  it('puts what is shown in the place of what was read, and the problems beside it', () => {
    const problem = { kind: 'lossy' } as const;
    const decoded: DecodedRecord = {
      raw: record,
      shown: { key: { problem }, value: { text: 'x' } },
    };
    assert.deepEqual(
      legible(decoded, ({ kind }) => kind),
      { ...record, value: 'x', problem: 'key: lossy' },
    );
  });
});

function whyFailed(problem: DecodeProblem): string {
  assert.ok(problem.kind === 'failed' && problem.cause instanceof Error);
  return problem.cause.message;
}
