import assert from 'node:assert/strict';
import { openHttp } from '../../../../src/core/http/client';
import { ConfluentRegistry, MAX_REGISTRY_BYTES } from '../../../../src/core/schemaRegistry/client';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { fails } from '../../../support/fails';
import { answer, type FaultyServer, hang, startFaultyServer } from '../../../support/faultyServer';

const record = (...fields: readonly string[]): RegisteredSchema => ({
  type: 'AVRO',
  text: `{"type":"record","name":"Order","fields":[${fields.join(',')}]}`,
  references: [],
});
const ID = '{"name":"id","type":"long"}';
const NOTE = '{"name":"note","type":"string"}';
const NOTE_OR_EMPTY = '{"name":"note","type":"string","default":""}';

describe('the client of schema registries, with that of the emulator', () => {
  let emulator: Emulator;
  let registry: ConfluentRegistry;

  before(async () => {
    emulator = await startEmulator({ tls: false, auth: 'none', samples: false });
    registry = open(emulator.info.schemaRegistry?.endpoint ?? '');
  });

  after(async () => {
    registry.dispose();
    await emulator.stop();
  });

  it('registers schemas and finds them by subject, version and id', async () => {
    const id = await registry.register('orders-value', record(ID));
    assert.equal(await registry.register('orders-value', record(ID)), id);
    const second = await registry.register('orders-value', record(ID, NOTE_OR_EMPTY));
    assert.deepEqual(await registry.versions('orders-value'), [1, 2]);
    const guidOf = (each: number) => emulator.schemas.schema(each).guid;
    const found = { subject: 'orders-value', version: 2, id: second, guid: guidOf(second) };
    const schema = record(ID, NOTE_OR_EMPTY);
    assert.deepEqual(await registry.version('orders-value', 'latest'), { ...found, schema });
    assert.deepEqual(await registry.version('orders-value', 1), {
      ...{ subject: 'orders-value', version: 1, id, guid: guidOf(id) },
      schema: record(ID),
    });
    assert.deepEqual(await registry.schema(second), schema);
    assert.deepEqual(await registry.usesOf(id), [{ subject: 'orders-value', version: 1 }]);
    assert.deepEqual(await registry.schemaByGuid(guidOf(id)), record(ID));
  });

  it('finds the version of a subject that has a schema', async () => {
    const id = await registry.register('sought', record(ID));
    const { guid } = emulator.schemas.schema(id);
    const found = { subject: 'sought', version: 1, id, guid, schema: record(ID) };
    assert.deepEqual(await registry.find('sought', record(ID)), found);
    assert.equal(await registry.find('sought', record(NOTE)), undefined);
    assert.equal(await registry.find('not-there', record(ID)), undefined);
  });

  it('encodes the names of subjects', async () => {
    for (const subject of ['a/b %+?', ':.ctx:orders', 'Łódź']) {
      await registry.register(subject, record(ID));
      assert.deepEqual(await registry.versions(subject), [1], subject);
      assert.ok((await registry.subjects()).includes(subject));
    }
    await fails(registry.versions('..'), { kind: 'rejected' });
  });

  it('keeps the type and the references of a schema', async () => {
    const customer: RegisteredSchema = {
      type: 'PROTOBUF',
      text: 'syntax = "proto3"; message Customer { string id = 1; }',
      references: [],
    };
    await registry.register('customer', customer);
    const order: RegisteredSchema = {
      type: 'PROTOBUF',
      text: 'syntax = "proto3"; import "customer.proto"; message Order { Customer by = 1; }',
      references: [{ name: 'customer.proto', subject: 'customer', version: 1 }],
    };
    const id = await registry.register('order', order);
    assert.deepEqual(await registry.schema(id), order);
  });

  it('says whether a schema is compatible, and why not', async () => {
    await registry.register('checked', record(ID));
    const { isCompatible, messages } = await registry.check('checked', record(ID, NOTE));
    assert.equal(isCompatible, false);
    assert.match(messages.join(), /READER_FIELD_MISSING_DEFAULT_VALUE.*'note'/);
    const fine = { isCompatible: true, messages: [] };
    assert.deepEqual(await registry.check('checked', record(ID, NOTE_OR_EMPTY)), fine);
    assert.deepEqual(await registry.check('not-there-yet', record(ID)), fine);
    await fails(registry.register('checked', record(ID, NOTE)), {
      ...{ kind: 'rejected', status: 409, dialect: 'schema-registry' },
      detail: /incompatible with an earlier schema/,
    });
  });

  it('tells the level of a subject, or that of the registry', async () => {
    await registry.register('levels', record(ID));
    const level = await registry.compatibility('levels');
    assert.deepEqual(level, { level: 'BACKWARD', isDefault: true });
    emulator.schemas.setLevel('FULL_TRANSITIVE', 'levels');
    const own = await registry.compatibility('levels');
    assert.deepEqual(own, { level: 'FULL_TRANSITIVE', isDefault: false });
  });

  it('fails with what the registry says', async () => {
    const dialect = 'schema-registry';
    await fails(registry.versions('nope'), {
      ...{ kind: 'not-found', status: 404, dialect, detail: "Subject 'nope' not found." },
    });
    await registry.register('few', record(ID));
    await fails(registry.version('few', 9), { kind: 'not-found', detail: 'Version 9 not found.' });
    await fails(registry.schema(999_999), { kind: 'not-found', detail: /Schema 999999 not found/ });
    await fails(registry.register('bad', { ...record(ID), text: '{"type":"rekord"}' }), {
      ...{ kind: 'rejected', status: 422, detail: /Undefined name: "rekord"/ },
    });
  });

  it('does not register anything if it is read-only', async () => {
    const { endpoint = '' } = emulator.info.schemaRegistry ?? {};
    const readOnly = new ConfluentRegistry({ endpoint, http: openHttp(), readOnly: true });
    await fails(readOnly.register('refused', record(ID)), { kind: 'read-only' });
    assert.ok(!emulator.schemas.subjects.includes('refused'));
    readOnly.dispose();
  });
});

