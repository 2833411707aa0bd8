import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  openEncode,
  PLAIN,
  type PayloadFormat,
  type RecordFormats,
} from '../../../../src/core/message/codec';
import { type DecodedRecord, openDecoder } from '../../../../src/core/message/decoded';
import { KafkaError } from '../../../../src/core/errors';
import { openReader } from '../../../../src/core/read/reader';
import type { KafkaProxy, KafkaRecord } from '../../../../src/core/kafka';
import { encodeRecords } from '../../../../src/core/produce/encodeRecords';
import { produceAll } from '../../../../src/core/produce/produceAll';
import { GUESSED } from '../../../../src/core/read/decoderChoices';
import type { SchemaRegistry } from '../../../../src/core/schemaRegistry/registry';
import { RegistryLookup } from '../../../../src/core/schemaRegistry/registryLookup';
import { openDecodingWorker } from '../../../../src/decoding/decoding';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { connectWith } from '../../../../src/ui/clusters/connect';
import { connectToRegistryWith } from '../../../../src/ui/clusters/registry/connectToRegistry';
import { whyUnencoded } from '../../../../src/ui/produce/misfitWords';
import { lostWorker } from '../../../../src/ui/decoding/lostWorker';
import { describeDecodeProblem } from '../../../../src/ui/words/decodeProblem';
import { checkedFor } from '../../../support/checked';
import { clusterOf, secretsOf } from '../../../support/clusterOf';
import { type BundledWorker, bundleDecodingWorker } from '../../../support/faults/decodingWorker';
import { type Certificates, makeCertificates } from '../../../support/faults/certificates';
import { type FaultProxy, startFaultProxy } from '../../../support/faults/faultProxy';
import { type On, rules } from '../../../support/faults/plans';
import * as faults from '../../../support/faults/faults';
import { once, type Row, row } from '../rows';
import { registryRows } from './rows';

const PASSWORD = 'c4n4ry~S3cret+/=&%"\\ü.';
const V1 = schema('{"name":"id","type":"long"}');
const V2 = schema('{"name":"id","type":"long"},{"name":"n","type":"int","default":0}');
/** In milliseconds: two timeouts one after the other, and what a busy machine takes. */
const BOUND = 15_000;

