import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewRecord } from '../../../../src/core/kafka';
import { type Emulator, type FaceName, startEmulator } from '../../../../src/emulator/server';
import { replay, type WireResponse } from './wireTranscript';

/** How the emulator's face for a real proxy is called, and how an instance of it is created. */
const FACES: Readonly<Record<string, { readonly face: FaceName; readonly create: object }>> = {
  'strimzi-0.33.1': { face: 'strimzi-0.33', create: { 'enable.auto.commit': false } },
  'strimzi-1.1.0': { face: 'strimzi', create: { 'enable.auto.commit': false } },
  'karapace-6.2.0': { face: 'karapace', create: { 'auto.commit.enable': 'false' } },
};

const V2 = { 'Content-Type': 'application/vnd.kafka.v2+json' };
const BINARY = 'application/vnd.kafka.binary.v2+json';
/** The polls waited for a second when they were recorded. */
const POLL_MS = 50;
/** How long a response is waited for that never comes. */
const SILENCE_MS = 200;

/** What a proxy responded when a topic was read through one of its instances. */
interface Reading {
  readonly proxy: string;
  readonly topic: string;
  /** Empty: the default. */
  readonly isolation: string;
  /** Each is a call and, after ` < `, the status and body of its response. */
  readonly steps: readonly string[];
}

function readingsOf(file: string): readonly Reading[] {
  const text = readFileSync(join(import.meta.dirname, 'readings', file), 'utf8');
  return text
    .split(/^== /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...steps] = section.trim().split('\n');
      const [proxy = '', topic = '', isolation = ''] = head.split(' ');
      return { proxy, topic, isolation, steps };
    });
}

/** Fills the topics as they were when they were recorded. */
function fill(emulator: Emulator): void {
  const make = (name: string, records: readonly NewRecord[], firstOffset = 0n): void => {
    emulator.createTopic({ name, replicas: 1, firstOffset });
    emulator.append(name, records);
  };
  const values = (...texts: readonly string[]) => texts.map((value) => ({ value }));
  make('tx', []);
  emulator.transact('tx', values('c0', 'c1', 'c2'))('commit');
  emulator.transact('tx', values('ab0', 'ab1'))('abort');
  emulator.transact('tx', values('last0'))('commit');

  make(
    'cmp',
    Array.from({ length: 30 }, (_, n) => ({ key: `k${n % 3}`, value: `v${n}` })),
  );
  emulator.punch(
    'cmp',
    0,
    Array.from({ length: 26 }, (_, n) => BigInt(n)),
  );

  make('big64', values('a', 'b', 'c', 'd', 'e', 'f', 'g'), 9_007_199_254_740_990n);

  make('nh1', [{ value: 'v', headers: [{ name: 'n', value: null }] }]);
  make('nh2', [
    {
      value: Buffer.from([0, 0xff]),
      headers: [
        { name: 'e', value: Buffer.alloc(0) },
        { name: '', value: Buffer.from('emptyname') },
        { name: '\ufffd\ufffd', value: Buffer.from('badutf8name') },
      ],
    },
  ]);
  make('nh3', [
    { key: 'tomb', value: null },
    { key: null, value: 'nk' },
    { key: '', value: '' },
  ]);
}

describe('What the real proxies gave of', () => {
  const emulators = new Map<string, Emulator>();
  before(async () => {
    for (const [proxy, { face }] of Object.entries(FACES)) {
      const emulator = await startEmulator({ face, auth: 'none', tls: false, samples: false });
      fill(emulator);
      emulators.set(proxy, emulator);
    }
  });
  after(() => Promise.all([...emulators.values()].map((emulator) => emulator.stop())));

  for (const [file, what] of [
    ['gaps.txt', 'transactions and compacted topics'],
    ['null-and-headers.txt', 'nulls and headers'],
    ['int64.txt', 'offsets above 2^53'],
  ] as const) {
    for (const reading of readingsOf(file)) {
      const { proxy, topic, isolation, steps } = reading;
      it(`${what} comes from the face too: ${proxy} ${topic} ${isolation}`.trim(), async () => {
        const emulator = emulators.get(proxy);
        assert.ok(emulator);
        const calls = await openInstance(emulator, reading);
        // How many records a poll has depends on the segments of the broker.
        let recorded = '';
        let polled = '';
        for (const step of steps) {
          const [call = '', expected = ''] = step.split(' < ');
          const got = await calls(call, expected === 'no response' ? SILENCE_MS : undefined);
          if (call !== 'poll' || expected === 'no response') assert.equal(got, expected, call);
          else {
            recorded = joined(recorded, expected);
            polled = joined(polled, got);
          }
        }
        assert.equal(polled, recorded);
      });
    }
  }
});

/**
 * Creates an instance with the partition assigned. The function makes a call of a reading, and
 * returns its status and body in the form of the reading.
 */
async function openInstance(
  emulator: Emulator,
  { proxy, topic, isolation }: Reading,
): Promise<(call: string, limitMs?: number) => Promise<string>> {
  const { endpoint } = emulator.info;
  const name = `i${emulator.instances().length}`;
  const instance = `/consumers/readings/instances/${name}`;
  const send = (
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = V2,
    limitMs?: number,
  ) => replay(endpoint, { method, path, body, headers }, limitMs);
  const settings = {
    ...{ name, format: 'binary', 'auto.offset.reset': 'earliest' },
    ...FACES[proxy]?.create,
    ...(isolation !== '' && { 'isolation.level': isolation }),
  };
  await send('POST', '/consumers/readings', JSON.stringify(settings));
  const assignment = { partitions: [{ topic, partition: 0 }] };
  await send('POST', `${instance}/assignments`, JSON.stringify(assignment));

  return async (call, limitMs) => {
    const [kind = '', offset = ''] = call.split(' ');
    switch (kind) {
      case 'offsets':
        return told(await send('GET', `/topics/${topic}/partitions/0/offsets`));
      case 'seek': {
        const place = `{"topic":"${topic}","partition":0,"offset":${offset}}`;
        const seek = () => send('POST', `${instance}/positions`, `{"offsets":[${place}]}`);
        // Karapace takes some seeks after an assignment to come too early.
        const first = await seek();
        return told(first.status === 409 ? await seek() : first);
      }
      case 'poll': {
        const path = `${instance}/records?timeout=${POLL_MS}`;
        return told(await send('GET', path, undefined, { Accept: BINARY }, limitMs));
      }
      case 'produce': {
        // The records of all proxies went into one topic.
        if (proxy === 'karapace-6.2.0') emulator.append(topic, [{ value: 'h' }]);
        const body = JSON.stringify({ records: [{ value: 'aA==', partition: 0 }] });
        return told(await send('POST', `/topics/${topic}`, body, { 'Content-Type': BINARY }));
      }
      default:
        throw new Error(`There is no call '${call}'.`);
    }
  };
}

function told({ status, body }: WireResponse): string {
  return status === 0 ? 'no response' : `${status} ${body}`.trim();
}

/** Adds the records of a poll to those before, without their times. */
function joined(before: string, response: string): string {
  const [, list] = /^200 \[(.*)\]$/.exec(response) ?? [];
  assert.ok(list !== undefined, response);
  const records = list.replace(/"timestamp":\d+/g, '"timestamp":0');
  return [before, records].filter((text) => text !== '').join(',');
}
