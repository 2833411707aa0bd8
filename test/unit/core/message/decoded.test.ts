import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { parseFormat, type PayloadFormat } from '../../../../src/core/message/codec';
import {
  type DecodedRecord,
  decodeWith,
  legible,
  openDecoder,
} from '../../../../src/core/message/decoded';
import type { Decoder } from '../../../../src/core/message/decoders/decoder';
import { decoderOf, formatKinds } from '../../../../src/core/message/decoders/registry';
import { CONSUMER_PROPERTIES } from '../../../../src/kafkaFile/properties';

const record: KafkaRecord = { partition: 0, offset: 1n, key: Buffer.from([0, 5]), value: 'abc' };

function format(text: string): PayloadFormat {
  const parsed = parseFormat(text);
  assert.ok(typeof parsed === 'object');
  return parsed;
}

describe('Decoding records', () => {
  it('keeps each as it was read, beside its text or why there is none', async () => {
    const decode = openDecoder({ key: format('short'), value: format('long') });
    const [decoded] = await decode([record]);
    assert.equal(decoded?.raw, record);
    assert.deepEqual(decoded.shown, {
      key: { text: '5' },
      value: { problem: { kind: 'wrong-size', expected: 8, actual: 3 } },
    });
  });

  it('makes nothing where there is no format, or plain text', async () => {
    const plain = { key: format('string'), value: format('string') };
    for (const decode of [openDecoder(), openDecoder(plain)]) {
      assert.deepEqual(await decode([record]), [{ raw: record }]);
    }
  });

  it('leaves null null, and the others in their places', async () => {
    const records = [null, '\0\x01', null, '\0\x02'].map((value) => ({ ...record, value }));
    const decode = openDecoder({ key: format('string'), value: format('short') });
    assert.deepEqual(
      (await decode(records)).map(({ shown }) => shown?.value?.text),
      [undefined, '1', undefined, '2'],
    );
    const hidden = openDecoder({ key: format('none'), value: format('none') });
    const [first] = await hidden(records);
    assert.deepEqual(first && legible(first, ({ kind }) => kind), {
      ...record,
      key: '',
      value: null,
    });
  });

  it('is done in batches, and goes on where a decoder fails', async () => {
    let calls = 0;
    const cause = new Error('no schema');
    const fails: Decoder = {
      name: 'fails',
      decode: () => {
        calls += 1;
        return Promise.reject(cause);
      },
    };
    const decoded = await decodeWith({ key: undefined, value: fails })([record, record]);
    assert.equal(calls, 1);
    for (const { raw, shown } of decoded) {
      assert.equal(raw, record);
      assert.deepEqual(shown, { value: { problem: { kind: 'failed', cause } } });
    }
  });

  it('ends when the signal aborts', async () => {
    const waits: Decoder = {
      name: 'waits',
      decode: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new Error('ended'));
          });
        }),
    };
    const abort = new AbortController();
    const decoding = decodeWith({ key: waits, value: undefined })([record], abort.signal);
    const reason = new Error('stopped');
    abort.abort(reason);
    await assert.rejects(decoding, reason);
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

describe('The registry of decoders', () => {
  it('has one for each format that a CONSUMER block may name', () => {
    const choices = CONSUMER_PROPERTIES.get('value-format')?.choices ?? [];
    assert.deepEqual(choices.map(({ value }) => value).sort(), [...formatKinds].sort());
    for (const kind of formatKinds) assert.equal(decoderOf(format(kind)).name, kind);
  });
});
