import type { Offset } from '../kafka';
import {
  formatText,
  namesFile,
  parseFormat,
  type PayloadFormat,
  type RecordFormats,
} from '../message/codec';
import {
  array,
  digits,
  map,
  object,
  type Optional,
  optional,
  type Schema,
  string,
} from '../schema';
import { isTopicName } from '../text/topicName';
import { visible } from '../text/visible';
import { GUESSED } from './decoderChoices';
import type { ReadFrom, ReadRequest } from './request';

/** The place of one message. */
export interface MessagePlace {
  readonly partition: number;
  readonly offset: Offset;
}

/** What a link opens: messages of a topic. It names a cluster and says nothing about signing in. */
export interface ViewLink {
  /** The name of the cluster on the computer where the link was made. */
  readonly cluster?: string;
  /** The address of its REST proxy. At least one of the two is there. */
  readonly endpoint?: string;
  readonly topic: string;
  /** Missing: what the person who opens the link chooses. */
  readonly request?: ReadRequest;
  /** The partitions, if no request names them. */
  readonly partitions?: readonly number[];
  readonly formats?: Partial<RecordFormats>;
  readonly filter?: string;
  /** The message to select. */
  readonly message?: MessagePlace;
}

/** Why a link cannot be used, and the name of the member that is wrong. */
export interface LinkProblem {
  readonly problem: 'too-long' | 'unknown' | 'repeated' | 'missing' | 'invalid';
  readonly member: string;
}

/** How many messages are read around one that a link points at. */
const AROUND = 100;

/** Returns the request for a message, and for those before and after it in its partition. */
export function around(topic: string, { partition, offset }: MessagePlace): ReadRequest {
  const before = BigInt(AROUND / 2);
  const from = { offset: offset > before ? offset - before : 0n };
  return { topic, partitions: [partition], from, maxRecords: AROUND };
}

/** Whether a request reads other messages as new ones arrive. */
export function isRelative({ from, newest }: ReadRequest): boolean {
  return newest !== undefined || 'latestMinus' in from;
}

/** The maximum length of what a link says. Browsers and VS Code take as much. */
export const MAX_LINK = 8_000;
const MAX_NAME = 1_000;
const MAX_PARTITIONS = 1_000;

/** A member that VS Code adds to choose the window. */
const FOR_VSCODE = 'windowId';

/**
 * Returns the query of a link, such as `cluster=contoso&topic=orders&from=latest-100&newest=100`.
 * VS Code decodes the query as a whole before it hands it on, so that characters with a meaning in
 * it are encoded twice. It may be longer than `MAX_LINK`, or hold a name that `readLink` refuses.
 */
export function writeLink(link: ViewLink): string {
  const { request, formats, message } = link;
  const { partitions = request?.partitions } = link;
  const members: readonly (readonly [string, string | undefined])[] = [
    ['cluster', link.cluster],
    ['endpoint', link.endpoint],
    ['topic', link.topic],
    ['partitions', partitions?.join()],
    ...(request ? rangeMembers(request) : []),
    ['key', formatIn(formats?.key)],
    ['value', formatIn(formats?.value)],
    ['filter', link.filter || undefined],
    ['message', message && `${message.partition}@${String(message.offset)}`],
  ];
  return members
    .flatMap(([name, text]) => (text === undefined ? [] : [`${name}=${encodedTwice(text)}`]))
    .join('&');
}

/**
 * A link names no file, which the reader may have under the same name or not, and leaves guessing to
 * the reader.
 */
function formatIn(format: PayloadFormat | undefined): string | undefined {
  return !format || format.kind === GUESSED.kind || namesFile(format)
    ? undefined
    : formatText(format);
}