/** Those of the matrix that depend on what a request means; it has all of them without a schema. */
const proxyRows: readonly Row[] = [
  { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' },
  row(faults.responseLost, 'ok', 'unclear', once),
  row(faults.truncated, 'connection', 'unclear'),
  row(faults.hangAfter, 'timeout', 'unclear'),
  row(faults.forbidden, 'forbidden'),
  row(faults.unavailable, 'unavailable', 'unclear'),
];

const atRegistry: On = ({ server }) => server === 'proxy';

function schema(fields: string) {
  const text = `{"type":"record","name":"Order","fields":[${fields}]}`;
  return { type: 'AVRO', text, references: [] } as const;
}

/** A cluster and its registry, each behind a proxy with faults, for one row. */
interface Place {
  readonly topic: string;
  readonly id: number;
  readonly before: FaultProxy;
  readonly registryBefore: FaultProxy;
  readonly proxy: KafkaProxy;
  readonly registry: SchemaRegistry;
  readonly traces: string[];
}

type Run = (place: Place, calm: () => void) => Promise<unknown>;

describe('messages with a schema under every fault', () => {
  let emulator: Emulator;
  let certificates: Certificates;
  let bundle: BundledWorker;
  let worker: ReturnType<typeof openDecodingWorker>;
  let number = 0;

  before(async () => {
    emulator = await startEmulator({
      ...{ samples: false, face: 'strimzi', auth: 'none' },
      registry: { auth: 'basic', password: PASSWORD },
    });
    certificates = makeCertificates();
    bundle = bundleDecodingWorker();
    worker = openDecodingWorker({ start: bundle.start(), lost: lostWorker });
  });

  after(async () => {
    worker.dispose();
    bundle.remove();
    await emulator.stop();
  });

  async function open(hangs: boolean): Promise<Place> {
    const { endpoint = '' } = emulator.info.schemaRegistry ?? {};
    const before = await startFaultProxy(emulator, { certificates });
    const registryBefore = await startFaultProxy(
      { info: { ...emulator.info, endpoint } },
      { certificates },
    );
    const traces: string[] = [];
    const options = () => ({
      ...{
        requestTimeoutMs: hangs ? 1500 : 8000,
        connectTimeoutMs: 1000,
        retries: 1,
        backoffMs: 10,
      },
      maxResponseBytes: 1024 * 1024,
      log: { trace: (line: string) => traces.push(line) },
    });
    const proxy = connectWith(options)(clusterOf('cell', before.info), secretsOf(before.info));
    const registry = connectToRegistryWith(options)(
      {
        endpoint: registryBefore.info.endpoint,
        signIn: { kind: 'basic', username: 'kafka' },
        protection: 'none',
        ...(registryBefore.info.caFile !== null && { caFile: registryBefore.info.caFile }),
      },
      () => Promise.resolve(PASSWORD),
    );
    const topic = `orders-${number++}`;
    emulator.createTopic({ name: topic, partitions: 1 });
    const { id } = emulator.schemas.register(`${topic}-value`, V1);
    emulator.schemas.register(`${topic}-value`, V2);
    return { topic, id, before, registryBefore, proxy, registry, traces };
  }

  async function close({ before, registryBefore, proxy, registry }: Place): Promise<void> {
    registry.dispose();
    await proxy.dispose();
    await Promise.all([before.close(), registryBefore.close()]);
  }

  /** Runs something with a fault before the registry or the REST proxy, and sees to it that it strikes. */
  async function struck(row: Row, where: 'before' | 'registryBefore', on: On, run: Run) {
    const place = await open(row.hangs ?? row.reads === 'timeout');
    try {
      const fault = row.fault();
      const { times = Infinity } = row;
      if (fault) place[where].plan = rules({ fault, on, times });
      const calm = () => {
        place[where].plan = () => undefined;
      };
      const start = performance.now();
      const said = await run(place, calm);
      const ms = performance.now() - start;
      assert.ok(ms < BOUND, `${Math.round(ms)} ms`);
      const hasStruck = place[where].seen.some((seen) => seen.fault === fault?.name);
      assert.ok(!fault || hasStruck, 'the fault did not strike');
      const all = inspect([said, place.traces], { depth: 9 });
      const pieces = [PASSWORD, 'S3cret', Buffer.from(`kafka:${PASSWORD}`).toString('base64')];
      for (const piece of pieces) assert.ok(!all.includes(piece), all);
    } finally {
      await close(place);
    }
  }

  for (const row of registryRows) {
    it(`registry, ${row.name}: a read goes on, and what is raw is decoded later`, () =>
      struck(row, 'registryBefore', atRegistry, async (place, calm) => {
        const given = fill(emulator, place);
        const records = await readAll(place);
        assert.deepEqual(
          records.map(({ value }) => hexOf(value)),
          given.map(({ value }) => hexOf(value)),
        );
        const formats = [GUESSED, named(place)];
        const first = await Promise.all(formats.map((format) => decoded(place, records, format)));
        calm();
        for (const shown of first) {
          // The bytes are there, whatever is shown.
          assert.deepEqual(
            shown.map(({ raw }) => raw),
            records,
          );
          const [, , , text, tombstone] = shown;
          assert.equal(text?.shown?.value?.text, undefined);
          assert.equal(tombstone?.shown?.value, undefined);
          if (row.times === undefined && row.reads !== 'ok') {
            for (const sentence of shown.slice(0, 3).map(told)) assertSentence(sentence, row);
          } else assert.deepEqual(texts(shown), DECODED);
        }
        // Asked for once more, when the fault has passed.
        const again = await Promise.all(formats.map((format) => decoded(place, records, format)));
        for (const shown of again) assert.deepEqual(texts(shown), DECODED);
        return first;
      }));

    it(`registry, ${row.name}: nothing is sent that is not encoded`, () =>
      struck(row, 'registryBefore', atRegistry, async (place) => {
        const outcome = await produceBySchema(place);
        const log = emulator.stored(place.topic, 0).map(({ value }) => hexOf(value));
        if (row.reads === 'ok') {
          assert.equal(outcome, 'accepted');
          assert.deepEqual(log, [`${framing(place.id + 1)}0204`, `${framing(place.id + 1)}0406`]);
        } else {
          assert.deepEqual(log, []);
          assert.match(
            outcome,
            /^There is no schema for the format "avro": .*orders-\d+-value@latest/,
          );
          assertSentence(outcome, row);
        }
        return outcome;
      }));
  }

  for (const row of proxyRows) {
    it(`REST proxy, ${row.name}: what was read is decoded, and nothing is lost`, () =>
      struck(row, 'before', 'consume', async (place, calm) => {
        fill(emulator, place);
        const outcome = await readAll(place).then(
          (records) => decoded(place, records, GUESSED),
          (error: unknown) => error,
        );
        calm();
        if (row.reads !== 'ok') {
          assert.ok(outcome instanceof KafkaError, inspect(outcome));
          assert.equal(outcome.kind, row.reads);
        } else assert.deepEqual(texts(outcome as readonly DecodedRecord[]), DECODED);
        const all = await decoded(place, await readAll(place), GUESSED);
        assert.deepEqual(texts(all), DECODED);
        return outcome;
      }));

    it(`REST proxy, ${row.name}: what was encoded is sent once, and its fate is told`, () =>
      struck(row, 'before', 'produce', async (place) => {
        const outcome = await produceBySchema(place);
        assert.equal(outcome, row.writes === 'ok' ? 'accepted' : row.writes);
        const log = emulator.stored(place.topic, 0).map(({ value }) => hexOf(value));
        assert.ok(log.length === new Set(log).size && log.length <= 2, String(log));
        if (outcome !== 'unclear') assert.equal(log.length, outcome === 'accepted' ? 2 : 0);
        return outcome;
      }));
  }

  function decoded(place: Place, records: readonly KafkaRecord[], value: PayloadFormat) {
    return openDecoder({ key: GUESSED, value }, contextOf(place))(records);
  }

  function contextOf({ topic, registry }: Place) {
    return { topic, schemas: new RegistryLookup(registry), worker };
  }

  /** Returns what became of two messages: `accepted`, a kind of failure, or why nothing is sent. */
  async function produceBySchema(place: Place): Promise<string> {
    const formats: RecordFormats = { key: PLAIN, value: { kind: 'avro', argument: '' } };
    const value = openEncode(formats.value, { ...contextOf(place), part: 'value' });
    const given = ['{"id":1,"n":2}', '{"id":2,"n":3}'].map((text) => ({ value: text }));
    const { records, misfits } = await encodeRecords(given, { value, binary: true });
    if (misfits) return whyUnencoded({ kind: 'misfits', misfits }, formats, given.length);
    const checked = checkedFor(place.proxy, records);
    const { accepted, unclear, error } = await produceAll(place.proxy, place.topic, checked);
    if (unclear.count > 0) return 'unclear';
    return error?.kind ?? (accepted.count === given.length ? 'accepted' : 'refused');
  }
});

/** What the messages of `fill` are decoded to: the last but one is a text that needs no decoding. */
const DECODED = ['{"id":1}', '{"id":9007199254740993}', '{"id":-1}', undefined, undefined];

function fill(emulator: Emulator, { topic, id }: Place): readonly KafkaValue[] {
  const framed = ['02', '8280808080808020', '01'].map((data) => ({
    value: Buffer.from(framing(id) + data, 'hex'),
  }));
  const given = [...framed, { value: Buffer.from('{"id":"text"}') }, { value: null }];
  emulator.append(topic, given);
  return given;
}

type KafkaValue = Pick<KafkaRecord, 'value'>;

/** In hexadecimal. */
function framing(id: number): string {
  return `00${id.toString(16).padStart(8, '0')}`;
}

function hexOf(value: KafkaRecord['value']): string | null {
  return value === null ? null : Buffer.from(value).toString('hex');
}

function named({ topic }: Place): PayloadFormat {
  return { kind: 'avro', argument: `${topic}-value@1` };
}

async function readAll({ proxy, topic }: Place): Promise<readonly KafkaRecord[]> {
  const records: KafkaRecord[] = [];
  for await (const batch of await openReader(proxy, { topic, from: { at: 'earliest' } })) {
    records.push(...batch);
  }
  return records;
}

function texts(shown: readonly DecodedRecord[]): readonly (string | undefined)[] {
  return shown.map(({ shown: parts }) => parts?.value?.text);
}

function told({ shown }: DecodedRecord): string {
  const problem = shown?.value?.problem;
  return problem ? describeDecodeProblem(problem) : '';
}

/** It says what is wrong, in words. */
function assertSentence(sentence: string, { reads }: Row): void {
  assert.match(sentence, /^(?:the|there|this|schema|nobody)\b.* (?:registry|schema|too large)/i);
  assert.doesNotMatch(sentence, /undefined|\[object|\.\.|: \.|NaN/);
  assert.ok(!sentence.endsWith(`: ${reads}`), sentence);
  if (!/too large$|has no schema|has no orders/.test(sentence))
    assert.match(sentence, /; (?:try|check|enter|ask) /);
}