describe('the client of schema registries, with any other server', () => {
  let server: FaultyServer;
  let registry: ConfluentRegistry;

  beforeEach(async () => {
    server = await startFaultyServer();
    registry = open(`${server.origin}/apis/ccompat/v7/`);
  });

  afterEach(async () => {
    registry.dispose();
    await server.close();
  });

  const schema = '{"schema":"\\"int\\""}';

  it('asks once for what never changes, also of several at a time', async () => {
    server.will(answer(200, schema));
    const [first, second] = await Promise.all([registry.schema(7), registry.schema(7)]);
    assert.deepEqual([first, second, await registry.schema(7)], Array(3).fill(first));
    assert.deepEqual(first, { type: 'AVRO', text: '"int"', references: [] });
    assert.deepEqual(
      server.arrivals.map(({ path }) => path),
      ['/apis/ccompat/v7/schemas/ids/7'],
    );
    assert.match(
      server.arrivals[0]?.headers.accept ?? '',
      /^application\/vnd\.schemaregistry\.v1\+json/,
    );
  });

  it('goes on for one caller when another gives up', async () => {
    server.will(hang, answer(200, schema));
    const end = new AbortController();
    const given = registry.schema(7, { signal: end.signal });
    const kept = registry.schema(7);
    end.abort();
    await assert.rejects(given, { name: 'AbortError' });
    registry.dispose();
    await fails(kept, { kind: 'closed' });
  });

  it('does not remember failures', async () => {
    server.will(answer(404, '{"error_code":40403,"message":"no"}'), answer(200, schema));
    await fails(registry.schema(7), { kind: 'not-found' });
    assert.equal((await registry.schema(7)).text, '"int"');
  });

  it('refuses responses of another shape, and says which server gave them', async () => {
    const { host } = new URL(server.origin);
    for (const body of ['<html></html>', '{"schema":7}', '{"schema":"x","schemaType":"XML"}']) {
      server.will(answer(200, body));
      await fails(registry.schema(7), { kind: 'protocol', dialect: 'schema-registry', host });
    }
  });

  it('refuses responses that are too large', async () => {
    server.will(answer(200, Buffer.alloc(MAX_REGISTRY_BYTES + 1, 0x20)));
    await fails(registry.subjects(), { kind: 'response-too-large' });
  });

  it('reports a registration without a response as unclear, and does not repeat it', async () => {
    server.will(answer(503));
    await fails(registry.register('s', record(ID)), { kind: 'unclear', status: 503 });
    assert.equal(server.arrivals.length, 1);
  });

  it('does without the names of a schema where the registry does not tell them', async () => {
    server.will(answer(404));
    assert.deepEqual(await registry.usesOf(3), []);
  });
});

function open(endpoint: string): ConfluentRegistry {
  const http = openHttp({ maxResponseBytes: MAX_REGISTRY_BYTES, retries: 0 });
  return new ConfluentRegistry({ endpoint, http });
}
