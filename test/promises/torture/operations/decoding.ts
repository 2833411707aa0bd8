import assert from 'node:assert/strict';
import { openEncode, PLAIN, type RecordFormats } from '../../../../src/core/message/codec';
import { type DecodedRecord, openDecoder } from '../../../../src/core/message/decoded';
import type { DecoderContext } from '../../../../src/core/message/decoders/decoder';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { encodeRecords } from '../../../../src/core/produce/encodeRecords';
import { produceAll } from '../../../../src/core/produce/produceAll';
import { GUESSED } from '../../../../src/core/read/decoderChoices';
import { openReader } from '../../../../src/core/read/reader';
import type { SchemaRegistry } from '../../../../src/core/schemaRegistry/registry';
import { RegistryLookup } from '../../../../src/core/schemaRegistry/registryLookup';
import { openDecodingWorker } from '../../../../src/decoding/decoding';
import type { StartWorker } from '../../../../src/decoding/worker';
import { connectToRegistryWith } from '../../../../src/ui/clusters/registry/connectToRegistry';
import { lostWorker } from '../../../../src/ui/decoding/lostWorker';
import { whyUnencoded } from '../../../../src/ui/produce/misfitWords';
import { describeDecodeProblem } from '../../../../src/ui/words/decodeProblem';
import { UserError } from '../../../../src/ui/words/report';
import { checkedFor } from '../../../support/checked';
import { type BundledWorker, bundleDecodingWorker } from '../../../support/faults/decodingWorker';
import type { Cell } from '../../faults/cell';
import { type Operation, tell } from '../../faults/operations/operation';
import { failingWorker } from '../seams/workers';

/** The password of the schema registry. */
export const REGISTRY_PASSWORD = 'password-of-the-registry';
const SCHEMA = {
  type: 'AVRO',
  text: '{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}',
  references: [],
} as const;

let bundle: BundledWorker | undefined;

/** Builds what the operations need, before anything is counted; returns what removes it. */
export function prepareDecoding(): () => void {
  const made = (bundle = bundleDecodingWorker());
  return () => {
    made.remove();
  };
}

/** The registry of a cell and a worker, open for one operation. */
interface Open {
  readonly registry: SchemaRegistry;
  readonly context: Pick<DecoderContext, 'schemas' | 'worker'> & { readonly topic: string };
  readonly id: number;
  readonly close: () => void;
}

function open({ emulator, topic }: Cell): Open {
  const { schemaRegistry, caFile } = emulator.info;
  const registry = connectToRegistryWith(() => ({ retries: 1, backoffMs: 10 }))(
    {
      endpoint: schemaRegistry?.endpoint ?? '',
      signIn: { kind: 'basic', username: 'kafka' },
      protection: 'none',
      ...(caFile !== null && { caFile }),
    },
    () => Promise.resolve(REGISTRY_PASSWORD),
  );
  const { id } = emulator.schemas.register(`${topic}-value`, SCHEMA);
  assert.ok(bundle);
  const start: StartWorker = failingWorker(bundle.start());
  const worker = openDecodingWorker({ start, lost: lostWorker, heldUpMs: 2_000 });
  const close = (): void => {
    worker.dispose();
    registry.dispose();
  };
  return { registry, context: { topic, schemas: new RegistryLookup(registry), worker }, id, close };
}

/** Messages are read whatever becomes of their decoding, and what is shown as bytes is decoded later. */
export const decode: Operation = {
  name: 'decode',
  strikes: 'consume',
  from: 1,
  says: /^(Could not [^:]+: .+\. [A-Z].+\.|(the|this|schema) .+; (try|check) .+|it could not be decoded: the decoder does not start; reload the window|it is too large to be decoded)$/,
  run: async (cell) => {
    const { proxy, emulator, topic, signal } = cell;
    const { registry, context, id, close } = open(cell);
    const framing = `00${id.toString(16).padStart(8, '0')}`;
    const given = ['02', '04', '06'].map((data) => Buffer.from(framing + data, 'hex'));
    emulator.append(
      topic,
      given.map((value) => ({ value, partition: 0 })),
    );
    const show = async (use = context): Promise<readonly DecodedRecord[]> => {
      const records: KafkaRecord[] = [];
      const reader = await openReader(proxy, { topic, from: { at: 'earliest' } }, { signal });
      for await (const batch of reader) records.push(...batch);
      const decoding = openDecoder({ key: PLAIN, value: GUESSED }, use);
      const shown = await decoding(records, signal);
      assert.deepEqual(
        shown.map(({ raw }) => raw),
        records,
      );
      assert.equal(records.length, given.length);
      return shown;
    };
    let shown: readonly DecodedRecord[] = [];
    const told = await tell(cell, 'consume messages', async () => {
      shown = await show();
    });
    const [problem] = shown.flatMap((each) => each.shown?.value?.problem ?? []);
    return {
      ...told,
      ...(problem && { outcome: 'raw', message: describeDecodeProblem(problem) }),
      verify: async () => {
        try {
          assert.ok(told.outcome !== 'ok' || problem || texts(shown).length === given.length);
          // A failure is remembered for some seconds.
          const anew = { ...context, schemas: new RegistryLookup(registry) };
          assert.deepEqual(texts(await show(anew)), ['{"id":1}', '{"id":2}', '{"id":3}']);
        } finally {
          close();
        }
      },
    };
  },
};

