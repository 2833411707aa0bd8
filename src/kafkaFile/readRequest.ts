import { phrase } from '../core/phrase';
import type { CallOptions } from '../core/kafka';
import { formatText, type RecordFormats } from '../core/message/codec';
import type { ReadFrom, ReadRequest } from '../core/read/reader';
import { SchemaError } from '../core/schemaRegistry/lookup';
import type { TimeContext } from '../core/time/parse';
import { type ConsumerBlock, findDirective, findProperty } from './file';
import type { Problem } from './problems';
import { isBlocking } from './problems';
import {
  canBeSpelt,
  type Decoding,
  SCHEMA_DIRECTIVES,
  withPath,
  withSchemaFormats,
} from './schemas';
import type { ConsumerSettings } from './settings';
import { readConsumer } from './settings';
import { inWords } from '../l10n/inWords';
import type { Position } from './values';

/** The read request of a CONSUMER block, or the problems because of which it must not run. */
export type Consumed =
  | {
      readonly request: ReadRequest;
      readonly settings: ConsumerSettings;
      readonly problems?: never;
    }
  | { readonly request?: never; readonly problems: readonly Problem[] };

export interface ReadOptions {
  /** Whether `latest` begins after the newest message, as for *Follow*. Default: *Consume*. */
  readonly follow?: boolean;
  /** How many records to read if the block does not say. */
  readonly count: number;
  /** The context in which the times of the block are read. */
  readonly timeContext: TimeContext;
  /** The `timeMargin` of the request, if the block has times. */
  readonly timeMargin: number;
}

/**
 * Returns the request that a CONSUMER block makes to the reader. *Consume* from `latest` reads
 * the newest `count` records of each partition and gives the newest `count` of all of them.
 * *Follow* from `latest` gives new records only. *Follow* ends neither at `to` nor after `count`.
 */
export function toReadRequest(
  block: ConsumerBlock,
  { follow = false, count, timeContext, timeMargin }: ReadOptions,
): Consumed {
  const { settings, problems } = readConsumer(block, timeContext);
  const blocking = problems.filter(isBlocking);
  const { topic, from, to, untilTime, partitions } = settings;
  if (blocking.length > 0 || topic === undefined) return { problems: blocking };
  const limit = settings.count ?? count;
  const limited = from.at === 'latest' ? { newest: limit } : { maxRecords: limit };
  const request: ReadRequest = {
    topic,
    ...(partitions && { partitions }),
    from: readFrom(from, follow ? 0n : BigInt(limit)),
    ...(!follow && to !== undefined && { until: to + 1n }),
    ...(!follow && untilTime !== undefined && { untilTime }),
    ...((from.at === 'time' || untilTime !== undefined) && { timeMargin }),
    ...(!follow && limited),
  };
  return { request, settings };
}

/** The formats that a CONSUMER block names, or the problems because of which it must not run. */
export type NamedFormats =
  | { readonly formats: Partial<RecordFormats>; readonly problems?: never }
  | { readonly formats?: never; readonly problems: readonly Problem[] };

/** Where the schemas of a CONSUMER block come from. */
export interface BlockDecoding extends Decoding {
  /**
   * Returns the path of a schema file as views have it, whose messages are shown far from the file of
   * the block. Throws a `SchemaError` if it must not be read.
   */
  readonly pathOf: (path: string) => string;
}

/**
 * Returns the formats that a CONSUMER block names, by a property or a schema. Looks up the types of
 * schemas that are named without a format. Rejects with the reason of the signal.
 */
export async function namedFormats(
  block: ConsumerBlock,
  read: ConsumerSettings,
  decoding: BlockDecoding,
  options?: CallOptions,
): Promise<NamedFormats> {
  const found = await withSchemaFormats(read, decoding, options);
  const problems = [...found.problems];
  const formatOf = (part: 'key' | 'value') => {
    const directive = findDirective(block, SCHEMA_DIRECTIVES[part]);
    const named = directive ?? findProperty(block, `${part}-format`);
    if (!named) return undefined;
    const format = found.settings[`${part}Format`];
    try {
      const moved = withPath(format, decoding.pathOf);
      if (moved === format || canBeSpelt(moved)) return moved;
      throw new SchemaError(
        'invalid',
        phrase('{0} would be read as another format', formatText(moved)),
      );
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      const { start, end, text } = named.value;
      problems.push({ kind: 'no-schema', start, end, name: text, detail: inWords(error.phrase) });
      return undefined;
    }
  };
  const [key, value] = [formatOf('key'), formatOf('value')];
  if (problems.length > 0) return { problems };
  return { formats: { ...(key && { key }), ...(value && { value }) } };
}

function readFrom(from: Position, newest: bigint): ReadFrom {
  switch (from.at) {
    case 'earliest':
      return { at: 'earliest' };
    case 'latest':
      return { latestMinus: newest };
    case 'offset':
      return { offset: from.offset };
    case 'time':
      return from.span.from === undefined ? { at: 'earliest' } : { time: from.span.from };
  }
}
