import type { CallOptions, Capabilities, NewRecord, RecordHeader } from '../core/kafka';
import type { PayloadFormat } from '../core/message/codec';
import { encodingProblems, openPart } from './encoding';
import type { TemplateFaker } from './faker/templateFaker';
import type { ProducerBlock } from './file';
import type { Problem } from './problems';
import { isBlocking } from './problems';
import type { RenderContext } from './render';
import { render, usesFaker } from './render';
import type { ProducerSettings } from './settings';
import { type Decoding, withSchemaFormats } from './schemas';
import { readProducer } from './settings';
import { unsupported } from './support';
import type { Text } from './text';

/** Loads the faker library, when it is first needed, and returns it for a language. */
export async function loadFaker(locale: string): Promise<TemplateFaker> {
  const { openFaker } = await import('./faker/library');
  return openFaker(locale);
}

export interface RunOptions extends CallOptions {
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
  /** Where the schemas of the block come from, and what encodes by them. */
  readonly decoding?: Decoding;
  /** Environment variables for `{{$env.NAME}}`. */
  readonly env: (name: string) => string | undefined;
}

/** The records of a block, or the problems because of which no record of it may be sent. */
export type Produced =
  | {
      readonly topic: string;
      readonly records: readonly NewRecord[];
      /** The format of the values. */
      readonly format: PayloadFormat;
      readonly problems?: never;
    }
  | { readonly records?: never; readonly problems: readonly Problem[] };

/** Returns whether faker must be loaded to fill in the templates of a block. */
export function needsFaker(block: ProducerBlock): boolean {
  const { key, value, headers } = readProducer(block).settings;
  return [key, value, ...headers.map((header) => header.value)].some(
    (text) => text !== undefined && usesFaker(text.text),
  );
}

/** How many records are encoded at a time. */
const BATCH_RECORDS = 1000;

/**
 * Returns the records of a PRODUCER block, ready to be sent to this cluster: templates are filled
 * in, text is encoded as bytes, and the proxy's capabilities are checked. Rejects if an encoder
 * fails.
 */
export async function toRecords(block: ProducerBlock, options: RunOptions): Promise<Produced> {
  const { topic, settings, problems } = await runnable(block, options);
  if (topic === undefined) return { problems };
  const make = openMaker(settings, options);
  const records: NewRecord[] = [];
  const { count = 1 } = options;
  while (records.length < count) {
    const end = Math.min(records.length + BATCH_RECORDS, count);
    const { made, problem } = await make(records.length, end);
    if (problem) return { problems: [problem] };
    for (const { record } of made) records.push(record);
  }
  return { topic, records, format: settings.valueFormat };
}

/** A record as it would be sent, and the text of its key and value before they are encoded. */
export interface Preview {
  readonly topic: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly record: NewRecord;
}

/**
 * Returns a preview of the first record that `toRecords` makes with the same options. Rejects if an
 * encoder fails.
 */
export async function previewOf(
  block: ProducerBlock,
  options: RunOptions,
): Promise<{ readonly preview: Preview } | { readonly problems: readonly Problem[] }> {
  const { topic, settings, problems } = await runnable(block, options);
  if (topic === undefined) return { problems };
  const { made, problem } = await openMaker(settings, options)(0, 1);
  const [first] = made;
  if (first) return { preview: { topic, ...first } };
  return { problems: problem ? [problem] : [] };
}

async function runnable(
  block: ProducerBlock,
  options: RunOptions,
): Promise<{
  readonly topic?: string | undefined;
  readonly settings: ProducerSettings;
  readonly problems: readonly Problem[];
}> {
  const { capabilities, signal, decoding = {} } = options;
  const call = signal && { signal };
  const read = readProducer(block);
  const { settings, problems } = await withSchemaFormats(read.settings, decoding, call);
  const { produce } = capabilities;
  const blocking = [
    ...read.problems,
    ...problems,
    ...(await encodingProblems(block, settings, { ...decoding, ...call, produce })),
    ...unsupported(block, settings, capabilities),
  ].filter(isBlocking);
  return {
    settings,
    problems: blocking,
    ...(blocking.length === 0 && { topic: settings.topic }),
  };
}

/** Records, and the problem of the record after them, because of which none may be sent. */
interface Batch {
  readonly made: readonly Omit<Preview, 'topic'>[];
  readonly problem?: Problem;
}

/** Returns a function that makes the records of a block from a number up to before another. */
function openMaker(
  settings: ProducerSettings,
  options: RunOptions,
): (start: number, end: number) => Promise<Batch> {
  const { capabilities, signal, decoding } = options;
  const { produce } = capabilities;
  const binary = produce && produce.binary;
  const call = signal && { signal };
  const encodeKeys = openPart('key', settings, binary, decoding);
  const encodeValues = openPart('value', settings, binary, decoding);
  return async (start, end) => {
    const { drafts, problem } = toDrafts(settings, start, end, options);
    const [keys, values] = await Promise.all([
      encodeKeys(
        drafts.map((draft) => draft.key),
        call,
      ),
      encodeValues(
        drafts.map((draft) => draft.value),
        call,
      ),
    ]);
    const made: Omit<Preview, 'topic'>[] = [];
    for (const [at, { key, value, rest }] of drafts.entries()) {
      const [encodedKey, encodedValue] = [keys[at], values[at]];
      const wrong = encodedKey?.problem ?? encodedValue?.problem;
      if (wrong) return { made, problem: wrong };
      const record: NewRecord = {
        ...(encodedKey && { key: encodedKey.payload }),
        value: encodedValue?.payload ?? null,
        ...rest,
      };
      made.push({ key, value, record });
    }
    return { made, ...(problem && { problem }) };
  };
}

/** A record whose key and value are not encoded yet. */
interface Draft extends Pick<Preview, 'key' | 'value'> {
  readonly rest: Omit<NewRecord, 'key' | 'value'>;
}

/** Returns drafts up to the first one that has a problem. */
function toDrafts(
  settings: ProducerSettings,
  start: number,
  end: number,
  options: RunOptions,
): { readonly drafts: readonly Draft[]; readonly problem?: Problem } {
  const drafts: Draft[] = [];
  try {
    for (let number = start; number < end; number += 1) {
      drafts.push(toDraft(settings, number, options));
    }
  } catch (error) {
    if (error instanceof Refused) return { drafts, problem: error.problem };
    throw error;
  }
  return { drafts };
}

/** Carries a problem that was found while a record was made, and that ends the run. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

/** Throws `Refused`. */
function toDraft(settings: ProducerSettings, number: number, options: RunOptions): Draft {
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
  const key = settings.key ? fill(settings.key) : null;
  const value = settings.value ? fill(settings.value) : null;
  if (settings.value && value === '') {
    const { start, end } = settings.value;
    throw new Refused({ kind: 'value-empty', start, end });
  }
  // If several headers share a name, the last one counts, as in "Tools for Apache Kafka".
  const named = new Map(settings.headers.map((header) => [header.name.text, fill(header.value)]));
  const headers = [...Array.from(named, toHeader), ...settings.exactHeaders];
  return {
    key: key === '' ? null : key,
    value,
    rest: {
      ...(settings.partition !== undefined && { partition: settings.partition }),
      ...(settings.timestamp !== undefined && { timestamp: settings.timestamp }),
      ...(headers.length > 0 && { headers }),
    },
  };
}

function toHeader([name, value]: readonly [string, string]): RecordHeader {
  return { name, value: Buffer.from(value) };
}
