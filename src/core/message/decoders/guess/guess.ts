import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { JsonScanner, JsonSyntaxError } from '../../../json/scanner';
import type { Payload, RecordHeader } from '../../../kafka';
import type { SchemaType } from '../../../schemaRegistry/schema';
import {
  type Decode,
  type DecodedFacts,
  type DecodeOptions,
  type DecoderContext,
  intactBytes,
  type Shown,
  type WorkerCodec,
} from '../decoder';
import { factsMemo } from '../factsMemo';
import { joinFormat } from '../formatName';
import { framedData, type Framing, readFraming } from '../framing';
import { isText } from '../likeness';
import { MAX_TOGETHER } from '../wrappers/unwrap';
import { SchemaTypes } from './schemaTypes';
import { type Core, unwrapAll } from './unwrapAll';

/** The formats that decode what is inside. Each finds its schema by itself. */
type InnerFormat = 'avro' | 'protobuf' | 'json-schema' | 'nested-json';

const formatsOfTypes: Readonly<Record<SchemaType, InnerFormat>> = {
  AVRO: 'avro',
  PROTOBUF: 'protobuf',
  JSON: 'json-schema',
};

const MAX_ID = 2 ** 24;

/** A key or value about which there may be something to say. */
interface Job extends Core {
  readonly at: number;
  readonly headers: readonly RecordHeader[] | undefined;
  readonly framing: Framing | undefined;
}

/**
 * Guesses the format of each payload. Returns nothing for a payload about which there is nothing to
 * say, and a problem only where a payload certainly names a schema.
 */
export const guess: WorkerCodec = {
  openDecode(_, context) {
    const types = new SchemaTypes(context);
    const decodeInner = innerDecoders(context);
    return async (payloads, { headers, ...call }: DecodeOptions = {}) => {
      const shown: (Shown | undefined)[] = payloads.map(() => undefined);
      let room = MAX_TOGETHER;
      const jobs = payloads.flatMap((payload, at) => {
        const job = room > 0 ? jobOf(payload, at, headers?.[at], context) : [];
        for (const { around, bytes } of job) room -= around.length > 0 ? bytes.length : 0;
        return job;
      });
      await types.learn(
        jobs.flatMap(({ framing }) => framing?.address ?? []),
        call,
      );
      const byFormat = new Map<InnerFormat, Job[]>();
      for (const job of jobs) {
        const format = formatOf(job, types);
        if (!format) shown[job.at] = shownAtOnce(job, types);
        else if (!byFormat.get(format)?.push(job)) byFormat.set(format, [job]);
      }
      for (const [format, group] of byFormat) {
        const results = await decodeInner(format, group, call);
        for (const [index, job] of group.entries()) shown[job.at] = accept(results[index], job);
      }
      return shown;
    };
  },
};

type DecodeInner = (
  format: InnerFormat,
  jobs: readonly Job[],
  call: DecodeOptions,
) => ReturnType<Decode>;

/** Returns what decodes keys and values of one format, which is opened when it is first needed. */
function innerDecoders(context: DecoderContext): DecodeInner {
  const opened = new Map<InnerFormat, Decode>();
  return (kind, jobs, call) => {
    const decode = opened.get(kind) ?? context.worker?.openDecode({ kind, argument: '' }, context);
    if (!decode) throw new Error('There is nothing to run the inner format.');
    opened.set(kind, decode);
    const headers = jobs.map((job) => job.headers);
    return decode(
      jobs.map(({ bytes }) => bytes),
      { ...call, headers },
    );
  };
}

function jobOf(
  payload: Payload,
  at: number,
  headers: readonly RecordHeader[] | undefined,
  { part }: DecoderContext,
): readonly Job[] {
  const bytes = intactBytes(payload);
  if (!bytes) return [];
  const core = unwrapAll(bytes);
  return [{ ...core, at, headers, framing: likelyFraming(core, part, headers) }];
}

/**
 * Registries count from 1, and slowly. Data that only begin like a framing mostly have larger ids,
 * and a request for each of them would be too much.
 */
