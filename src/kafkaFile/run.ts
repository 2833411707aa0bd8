import type { Capabilities, NewRecord, Payload, RecordHeader } from '../core/kafka';
import type { PayloadFormat } from '../core/message/codec';
import { carried, encode } from '../core/message/codec';
import type { ReadFrom, ReadRequest } from '../core/read/reader';
import type { TimeContext } from '../core/time/parse';
import type { ConsumerBlock, ProducerBlock } from './parser';
import type { Problem } from './problems';
import { isBlocking } from './problems';
import type { RenderContext, TemplateFaker } from './render';
import { render, usesFaker } from './render';
import type { ConsumerSettings, ProducerSettings } from './settings';
import { readConsumer, readProducer } from './settings';
import { unsupported } from './support';
import type { Text } from './text';
import type { Position } from './values';

/** Loads the faker library, when it is first needed, and returns it for a language. */
export async function loadFaker(locale: string): Promise<TemplateFaker> {
  const { openFaker } = await import('./faker');
  return openFaker(locale);
}

export interface RunOptions {
  readonly capabilities: Pick<Capabilities, 'produce'>;
  /** How many records to make. Default: one. */
  readonly count?: number;
  /** The number of the first record, for a run that is made in parts. Default: 0. */
  readonly startIndex?: number;
  /** The seed of the run, see `newSeed`. The same seed gives the same records. */
  readonly seed: readonly number[];
  /** Epoch milliseconds. Default: the time at which each record is made. */
  readonly now?: number;
  /** Whether templates are filled in. Default: true. */
  readonly templates?: boolean;
  /** Needed if `needsFaker` returns true. */
  readonly faker?: TemplateFaker;
  /** Environment variables for `{{$env.NAME}}`. */
  readonly env: (name: string) => string | undefined;
}

/** The records of a block, or the problems because of which no record of it may be sent. */
export type Produced =
  | { readonly topic: string; readonly records: readonly NewRecord[]; readonly problems?: never }
  | { readonly records?: never; readonly problems: readonly Problem[] };

/** Returns whether faker must be loaded to fill in the templates of a block. */
export function needsFaker(block: ProducerBlock): boolean {
  const { key, value, headers } = readProducer(block).settings;
  return [key, value, ...headers.map((header) => header.value)].some(
    (text) => text !== undefined && usesFaker(text.text),
  );
}

/**
 * Returns the records of a PRODUCER block, ready to be sent to this cluster: templates are filled
 * in, text is encoded as bytes, and the proxy's capabilities are checked.
 */
export function toRecords(block: ProducerBlock, options: RunOptions): Produced {
  const { topic, settings, problems } = runnable(block, options);
  if (topic === undefined) return { problems };
  const records: NewRecord[] = [];
  for (let number = 0; number < (options.count ?? 1); number += 1) {
    const { record, problem } = toRecord(settings, number, options);
    if (problem) return { problems: [problem] };
    records.push(record);
  }
  return { topic, records };
}

/** A record as it would be sent, and the text of its key and value before they are encoded. */
export interface Preview {
  readonly topic: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly record: NewRecord;
}

/** Returns a preview of the first record that `toRecords` makes with the same options. */
export function previewOf(
  block: ProducerBlock,
  options: RunOptions,
): { readonly preview: Preview } | { readonly problems: readonly Problem[] } {
  const { topic, settings, problems } = runnable(block, options);
  if (topic === undefined) return { problems };
  const made = toRecord(settings, 0, options);
  if (made.problem) return { problems: [made.problem] };
  return { preview: { topic, ...made } };
}

function runnable(
  block: ProducerBlock,
  { capabilities }: RunOptions,
): {
  readonly topic?: string | undefined;
  readonly settings: ProducerSettings;
  readonly problems: readonly Problem[];
} {
  const { settings, problems } = readProducer(block);
  const blocking = [...problems, ...unsupported(block, settings, capabilities)].filter(isBlocking);
  return {
    settings,
    problems: blocking,
    ...(blocking.length === 0 && { topic: settings.topic }),
  };
}

type Made =
  | (Omit<Preview, 'topic'> & { readonly problem?: never })
  | { readonly problem: Problem; readonly record?: never };

/** Carries a problem that was found while a record was made, and that ends the run. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

function toRecord(settings: ProducerSettings, number: number, options: RunOptions): Made {
  const index = (options.startIndex ?? 0) + number;
  const context: RenderContext = {
    index,
    seed: [...options.seed, index],
    now: options.now ?? Date.now(),
    env: options.env,
    faker: options.faker,
  };
  const fill = (text: Text): string => {
    if (options.templates === false) return text.text;
    const rendered = render(text.text, context, text.start);
    if (rendered.problem) throw new Refused(rendered.problem);
    return rendered.text;
  };
  const binary = options.capabilities.produce && options.capabilities.produce.binary;
  try {
    const key = settings.key ? fill(settings.key) : null;
    const value = settings.value ? fill(settings.value) : null;
    if (settings.value && value === '') {
      throw new Refused({
        kind: 'value-empty',
        start: settings.value.start,
        end: settings.value.end,
      });
    }
    // If several headers share a name, the last one counts, as in "Tools for Apache Kafka".
    const named = new Map(settings.headers.map((header) => [header.name.text, fill(header.value)]));
    const headers = [...Array.from(named, toHeader), ...settings.exactHeaders];
    const bytes = (text: string | null, at: Text | undefined, format: PayloadFormat) =>
      text === null || !at ? null : toPayload(text, at, format, binary);
    const record: NewRecord = {
      ...(key && { key: bytes(key, settings.key, settings.keyFormat) }),
      value: bytes(value, settings.value, settings.valueFormat),
      ...(settings.partition !== undefined && { partition: settings.partition }),
      ...(settings.timestamp !== undefined && { timestamp: settings.timestamp }),
      ...(headers.length > 0 && { headers }),
    };
    return { key: key === '' ? null : key, value, record };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem };
    throw error;
  }
}

function toHeader([name, value]: readonly [string, string]): RecordHeader {
  return { name, value: Buffer.from(value) };
}

function toPayload(text: string, at: Text, format: PayloadFormat, binary: boolean): Payload {
  const { payload, problem } = encode(text, format);
  const span = { start: at.start, end: at.end };
  if (problem) {
    const name = format.kind === 'string' ? format.encoding : format.kind;
    throw new Refused({ kind: problem, ...span, name });
  }
  const sent = carried(payload, binary);
  if (sent === undefined) throw new Refused({ kind: 'bytes-unsupported', ...span });
  return sent;
}

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
