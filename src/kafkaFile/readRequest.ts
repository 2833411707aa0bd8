import type { CallOptions } from '../core/kafka';
import type { RecordFormats } from '../core/message/codec';
import type { ReadFrom, ReadRequest } from '../core/read/reader';
import type { TimeContext } from '../core/time/parse';
import { type ConsumerBlock, findDirective, findProperty } from './file';
import type { Problem } from './problems';
import { isBlocking } from './problems';
import { type Decoding, SCHEMA_DIRECTIVES, withSchemaFormats } from './schemas';
import type { ConsumerSettings } from './settings';
import { readConsumer } from './settings';
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

/**
 * Returns the formats that a CONSUMER block names, by a property or a schema. Looks up the types of
 * schemas that are named without a format. Rejects with the reason of the signal.
 */
export async function namedFormats(
  block: ConsumerBlock,
  read: ConsumerSettings,
  decoding: Decoding,
  options?: CallOptions,
): Promise<NamedFormats> {
  const { settings, problems } = await withSchemaFormats(read, decoding, options);
  if (problems.length > 0) return { problems };
  const isNamed = (part: 'key' | 'value') =>
    findProperty(block, `${part}-format`) ?? findDirective(block, SCHEMA_DIRECTIVES[part]);
  return {
    formats: {
      ...(isNamed('key') && { key: settings.keyFormat }),
      ...(isNamed('value') && { value: settings.valueFormat }),
    },
  };
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