function likelyFraming(
  { bytes }: Core,
  part: DecoderContext['part'],
  headers: Job['headers'],
): Framing | undefined {
  const framing = readFraming(bytes, part, headers);
  if (framing?.address?.by !== 'id' || framing.start === 0) return framing;
  const { id } = framing.address;
  return id > 0 && id < MAX_ID ? framing : undefined;
}

/** Returns the format whose decoder has to say what is shown. */
function formatOf({ framing, mark, around, bytes }: Job, types: SchemaTypes) {
  const type = framing?.address && types.of(framing.address);
  if (typeof type === 'string') return formatsOfTypes[type];
  if (mark === 'avro') return 'avro';
  const isQuoted = around.length === 0 && bytes[0] === 0x22 && isUtf8(bytes);
  return isQuoted && /^"\s*[[{]/.test(bytes.toString('latin1', 0, 16)) ? 'nested-json' : undefined;
}

/** Returns what is shown if no other decoder has to say it. */
function shownAtOnce(job: Job, types: SchemaTypes): Shown | undefined {
  const { framing, around, bytes } = job;
  if (framing && !framing.address) {
    const text = jsonOf(framing, bytes);
    if (text !== undefined) return { text, facts: guessedFacts(JSON_TEXT, around.join(' ')) };
  }
  if (framing && isCertain(framing, job)) {
    const error = framing.address && types.of(framing.address);
    if (typeof error === 'object') return { problem: { kind: 'no-schema', detail: error.phrase } };
    if (framing.address) return undefined;
    const detail = phrase('{0} cannot be looked up in a registry', framing.names);
    return { problem: { kind: 'no-schema', detail } };
  }
  if (around.length === 0 || !isText(bytes)) return undefined;
  return { text: bytes.toString(), facts: guessedFacts(TEXT, around.join(' ')) };
}

/** Passes on what a decoder shows, as a guess. */
function accept(shown: Shown | undefined, job: Job): Shown | undefined {
  if (!shown) return undefined;
  const { framing } = job;
  if (shown.problem && !(framing && isCertain(framing, job))) return undefined;
  const { facts } = shown;
  return facts ? { ...shown, facts: guessedFacts(facts, job.around.join(' ')) } : shown;
}

/**
 * Whether a payload names a schema, and does not only begin as those that do. A 0 may as well be
 * the beginning of a number, above all of one of 8 bytes.
 */
function isCertain({ kind, start, address }: Framing, { around, bytes }: Job): boolean {
  // It stands in a header.
  if (start === 0) return true;
  if (around.includes('base64') || around.includes('hex')) return false;
  if (kind === 'glue') return (bytes[8] ?? 0) >> 4 === 4 && (bytes[10] ?? 0) >> 6 === 0b10;
  if (address?.by === 'guid') return true;
  const isNumber = bytes.length === 5 || bytes.length === 8 || bytes.length === 16;
  return address?.by === 'id' && !isNumber;
}

/** Returns what is framed if it is JSON, which can be shown without its schema. */
function jsonOf(framing: Framing, bytes: Buffer): string | undefined {
  try {
    const data = framedData(bytes, framing);
    if (!isUtf8(data) || !/^\s*[[{]/.test(data.toString('latin1', 0, 8))) return undefined;
    const scanner = new JsonScanner(data.toString());
    scanner.value();
    scanner.expectEnd();
    return scanner.text;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    // The data are not compressed, or would become too large.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

const TEXT: DecodedFacts = { format: 'string', isGuess: true };
const JSON_TEXT: DecodedFacts = { format: 'json-schema', isGuess: true };

/** The facts of a core as those of the whole, of which it was guessed what is around the core. */
const guessedFacts = factsMemo((facts, around) => {
  const names = around === '' ? [] : around.split(' ');
  const format = names.reduceRight((inside, name) => joinFormat(name, inside), facts.format);
  return { ...facts, format, isGuess: true };
});
