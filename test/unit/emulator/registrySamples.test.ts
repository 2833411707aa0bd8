import assert from 'node:assert/strict';
import { type Emulator, type FaceName, startEmulator } from '../../../src/emulator/server';

describe('the sample topics with schemas', () => {
  let emulator: Emulator | undefined;

  const start = async (face: FaceName): Promise<Emulator> => {
    emulator = await startEmulator({ face, auth: 'none', tls: false });
    return emulator;
  };
  const valuesOf = ({ stored }: Emulator, topic: string): readonly Buffer[] =>
    stored(topic, 0).map(({ value }) => Buffer.from(value ?? ''));

  afterEach(() => emulator?.stop());

  it('begin with the id of a schema that is registered for their topic', async () => {
    const started = await start('karapace');
    for (const [topic, type] of [
      ['purchases-avro', 'AVRO'],
      ['payments-protobuf', 'PROTOBUF'],
      ['visits-json', 'JSON'],
    ] as const) {
      const values = valuesOf(started, topic);
      assert.ok(values.length > 50);
      for (const value of values) {
        assert.equal(value[0], 0);
        const id = value.readUInt32BE(1);
        assert.equal(started.schemas.schema(id).type, type);
        const subjects = started.schemas.usesOf(id).map(({ subject }) => subject);
        assert.ok(subjects.includes(`${topic}-value`), subjects.join());
      }
    }
  });

  it('hold two versions of one schema, with a reference to another', async () => {
    const started = await start('redpanda');
    const versions = started.schemas.versions('purchases-avro-value');
    const ids = new Set(valuesOf(started, 'purchases-avro').map((value) => value.readUInt32BE(1)));
    assert.deepEqual(
      [...ids],
      versions.map(({ schema }) => schema.id),
    );
    const [reference] = versions[0]?.schema.references ?? [];
    assert.equal(reference?.subject, 'com.contoso.Customer');
  });

  it('are Base64 where a REST proxy carries only text', async () => {
    const started = await start('hdinsight');
    const [first = Buffer.alloc(0)] = valuesOf(started, 'purchases-base64');
    const bytes = Buffer.from(first.toString(), 'base64');
    assert.equal(bytes.toString('base64'), first.toString());
    assert.equal(started.schemas.schema(bytes.readUInt32BE(1)).type, 'AVRO');
  });

  it('are not there without a registry', async () => {
    emulator = await startEmulator({ face: 'karapace', auth: 'none', tls: false, registry: false });
    const { schemaRegistry } = emulator.info;
    assert.equal(schemaRegistry, null);
    assert.deepEqual(emulator.schemas.subjects, []);
    assert.throws(() => emulator?.stored('purchases-avro', 0), /no topic/);
  });
});