function encodedTwice(text: string): string {
  return encodeURIComponent(text.toWellFormed().replace(/[%&#+]/g, encodeURIComponent));
}

function rangeMembers(request: ReadRequest): readonly (readonly [string, string | undefined])[] {
  const { from, until, untilTime, maxRecords, newest } = request;
  const since = 'offsets' in from ? from.since : undefined;
  return [
    ['from', fromText(from)],
    ['since', since === undefined ? undefined : timeText(since)],
    ['until', until === undefined ? undefined : String(until)],
    ['to', untilTime === undefined ? undefined : timeText(untilTime)],
    ['max', maxRecords?.toString()],
    ['newest', newest?.toString()],
  ];
}

function fromText(from: ReadFrom): string {
  if ('at' in from) return from.at;
  if ('latestMinus' in from) return `latest-${from.latestMinus}`;
  if ('offset' in from) return String(from.offset);
  if ('time' in from) return timeText(from.time);
  return Array.from(from.offsets, ([partition, offset]) => `${partition}@${offset}`).join();
}

/** Returns a time in UTC; times before or after all that dates can say become the nearest one. */
function timeText(time: number): string {
  return new Date(Math.max(-MAX_TIME, Math.min(time, MAX_TIME))).toISOString();
}

const MAX_TIME = 8.64e15;

/**
 * Reads the query of a link as VS Code hands it on, decoded once. Anybody may have written it, so
 * each member is checked, and one that is unknown here makes the link unusable.
 */
export function readLink(query: string): ViewLink | LinkProblem {
  if (query.length > MAX_LINK) return { problem: 'too-long', member: '' };
  const texts = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const [member = '', ...rest] = part.split('=');
    if (member === FOR_VSCODE) continue;
    if (!Object.hasOwn(members, member)) return { problem: 'unknown', member };
    if (texts.has(member)) return { problem: 'repeated', member };
    const text = decoded(rest.join('='));
    if (text === undefined) return { problem: 'invalid', member };
    texts.set(member, text);
  }
  return fromTexts(texts);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Returns a schema of a member that a link may lack. */
function member<T>(read: (text: string) => T | undefined): Optional<T> {
  return optional(map(string, read));
}

const offset = member(offsetOf);
const time = member(timeOf);
const count = member((text) => numberOf(text) || undefined);
const format = member(formatOf);
const name = member((text) =>
  text !== '' && text.length <= MAX_NAME && visible(text) === text ? text : undefined,
);

const members = {
  cluster: name,
  endpoint: name,
  topic: member((text) => (isTopicName(text) ? text : undefined)),
  partitions: member((text) => listOf(text, numberOf)),
  from: member(fromOf),
  since: time,
  until: offset,
  to: time,
  max: count,
  newest: count,
  key: format,
  value: format,
  filter: member((text) => (/\p{Cc}/u.test(text) ? undefined : text)),
  message: member(placeOf),
};

const whole = object(members);

/** The members that only say more of a range. */
const ofRange = ['since', 'until', 'to', 'max', 'newest'];

function fromTexts(texts: ReadonlyMap<string, string>): ViewLink | LinkProblem {
  for (const [name, read] of Object.entries<Schema<unknown>>(members)) {
    const text = texts.get(name);
    if (text !== undefined && read(text) === undefined) return { problem: 'invalid', member: name };
  }
  const { topic, cluster, endpoint, ...read } = whole(Object.fromEntries(texts)) ?? {};
  if (topic === undefined) return { problem: 'missing', member: 'topic' };
  if (cluster === undefined && endpoint === undefined) {
    return { problem: 'missing', member: 'cluster' };
  }
  const { from, since, until, to, max, newest, partitions, key, value, filter, message } = read;
  if (!from && ofRange.some((name) => texts.has(name))) {
    return { problem: 'missing', member: 'from' };
  }
  const request: ReadRequest | undefined = from && {
    topic,
    from: 'offsets' in from && since !== undefined ? { ...from, since } : from,
    ...(partitions && { partitions }),
    ...(until !== undefined && { until }),
    ...(to !== undefined && { untilTime: to }),
    ...(max !== undefined && { maxRecords: max }),
    ...(newest !== undefined && { newest }),
  };
  return {
    topic,
    ...(cluster !== undefined && { cluster }),
    ...(endpoint !== undefined && { endpoint }),
    ...(request ? { request } : partitions && { partitions }),
    ...((key ?? value) && { formats: { ...(key && { key }), ...(value && { value }) } }),
    ...(filter && { filter }),
    ...(message && { message }),
  };
}

function fromOf(text: string): ReadFrom | undefined {
  if (text === 'earliest') return { at: text };
  const latestMinus = text.startsWith('latest-') ? offsetOf(text.slice(7)) : undefined;
  if (latestMinus !== undefined) return { latestMinus };
  const offset = offsetOf(text);
  if (offset !== undefined) return { offset };
  const time = timeOf(text);
  if (time !== undefined) return { time };
  const places = listOf(text, placeOf);
  if (!places) return undefined;
  const offsets = new Map(places.map(({ partition, offset }) => [partition, offset]));
  return offsets.size === places.length ? { offsets } : undefined;
}

function placeOf(text: string): MessagePlace | undefined {
  const [, first = '', second = ''] = /^(\d+)@(\d+)$/.exec(text) ?? [];
  const [partition, offset] = [numberOf(first), offsetOf(second)];
  return partition === undefined || offset === undefined ? undefined : { partition, offset };
}

function listOf<T>(text: string, read: (item: string) => T | undefined): readonly T[] | undefined {
  return array(map(string, read), MAX_PARTITIONS)(text.split(','));
}

function numberOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function offsetOf(text: string): Offset | undefined {
  const read = digits(text);
  return read === undefined ? undefined : BigInt(read);
}

function timeOf(text: string): number | undefined {
  const time = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text)
    ? Date.parse(text)
    : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function formatOf(text: string): PayloadFormat | undefined {
  const read = parseFormat(text);
  return typeof read === 'string' || namesFile(read) ? undefined : read;
}
