import { KafkaError } from '../../errors';
import type { KafkaRecord, Offset } from '../../kafka';
import type { V2Flavour } from '../v2/flavour';
import type { Instances } from '../v2/instances';
import { readInstance } from '../v2/instanceReader';
import { parsePoll } from '../v2/records';
import type { LogEnds } from '../../kafka';

export interface TimeLookup {
  readonly topic: string;
  readonly partition: number;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly ends: () => Promise<LogEnds>;
  readonly instances: Instances;
  readonly flavour: V2Flavour;
  readonly signal: AbortSignal;
}

/**
 * How much earlier than wanted to begin, in milliseconds. Durations count back from when the bridge
 * polls, by its clock, so that the first attempt may begin too late.
 */
const MARGINS_MS = [2_000, 60_000, 3_600_000, 86_400_000];
/**
 * Times before this one, in epoch milliseconds, are looked for from the first record on: Kafka never
 * responds to the bridge about times before 1970, and the clock of the bridge may be slow by this.
 */
const FIRST_DAY_MS = 86_400_000;
/** How long a poll waits for records that are not older than the duration, in milliseconds. */
const POLL_MS = 500;

/**
 * Returns the first offset whose record has this timestamp or a later one, by a consumer that begins
 * a duration before now; `undefined` if there is none. Rejects if the bridge does not know durations,
 * see `isWithoutDurations`, and if its polls keep having no records although there are some.
 */
export async function lookUpTime(lookup: TimeLookup): Promise<Offset | undefined> {
  for (const isLast of [false, true]) {
    const found = await findTime(lookup);
    if (found !== undefined || !(await endsLater(lookup))) return found;
    if (isLast) break;
  }
  throw new KafkaError('unavailable', { detail: 'polls have no records although there are some' });
}

/**
 * Returns the first offset as polls tell it. The record that it finds, or the one before it, must be
 * older than the time: only then nothing was missed.
 */
async function findTime(lookup: TimeLookup): Promise<Offset | undefined> {
  const { earliest, latest } = await lookup.ends();
  if (earliest === latest) return undefined;
  let found: Offset | undefined;
  for (const margin of MARGINS_MS) {
    const [first] = await recordsSince(lookup, lookup.time - margin);
    if (!first) {
      if (margin > 2_000) return undefined;
      continue;
    }
    if ((first.timestamp ?? -1) < lookup.time) return firstFrom(lookup, first.offset, latest);
    found = first.offset;
    if (first.offset <= earliest || (await isOlder(lookup, first.offset))) return found;
  }
  return found;
}

/** Whether a failure means that the bridge is too old to begin a duration before now. */
export function isWithoutDurations(error: unknown): boolean {
  const { status = 0, detail } = error instanceof KafkaError ? error : { detail: '' };
  return [400, 422, 500].includes(status) && /auto\.offset\.reset|by_duration/.test(detail);
}

/** Returns the first records from a time on, some at least unless there are none. */
async function recordsSince(lookup: TimeLookup, time: number): Promise<readonly KafkaRecord[]> {
  const seconds = (Math.max(0, Date.now() - time) / 1000).toFixed(3);
  const reset = time < FIRST_DAY_MS ? 'earliest' : `by_duration:PT${seconds}S`;
  return pollOnce(lookup, { 'auto.offset.reset': reset });
}

/**
 * Whether the last record is not older than the time. Then polls that had no records were wrong: while
 * a partition has no leader, or is slow, they are empty.
 */
async function endsLater(lookup: TimeLookup): Promise<boolean> {
  const { earliest, latest } = await lookup.ends();
  if (earliest === latest) return false;
  const [last] = await pollOnce(lookup, {}, latest - 1n);
  return last !== undefined && (last.timestamp ?? -1) >= lookup.time;
}

/** Whether the record before an offset is older than the time, or there is none just before it. */
async function isOlder(lookup: TimeLookup, offset: Offset): Promise<boolean> {
  const [before] = await pollOnce(lookup, {}, offset - 1n);
  return before?.offset !== offset - 1n || (before.timestamp ?? -1) < lookup.time;
}

async function pollOnce(
  { topic, partition, flavour, instances, signal }: TimeLookup,
  create: V2Flavour['create'],
  from?: Offset,
): Promise<readonly KafkaRecord[]> {
  const instance = await instances.open(topic, partition, { ...flavour.create, ...create }, signal);
  try {
    if (from !== undefined) await instances.seek(instance, from, flavour, signal);
    const { marginMs } = flavour;
    const { body } = await instances.poll(instance, { waitMs: POLL_MS, marginMs }, signal);
    return parsePoll(body, { topic, partition }).take() ?? [];
  } finally {
    instances.close(instance);
  }
}

/** Returns the first offset from `from` on whose record is not older than the time. */
async function firstFrom(
  lookup: TimeLookup,
  from: Offset,
  until: Offset,
): Promise<Offset | undefined> {
  const { topic, partition, signal } = lookup;
  const range = { topic, partition, from, until };
  for await (const { records } of readInstance({ ...lookup, range, flow: { signal } })) {
    const found = records.find(({ timestamp = -1 }) => timestamp >= lookup.time);
    if (found) return found.offset;
  }
  return undefined;
}
