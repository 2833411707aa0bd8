import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { KafkaError } from '../../../../src/core/errors';
import { SchemaError } from '../../../../src/core/schemaRegistry/lookup';
import type { SchemaRegistry } from '../../../../src/core/schemaRegistry/registry';
import { RegistryLookup } from '../../../../src/core/schemaRegistry/registryLookup';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { connectToRegistryWith } from '../../../../src/ui/clusters/registry/connectToRegistry';
import { type FaultProxy, startFaultProxy } from '../../../support/faults/faultProxy';
import type { Outcome, Row } from '../rows';
import { registryRows } from './rows';

const PASSWORD = 'c4n4ry~S3cret+/=&%"\\ü.';

describe('a schema registry under every fault', () => {
  let emulator: Emulator;
  let between: FaultProxy;
  let id: number;
  const known = 'known-value';
  let number = 0;

  const newSchema = (): RegisteredSchema => ({
    type: 'AVRO',
    text: `{"type":"fixed","name":"F${++number}","size":4}`,
    references: [],
  });

  before(async () => {
    emulator = await startEmulator({
      auth: 'none',
      registry: { auth: 'basic', password: PASSWORD },
    });
    const { endpoint = '' } = emulator.info.schemaRegistry ?? {};
    between = await startFaultProxy({ info: { ...emulator.info, endpoint } });
    id = emulator.schemas.register(known, newSchema()).id;
  });

  after(async () => {
    await between.close();
    await emulator.stop();
  });

  /** Returns what an operation told, which must not hold the password. */
  async function told(
    { fault }: Row,
    operate: (registry: SchemaRegistry) => Promise<unknown>,
    times = Infinity,
  ): Promise<Outcome> {
    const { endpoint, caFile } = between.info;
    const traces: string[] = [];
    const options = {
      ...{ requestTimeoutMs: 1500, connectTimeoutMs: 1000, retries: 1, backoffMs: 10 },
      log: { trace: (line: string) => traces.push(line) },
    };
    const registry = connectToRegistryWith(() => options)(
      {
        ...{ endpoint, signIn: { kind: 'basic', username: 'kafka' }, protection: 'none' },
        ...(caFile !== null && { caFile }),
      },
      () => Promise.resolve(PASSWORD),
    );
    const struck = fault();
    let left = times;
    between.plan = ({ kind, server }) => {
      if (struck && 'connect' in struck !== (kind === 'connection')) return undefined;
      return server === 'proxy' && left-- > 0 ? struck : undefined;
    };
    try {
      await operate(registry);
      return 'ok';
    } catch (error) {
      const cause = error instanceof SchemaError ? error.cause : error;
      assert.ok(cause instanceof KafkaError, inspect(error));
      const said = inspect([error, traces], { depth: 9 });
      for (const piece of [
        PASSWORD,
        'S3cret',
        Buffer.from(`kafka:${PASSWORD}`).toString('base64'),
      ]) {
        assert.ok(!said.includes(piece), said);
      }
      return cause.kind;
    } finally {
      registry.dispose();
      between.plan = () => undefined;
    }
  }

  for (const each of registryRows) {
    const times = each.times ?? Infinity;

    it(`${each.name}: finds a schema, or says why not`, async () => {
      const use = { topic: 'known', part: 'value' } as const;
      const outcome = await told(
        each,
        (registry) => new RegistryLookup(registry).find({ by: 'id', id }, use),
        times,
      );
      assert.equal(outcome, each.reads);
    });

    it(`${each.name}: checks a schema and compares versions, or says why not`, async () => {
      const checked = await told(each, (registry) => registry.check(known, newSchema()), times);
      assert.equal(checked, each.reads === 'not-found' ? 'ok' : each.reads);
      const compared = await told(
        each,
        (registry) =>
          Promise.all([
            registry.versions(known),
            registry.version(known, 1),
            registry.compatibility(known),
          ]),
        times,
      );
      assert.equal(compared, each.reads);
      assert.equal(emulator.schemas.versions(known).length, 1);
    });

    it(`${each.name}: registers a schema once, and tells what became of it`, async () => {
      const subject = `subject-${++number}`;
      const outcome = await told(
        each,
        (registry) => registry.register(subject, newSchema()),
        times,
      );
      assert.equal(outcome, each.writes);
      const isThere = emulator.schemas.subjects.includes(subject);
      if (outcome !== 'unclear') assert.equal(isThere, outcome === 'ok');
      if (isThere) assert.equal(emulator.schemas.versions(subject).length, 1);
    });
  }
});
