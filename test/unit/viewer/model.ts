import fc from 'fast-check';
import type { KafkaRecord, Payload } from '../../../src/core/kafka';
import { type DecodedRecord, legible, type ShownParts } from '../../../src/core/message/decoded';
import type { DecodedFacts, Shown } from '../../../src/core/message/decoders/decoder';
import type { FilterNode, NumberField, Where } from '../../../src/viewer/filter/filterNode';
import type { IndexView } from '../../../src/viewer/index/indexTask';
import { MESSAGE_OVERHEAD } from '../../../src/viewer/store/chunkLayout';
import type { StoreLimits } from '../../../src/viewer/store/messageStore';
import type { Sort, SortColumn } from '../../../src/viewer/columns';
import { phrase } from '../../../src/core/phrase';
import type { Sequence } from '../../../src/viewer/protocol';

/**
 * A message with what is shown of it as key and value, and the size of what was read, if that
 * differs.
 */
export interface Modelled extends KafkaRecord {
  readonly size?: number;
}

/** A message and its number. */
export interface Numbered {
  readonly sequence: Sequence;
  readonly record: Modelled;
}

export function modelled(record: DecodedRecord): Modelled {
  return { ...legible(record, ({ kind }) => kind), size: sizeOf(record.raw) };
}

export function sizeOf(record: Modelled): number {
  if (record.size !== undefined) return record.size;
  return bytesOf(record.key).length + bytesOf(record.value).length;
}

/** What a store with these limits holds after it was given these messages. */
export function held(all: readonly KafkaRecord[], limits: StoreLimits): readonly Numbered[] {
  const list = all.map((record, sequence) => ({ sequence, record }));
  const bytes = () => list.reduce((sum, { record }) => sum + sizeOf(record) + MESSAGE_OVERHEAD, 0);
  while (list.length > 1 && (list.length > limits.maxMessages || bytes() > limits.maxBytes)) {
    list.shift();
  }
  return list;
}

/** The numbers of the messages that a view shows, in its order. */
export function shown(messages: readonly Numbered[], { filter, span, sort }: IndexView): number[] {
  const chosen = messages.filter(({ record }) => {
    const { timestamp = NaN } = record;
    if (filter && !matches(filter, record)) return false;
    return !span || (timestamp >= span.from && timestamp < span.to);
  });
  if (sort) chosen.sort((a, b) => compare(a, b, sort));
  return chosen.map(({ sequence }) => sequence);
}

export function matches(node: FilterNode, record: Modelled): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((each) => matches(each, record));
    case 'or':
      return node.nodes.some((each) => matches(each, record));
    case 'not':
      return !matches(node.node, record);
    case 'text': {
      const regex = new RegExp(node.text.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&'), 'iu');
      return texts(record, node.where).some((text) => regex.test(text));
    }
    case 'regex': {
      const { source, flags } = node.pattern;
      return texts(record, node.where).some((text) => new RegExp(source, flags).test(text));
    }
    case 'null':
      return record[node.where] === null;
    case 'number': {
      const number = numberOf(record, node.field);
      return node.ranges.some(
        ({ from, to }) => (from === null || number >= from) && (to === null || number <= to),
      );
    }
    case 'time': {
      const { timestamp = -1 } = record;
      return timestamp >= 0 && timestamp >= node.from && timestamp < node.to;
    }
    case 'header':
    case 'path':
    case 'whole':
      throw new Error('Headers, paths and comparisons have tests of their own.');
  }
}

function texts({ key, value }: Modelled, where: Where): string[] {
  const payloads = [...(where === 'value' ? [] : [key]), ...(where === 'key' ? [] : [value])];
  return payloads.flatMap((payload) =>
    payload === null ? [] : [Buffer.from(payload).toString('utf8')],
  );
}

function numberOf(record: Modelled, field: NumberField): bigint {
  return field === 'offset'
    ? record.offset
    : BigInt(field === 'size' ? sizeOf(record) : record.partition);
}

/** Which of two messages comes first. */
export function compare(a: Numbered, b: Numbered, { column, descending }: Sort): number {
  const order = compareColumn(a.record, b.record, column);
  return (descending ? -order : order) || a.sequence - b.sequence;
}