function texts(shown: readonly DecodedRecord[]): readonly string[] {
  return shown.flatMap(({ shown: parts }) => parts?.value?.text ?? []);
}

/** Nothing is sent that is not encoded, and what is sent is there once. */
export const encode: Operation = {
  name: 'encode and produce',
  strikes: 'produce',
  from: 1,
  run: async (cell) => {
    const { proxy, topic, emulator, signal } = cell;
    const { context, id, close } = open(cell);
    const given = ['{"id":1}', '{"id":2}'].map((text) => ({ value: text, partition: 0 }));
    let unclear = false;
    const told = await tell(cell, 'produce the messages', async () => {
      const formats: RecordFormats = { key: PLAIN, value: { kind: 'avro', argument: '' } };
      const value = openEncode(formats.value, { ...context, part: 'value' });
      const { records, misfits } = await encodeRecords(given, { value, binary: true });
      if (misfits) {
        const why = whyUnencoded({ kind: 'misfits', misfits }, formats, given.length);
        throw new UserError(why, 'Change them');
      }
      const outcome = await produceAll(proxy, topic, checkedFor(proxy, records), { signal });
      unclear = outcome.unclear.count > 0;
      if (outcome.error) throw outcome.error;
    });
    return {
      ...told,
      verify: () => {
        close();
        const log = emulator
          .stored(topic, 0)
          .map(({ value }) => Buffer.from(value ?? '').toString('hex'));
        const framing = `00${id.toString(16).padStart(8, '0')}`;
        const all = [`${framing}02`, `${framing}04`];
        if (told.outcome === 'ok') assert.deepEqual(log, all);
        else if (!unclear) assert.deepEqual(log, []);
        else
          assert.ok(log.length === 0 || JSON.stringify(log) === JSON.stringify(all), String(log));
      },
    };
  },
};

/** What a registry holds is shown whole, or not at all. */
export const browse: Operation = {
  name: 'browse a schema registry',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { registry, id, close } = open(cell);
    const subject = `${cell.topic}-value`;
    const { signal } = cell;
    const told = await tell(cell, 'show the schemas', async () => {
      assert.ok((await registry.subjects({ signal })).includes(subject));
      assert.deepEqual(await registry.versions(subject, { signal }), [1]);
      const { schema } = await registry.version(subject, 'latest', { signal });
      assert.equal(schema.text, SCHEMA.text);
      const uses = await registry.usesOf(id, { signal });
      assert.ok(uses.some((use) => use.subject === subject));
      assert.equal((await registry.compatibility(subject, { signal })).level, 'BACKWARD');
      const { isCompatible } = await registry.check(subject, SCHEMA, { signal });
      assert.ok(isCompatible);
    });
    return {
      ...told,
      verify: () => {
        close();
      },
    };
  },
};

/** A schema that is said to be registered is there once, and one that is said not to be is not. */
export const register: Operation = {
  name: 'register a schema',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { registry, close } = open(cell);
    const subject = `${cell.topic}-new`;
    const told = await tell(cell, 'register the schema', async () => {
      await registry.register(subject, SCHEMA);
    });
    return {
      ...told,
      verify: () => {
        close();
        const { schemas } = cell.emulator;
        const isThere = schemas.subjects.includes(subject);
        if (told.outcome !== 'unclear') assert.equal(isThere, told.outcome === 'ok');
        if (isThere) assert.equal(schemas.versions(subject).length, 1);
      },
    };
  },
};
