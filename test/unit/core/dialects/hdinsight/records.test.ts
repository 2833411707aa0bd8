import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KafkaError } from '../../../../../src/core/errors';
import type { KafkaRecord } from '../../../../../src/core/kafka';
import { parseRecords } from '../../../../../src/core/dialects/hdinsight/records';

/** The JSON of a record with this JSON as its value. */
const wire = (offset: number, value: string): string =>
  `{"partition":0,"offset":${offset},"timestamp":5,"key":"k","value":${value}}`;

const record = (offset: number, value: string): KafkaRecord => ({
  partition: 0,
  offset: BigInt(offset),
  timestamp: 5,
  key: 'k',
  value,
});

/** An answer with these values, as JSON, and enough around it to be more than a piece. */
const FILLER = 'x'.repeat(5000);
const filled = (values: readonly string[]): string[] =>
  values.flatMap((value) => [value, ...Array<string>(10).fill(JSON.stringify(FILLER))]);

const answerOf = (values: readonly string[], isArray = false): Buffer => {
  const list = `[${values.map((value, offset) => wire(offset, value)).join()}]`;
  return Buffer.from(isArray ? list : `{"records":${list}}`);
};

function piecesOf(answer: Buffer): (readonly KafkaRecord[])[] {
  const { take } = parseRecords(answer, 0);
  const pieces: (readonly KafkaRecord[])[] = [];
  for (let piece = take(); piece; piece = take()) pieces.push(piece);
  return pieces;
}

const isProtocol = (detail: string) => (error: unknown) => {
  assert.ok(error instanceof KafkaError && error.kind === 'protocol');
  assert.equal(error.detail, detail);
  return true;
};

describe('the records of an answer', () => {
  it('are decoded some at a time where there are many, and are the same', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('},{"partition":', '\\', '"', '},{"', ']}', '{"records":['),
    );
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 8, maxLength: 12 }),
        fc.boolean(),
        (texts, isArray) => {
          const values = filled(texts.map((each) => JSON.stringify(each)));
          const pieces = piecesOf(answerOf(values, isArray));
          assert.ok(pieces.length > 3, String(pieces.length));
          const expected = values.map((value, offset) =>
            record(offset, JSON.parse(value) as string),
          );
          assert.deepEqual(pieces.flat(), expected);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('are counted, and the last is known, before they are decoded', () => {
    const { count, last } = parseRecords(answerOf(filled(Array<string>(5).fill('"v"'))), 0);
    assert.deepEqual([count, last], [55, 54n]);
    assert.deepEqual(parseRecords(Buffer.from('[]'), 0).last, undefined);
  });

  it('are cut nowhere within a value that looks like several of them', () => {
    const nested = `[${Array.from({ length: 40 }, (_, n) => wire(n, JSON.stringify(FILLER))).join()}]`;
    for (const place of [0, 4, 8]) {
      const values = filled(Array<string>(9).fill('"v"')).with(place * 11, nested);
      const all = piecesOf(answerOf(values)).flat();
      assert.equal(all.length, values.length);
      assert.deepEqual(all[place * 11], record(place * 11, nested));
      assert.deepEqual(all.at(-1), record(values.length - 1, FILLER));
    }
  });

  describe('of which there is one, and large,', () => {
    const text = `é"\\\n\u2028😀${'x'.repeat(1_100_000)}`;
    const value = JSON.stringify(text).replace('é', '\\u00e9');

    it('has its value decoded when it is asked for, and keeps it', () => {
      for (const json of [
        wire(3, value),
        `{"value":${value},"key":"a \\"value\\":\\"b","partition":0,"offset":3,"timestamp":5}`,
      ]) {
        const answer = Buffer.from(`{"records":[${json}]}`);
        const { count, last, take, finish } = parseRecords(answer, 0);
        const [taken, ...others] = take() ?? [];
        assert.deepEqual([count, last, others, take()], [1, 3n, [], undefined]);
        assert.ok(finish, 'it is taken in two steps');
        finish();
        // As when another answer is written there.
        answer.fill(0);
        assert.ok(taken?.value === text);
        assert.deepEqual([taken.offset, taken.partition, taken.timestamp], [3n, 0, 5]);
      }
    });

    it('is refused at once if it is wrong', () => {
      for (const wrong of [
        value.replace('\\n', '\\q'),
        value.replace('\\u00e9', '\\u00eg'),
        value.replace('\\n', '\n'),
        value.slice(0, -1),
      ]) {
        const answer = Buffer.from(`[${wire(3, wrong)}]`);
        assert.throws(() => parseRecords(answer, 0), isProtocol('not JSON'));
      }
    });

    it('is decoded as a whole where the value is within another one', () => {
      const nested = `{"value":${value}}`;
      const answer = Buffer.from(`[${wire(3, nested)}]`);
      assert.deepEqual(piecesOf(answer), [[record(3, nested)]]);
    });
  });

  it('keep offsets beyond 2^53, and values as they are written', () => {
    const base = 9_007_199_254_740_993n;
    const values = filled(Array<string>(8).fill('12.50'));
    const list = values.map((value, n) =>
      wire(0, value).replace(':0,"t', `:${base + BigInt(n)},"t`),
    );
    const all = piecesOf(Buffer.from(`[${list.join()}]`)).flat();
    assert.deepEqual(
      all.map(({ offset }) => offset),
      values.map((_, n) => base + BigInt(n)),
    );
    assert.equal(all[11]?.value, '12.50');
  });

  describe('that are wrong', () => {
    const values = filled(Array<string>(8).fill('"v"'));
    const at = 60;

    for (const [what, wrong, detail] of [
      [
        'a record without an offset',
        '{"partition":0,"key":"k","value":"v"}',
        `records[${at}].offset: expected an integer`,
      ],
      ['a record of another partition', wire(at, '"v"').replace(':0', ':1'), 'another partition'],
      ['a record out of order', wire(at - 1, '"v"'), 'offsets out of order'],
      ['what is no JSON', wire(at, '"v'), 'not JSON'],
    ] as const) {
      it(`come up to ${what}, and then a breach of the protocol with its place`, () => {
        const list = values.map((value, offset) => (offset === at ? wrong : wire(offset, value)));
        const { take } = parseRecords(Buffer.from(`{"records":[${list.join()}]}`), 0);
        const seen: bigint[] = [];
        assert.throws(() => {
          for (let piece = take(); piece; piece = take()) {
            seen.push(...piece.map(({ offset }) => offset));
          }
        }, isProtocol(detail));
        assert.ok(seen.length > 20 && seen.length <= at, String(seen.length));
        assert.deepEqual(
          seen,
          seen.map((_, n) => BigInt(n)),
        );
      });
    }

    it('are refused as a whole where the answer breaks off', () => {
      const answer = answerOf(values);
      for (const end of [answer.length - 1, answer.length - 2, answer.length - 100_000]) {
        assert.throws(() => parseRecords(answer.subarray(0, end), 0), isProtocol('not JSON'));
      }
    });
  });
});
