import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { headersJson } from '../../../../src/core/message/headers';
import { undecoded } from '../../../../src/core/message/decoded';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';
import { HEADERS_OVERHEAD, MESSAGE_OVERHEAD } from '../../../../src/viewer/store/chunkLayout';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { headers, plainHeaders } from '../../../support/headers';
import { decodedRecords, held, records, sizeOf } from '../model';

const UNLIMITED = { maxMessages: 1e9, maxBytes: 1e12 };

describe('The message store', () => {
  it('gives back what it was given', () => {
    const all: KafkaRecord[] = [
      { partition: 0, offset: 0n, key: null, value: null },
      { partition: 2 ** 31 - 1, offset: 2n ** 63n - 1n, timestamp: 0, key: '', value: '' },
      { partition: 1, offset: 5n, timestamp: -1, key: 'Ä😀\ufeff\0', value: '\ufeff{}' },
      {
        partition: 1,
        offset: 6n,
        timestamp: 1.7e12,
        timestampType: 'CREATE_TIME',
        key: Uint8Array.of(0xff, 0, 0xc3),
        value: Uint8Array.of(),
      },
      {
        partition: 1,
        offset: 7n,
        timestampType: 'LOG_APPEND_TIME',
        key: null,
        value: 'x',
        headers: [
          { name: 'trace', value: Buffer.of(1) },
          { name: 'none', value: null },
        ],
      },
    ];
    const store = new MessageStore(UNLIMITED);
    store.append(undecoded(all));
    assert.deepEqual(
      all.map((_, sequence) => store.record(sequence)),
      undecoded(all),
    );
    assert.equal(store.record(-1), undefined);
    assert.equal(store.record(5), undefined);
  });

  it('gives back what was read beside what is shown of it', () => {
    fc.assert(
      fc.property(fc.array(decodedRecords, { maxLength: 30 }), (all) => {
        const store = new MessageStore(UNLIMITED);
        store.append(all);
        for (const [sequence, { raw, shown = {} }] of all.entries()) {
          const given = store.record(sequence);
          assert.deepEqual(given?.raw, raw);
          for (const part of ['key', 'value'] as const) {
            // A text that is what was read need not be told apart from it.
            const { text, facts } = shown[part] ?? {};
            const same = text !== undefined && text === raw[part] && !facts;
            assert.deepEqual(given.shown?.[part], same ? undefined : shown[part]);
          }
        }
      }),
    );
  });

  it('holds large messages beside what is shown of them', () => {
    const value = Buffer.alloc(3_000_000, 0xff);
    const raw = { ...record('x'), value };
    const text = value.toString('hex');
    const store = new MessageStore(UNLIMITED);
    store.append([{ raw, shown: { value: { text } } }]);
    const given = store.record(0);
    assert.ok(given?.shown?.value?.text === text);
    assert.ok(value.equals(Buffer.from(given.raw.value ?? '')));
    assert.ok(store.bytes > 9_000_000);
  });

  it('makes half a surrogate pair, which no UTF-8 has, a replacement character', () => {
    const store = new MessageStore(UNLIMITED);
    store.append(undecoded([{ partition: 0, offset: 0n, key: 'a\ud800b', value: '\udc00' }]));
    const { key, value } = store.record(0)?.raw ?? {};
    assert.deepEqual({ key, value }, { key: 'a\ufffdb', value: '\ufffd' });
  });

  it('holds the newest ones within its limits, exactly, also when fewer are wanted', () => {
    const limits = fc.record({
      maxMessages: fc.integer({ min: 1, max: 30 }),
      maxBytes: fc.integer({ min: 0, max: 40 * MESSAGE_OVERHEAD }),
    });
    const newest = fc.integer({ min: 1, max: 40 });
    const steps = fc.array(fc.oneof(fc.array(records, { maxLength: 15 }), newest), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(limits, steps, (limit, rest) => {
        const store = new MessageStore(limit);
        let given: KafkaRecord[] = [];
        let lost = 0;
        let passedOver = 0;
        for (const step of rest) {
          if (Array.isArray(step)) {
            store.append(undecoded(step));
            const expected = held([...given, ...step], limit);
            lost += given.length + step.length - expected.length;
            given = expected.map(({ record }) => record);
          } else {
            store.keepNewest(step);
            passedOver = Math.max(passedOver, lost + given.length - step);
            lost += Math.max(0, given.length - step);
            given = given.slice(-step);
          }
          assert.equal(store.first, lost);
          assert.equal(store.held, given.length);
          assert.equal(store.dropped, lost - passedOver);
          assert.equal(store.end, lost + given.length);
          assert.equal(store.received, store.end - passedOver);
          const bytes = given.reduce((sum, each) => sum + sizeOf(each) + MESSAGE_OVERHEAD, 0);
          assert.equal(store.bytes, bytes);
          assert.deepEqual(
            given.map((_, at) => store.record(lost + at)),
            undecoded(given),
          );
          assert.equal(store.record(lost - 1), undefined);
        }
      }),
    );
  });

  it('holds messages larger than a chunk, one of 50 MB among them', () => {
    const store = new MessageStore(UNLIMITED);
    const all = [10, 1024 * 1024, 3_000_000, 10, 50 * 1024 * 1024, 10].map((size, n) => ({
      partition: 0,
      offset: BigInt(n),
      key: null,
      value: String(n).repeat(size),
    }));
    store.append(undecoded(all));
    for (const [sequence, { value }] of all.entries()) {
      // Without a difference of megabytes if they differ.
      assert.ok(store.record(sequence)?.raw.value === value, `message ${sequence}`);
    }
  });

  it('keeps the last message, however small the limits', () => {
    const store = new MessageStore({ maxMessages: 1, maxBytes: 10 });
    store.append(undecoded([record('a'.repeat(100)), record('b'.repeat(200))]));
    assert.equal(store.held, 1);
    assert.equal(store.record(1)?.raw.value, 'b'.repeat(200));
  });

  it('gives back headers of every kind, beside what is shown', () => {
    const given = fc.record({ message: decodedRecords, headers });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 30 }), (all) => {
        const [store, bare] = [new MessageStore(UNLIMITED), new MessageStore(UNLIMITED)];
        store.append(
          all.map(({ message, headers }) => ({ ...message, raw: { ...message.raw, headers } })),
        );
        bare.append(all.map(({ message }) => message));
        for (const [sequence, { headers }] of all.entries()) {
          const { headers: kept, ...raw } = store.record(sequence)?.raw ?? assert.fail();
          assert.deepEqual(plainHeaders(kept), plainHeaders(headers));
          assert.deepEqual(raw, bare.record(sequence)?.raw);
          assert.deepEqual(store.record(sequence)?.shown, bare.record(sequence)?.shown);
        }
        if (all.every(({ headers }) => headers.length === 0)) assert.equal(store.bytes, bare.bytes);
      }),
    );
  });

  it('counts headers, and forgets them with their message', () => {
    const headers = [{ name: 'n'.repeat(60), value: Buffer.alloc(40) }];
    const store = new MessageStore({ maxMessages: 2, maxBytes: 1000 });
    store.append(undecoded([{ ...record('a'), headers }, record('b')]));
    const bytes = headersJson(headers).length + HEADERS_OVERHEAD;
    assert.equal(store.bytes, bytes + 2 + 2 * MESSAGE_OVERHEAD);
    store.append(undecoded([record('c')]));
    assert.equal(store.bytes, 2 + 2 * MESSAGE_OVERHEAD);
  });

  it('uses the memory of what it has dropped again, once it is told that nobody reads it', () => {
    const limits = { maxMessages: 1e9, maxBytes: 5_000_000 };
    const used = (reuse: boolean) => {
      const store = new MessageStore(limits);
      const buffers = new Set<SharedArrayBuffer>();
      for (let batch = 0; batch < 50; batch += 1) {
        if (reuse) store.reuseDropped();
        store.append(undecoded(Array.from({ length: 1000 }, () => record('x'.repeat(1000)))));
        for (const { buffer } of store.chunks) buffers.add(buffer);
      }
      assert.ok(store.bytes <= limits.maxBytes && store.bytes > limits.maxBytes - 2000);
      assert.ok([...store.chunks].length <= 6);
      return buffers.size;
    };
    assert.ok(used(true) < 10);
    assert.ok(used(false) > 45);
  });

  it('leaves its memory to the next store when it is disposed', () => {
    const pool = new BufferPool();
    const first = new MessageStore(UNLIMITED, pool);
    first.append(undecoded([{ ...record('a'), headers: [] }]));
    const buffers = Array.from(first.chunks, ({ buffer }) => buffer);
    first.dispose();
    assert.deepEqual([first.held, first.bytes, first.record(0)], [0, 0, undefined]);
    const second = new MessageStore(UNLIMITED, pool);
    second.append(undecoded([record('b')]));
    assert.deepEqual(
      Array.from(second.chunks, ({ buffer }) => buffers.includes(buffer)),
      [true],
    );
    assert.equal(second.record(0)?.raw.value, 'b');
  });

  it('takes no more types of timestamps than Kafka could have', () => {
    const store = new MessageStore(UNLIMITED);
    const all = Array.from({ length: 100 }, (_, n) => ({
      ...record('x'),
      timestampType: `TYPE ${n}`,
    }));
    store.append(undecoded(all));
    assert.equal(store.record(0)?.raw.timestampType, 'TYPE 0');
    assert.equal(store.record(99)?.raw.timestampType, undefined);
  });
});

function record(value: string): KafkaRecord {
  return { partition: 0, offset: 0n, key: null, value };
}