function compareColumn(a: Modelled, b: Modelled, column: SortColumn): number {
  switch (column) {
    case 'partition':
      return a.partition - b.partition;
    case 'offset':
      return Number(a.offset - b.offset);
    case 'size':
      return sizeOf(a) - sizeOf(b);
    case 'timestamp':
      return Math.max(a.timestamp ?? -1, -1) - Math.max(b.timestamp ?? -1, -1);
    case 'key':
    case 'value': {
      const [first, second] = [a[column], b[column]];
      if (first === null || second === null)
        return Number(second === null) - Number(first === null);
      return Buffer.compare(bytesOf(first), bytesOf(second));
    }
    default:
      throw new Error('Fields have tests of their own.');
  }
}

function bytesOf(payload: Payload | null): Buffer {
  return Buffer.from(payload ?? '');
}

/** Letters that fold in unusual ways, others that patterns treat in theirs, and an astral one. */
const letters = Array.from('aAsſk\u212aßẞiİςΣ€\u{10400}\u{10428}.]\n');
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
const payload = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.array(text, { minLength: 3, maxLength: 20 }).map((all) => all.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(0, 0x61, 0x73, 0xc3, 0x9f, 0xe2, 0x82, 0xff), { maxLength: 8 })
      .map((bytes) => Uint8Array.from(bytes)),
  },
);

export const records: fc.Arbitrary<KafkaRecord> = fc
  .record({
    partition: fc.nat(3),
    offset: fc.bigInt({ min: 0n, max: 40n }),
    timestamp: fc.option(fc.integer({ min: -1, max: 30 }), { nil: undefined }),
    key: payload,
    value: payload,
  })
  .map(({ timestamp, ...rest }) => ({ ...rest, ...(timestamp !== undefined && { timestamp }) }));

const facts = fc.constantFrom<DecodedFacts>(
  { format: 'avro', isGuess: true, schema: { id: 1, subject: 'orders-value', version: 2 } },
  { format: 'avro', isGuess: true, schema: { id: 2 } },
  { format: 'json-schema', isGuess: false, misfit: phrase('{0} is missing', '"a"') },
);

/** What a decoder may make of a key or value, and what it may know of how. */
const shownPart = fc.option(
  fc
    .tuple(
      fc.oneof(
        text.map((made): Shown => ({ text: made })),
        fc.constant<Shown>({ problem: { kind: 'lossy' } }),
      ),
      fc.option(facts),
    )
    .map(([shown, known]): Shown => ({ ...shown, ...(known && { facts: known }) })),
);

/** Some of them are decoded. A null never is. */
export const decodedRecords: fc.Arbitrary<DecodedRecord> = fc
  .record({ raw: records, key: shownPart, value: shownPart })
  .map(({ raw, key, value }) => {
    const shown: ShownParts = {
      ...(key && raw.key !== null && { key }),
      ...(value && raw.value !== null && { value }),
    };
    return shown.key || shown.value ? { raw, shown } : { raw };
  });

const where = fc.constantFrom<Where>('key', 'value', 'any');
const bound = fc.option(fc.bigInt({ min: 0n, max: 30n }));
const needle = fc.string({ unit: fc.constantFrom(...letters), maxLength: 2 });
const leaf = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('text' as const), where, text: needle }) },
  fc.record({
    kind: fc.constant('regex' as const),
    where,
    pattern: fc.record({
      source: fc.constantFrom('^a', 's$', '^$', 'a.b', '[^a]', '\\p{L}{2}', '^.$'),
      flags: fc.constantFrom('u', 'iu', 'su', 'mu'),
    }),
  }),
  fc.record({ kind: fc.constant('null' as const), where: fc.constantFrom('key', 'value') }),
  fc.record({
    kind: fc.constant('number' as const),
    field: fc.constantFrom<NumberField>('partition', 'offset', 'size'),
    ranges: fc.array(fc.record({ from: bound, to: bound }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('time' as const),
    from: fc.constantFrom(-Infinity, 0, 3, 10),
    to: fc.constantFrom(0, 10, 20, Infinity),
  }),
);

const { node } = fc.letrec<{ node: FilterNode; leaf: FilterNode }>((tie) => ({
  leaf,
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      nodes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not'), node: tie('node') }),
  ),
}));

export const views: fc.Arbitrary<IndexView> = fc.record({
  filter: fc.option(node),
  span: fc.option(
    fc.tuple(fc.nat(20), fc.nat(20)).map(([from, length]) => ({ from, to: from + length })),
  ),
  sort: fc.option(
    fc.record({
      column: fc.constantFrom<SortColumn>(
        'partition',
        'offset',
        'timestamp',
        'key',
        'value',
        'size',
      ),
      descending: fc.boolean(),
    }),
  ),
});
