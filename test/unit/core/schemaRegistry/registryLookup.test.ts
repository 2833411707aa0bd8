import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { KafkaError } from '../../../../src/core/errors';
import {
  type SchemaAddress,
  SchemaError,
  type SchemaErrorKind,
} from '../../../../src/core/schemaRegistry/lookup';
import type { SchemaRegistry, SubjectUse } from '../../../../src/core/schemaRegistry/registry';
import { RegistryLookup } from '../../../../src/core/schemaRegistry/registryLookup';
import type { RegisteredSchema, SubjectVersion } from '../../../../src/core/schemaRegistry/schema';

const value = { topic: 'orders', part: 'value' } as const;

function schema(text: string, ...references: readonly string[]): RegisteredSchema {
  return {
    type: 'PROTOBUF',
    text,
    references: references.map((name) => ({ name, subject: name, version: 1 })),
  };
}

/** A registry with one version of each subject, and one schema with an id. */
function registryOf({
  subjects = {},
  byId = schema('message Order {}'),
  uses = [],
}: {
  readonly subjects?: Readonly<Record<string, RegisteredSchema>>;
  readonly byId?: RegisteredSchema | KafkaError;
  readonly uses?: readonly SubjectUse[] | KafkaError;
}) {
  const calls: string[] = [];
  const outcome = <T>(given: T | KafkaError): Promise<T> =>
    given instanceof KafkaError ? Promise.reject(given) : Promise.resolve(given);
  const registry: Pick<SchemaRegistry, 'schema' | 'schemaByGuid' | 'usesOf' | 'version'> = {
    schema: (id) => {
      calls.push(`id ${id}`);
      return outcome(byId);
    },
    schemaByGuid: () => outcome(byId),
    usesOf: () => outcome(uses),
    version: (subject, version) => {
      calls.push(`${subject}@${version}`);
      const found = new Map(Object.entries(subjects)).get(subject);
      const facts: Omit<SubjectVersion, 'schema'> = { subject, version: 1, id: 5 };
      return outcome(found ? { ...facts, schema: found } : new KafkaError('not-found'));
    },
  };
  return { lookup: new RegistryLookup(registry), calls };
}

const byId: SchemaAddress = { by: 'id', id: 7 };

async function failsWith(found: Promise<unknown>, kind: SchemaErrorKind): Promise<SchemaError> {
  try {
    await found;
  } catch (error) {
    assert.ok(error instanceof SchemaError, String(error));
    assert.equal(error.kind, kind);
    return error;
  }
  throw new Error('It was found.');
}

describe('finding schemas in a registry', () => {
  it('puts each import after those that it needs itself', async () => {
    const { lookup } = registryOf({
      byId: schema('top', 'a', 'b'),
      subjects: { a: schema('A', 'c'), b: schema('B', 'c'), c: schema('C') },
    });
    const { schema: whole, id } = await lookup.find(byId, value);
    assert.equal(id, 7);
    assert.deepEqual(whole.imports, [
      { name: 'c', text: 'C' },
      { name: 'a', text: 'A' },
      { name: 'b', text: 'B' },
    ]);
  });

  it('tells the name that fits where the schema is used', async () => {
    const named = { ...schema('package contoso;\nmessage Order {}') };
    const nameFor = async (uses: readonly string[], use: typeof value | { part: 'key' }) => {
      const all = uses.map((each) => {
        const [subject = '', version] = each.split('@');
        return { subject, version: Number(version) };
      });
      const { lookup } = registryOf({ byId: named, uses: all });
      const { subject, version } = await lookup.find(byId, { topic: 'orders', ...use });
      return `${subject}@${version}`;
    };
    const both = ['other@1', 'orders-key@2', 'orders-value@3'];
    assert.equal(await nameFor(both, value), 'orders-value@3');
    assert.equal(await nameFor(both, { part: 'key' }), 'orders-key@2');
    assert.equal(await nameFor(['other@1', 'contoso.Order@4'], value), 'contoso.Order@4');
    assert.equal(
      await nameFor(['contoso.Order@4', 'orders-contoso.Order@2'], value),
      'orders-contoso.Order@2',
    );
    assert.equal(await nameFor(['other@1', 'other@2'], value), 'other@2');
    assert.equal(await nameFor([':.staging:orders-value@1'], value), ':.staging:orders-value@1');
  });

  it('does without names that the registry does not tell', async () => {
    const { lookup } = registryOf({ uses: new KafkaError('forbidden') });
    const { id, subject } = await lookup.find(byId, value);
    assert.deepEqual([id, subject], [7, undefined]);
  });

  it('finds a version of a subject', async () => {
    const { lookup, calls } = registryOf({ subjects: { orders: schema('message Order {}') } });
    const address = { by: 'subject', subject: 'orders' } as const;
    const found = await lookup.find(address, value);
    assert.deepEqual([found.id, found.version], [5, 1]);
    await lookup.find({ ...address, version: 1 }, value);
    assert.deepEqual(calls, ['orders@latest', 'orders@1']);
  });

  it('finds a schema by its guid, without a name', async () => {
    const { lookup } = registryOf({ byId: schema('message Order {}') });
    assert.deepEqual(await lookup.find({ by: 'guid', guid: 'ab' }, value), {
      schema: { type: 'PROTOBUF', text: 'message Order {}', imports: [] },
    });
    const gone = registryOf({ byId: new KafkaError('not-found') }).lookup;
    const byGuid = await failsWith(gone.find({ by: 'guid', guid: 'ab' }, value), 'not-found');
    assert.equal(byGuid.message, 'the registry has no schema ab');
    const byFile = await failsWith(gone.find({ by: 'file', file: 'a.avsc' }, value), 'not-found');
    assert.equal(byFile.message, 'a.avsc is not in the registry');
    assert.equal(byFile.name, 'SchemaError');
  });

  it('says that a schema is too large', async () => {
    const cause = new KafkaError('response-too-large');
    const error = await failsWith(registryOf({ byId: cause }).lookup.find(byId, value), 'invalid');
    assert.equal(error.message, 'schema 7 is too large');
    assert.equal(error.cause, cause);
  });

  it('asks anew for the latest version after a while, and not for a given one', async () => {
    const { lookup, calls } = registryOf({ subjects: { orders: schema('message Order {}') } });
    let now = 0;
    mock.method(performance, 'now', () => now);
    const address = { by: 'subject', subject: 'orders' } as const;
    for (now of [0, 1000, 3_600_000]) {
      await lookup.find(address, value);
      await lookup.find({ ...address, version: 1 }, value);
    }
    mock.restoreAll();
    assert.deepEqual(calls, ['orders@latest', 'orders@1', 'orders@latest']);
  });

  it('tells a name for each place where an id is used', async () => {
    const uses = ['orders-value', 'orders-key'].map((subject) => ({ subject, version: 1 }));
    const { lookup, calls } = registryOf({ uses });
    const names = await Promise.all(
      (['key', 'value'] as const).map(async (part) => {
        const { subject } = await lookup.find(byId, { topic: 'orders', part });
        return subject;
      }),
    );
    assert.deepEqual(names, ['orders-key', 'orders-value']);
    assert.deepEqual(calls, ['id 7', 'id 7']);
  });

  it('fails with what is no failure of the registry as it is', async () => {
    const mistake = new TypeError('mistake');
    const broken = new RegistryLookup({
      usesOf: () => Promise.reject(mistake),
      schema: () => Promise.resolve(schema('')),
      schemaByGuid: () => Promise.reject(mistake),
      version: () => Promise.reject(mistake),
    });
    await assert.rejects(broken.find(byId, value), mistake);
    await assert.rejects(broken.find({ by: 'guid', guid: 'ab' }, value), mistake);
  });

  it('asks once for what it has found, and for what is missing', async () => {
    const there = registryOf({});
    await Promise.all([there.lookup.find(byId, value), there.lookup.find(byId, value)]);
    await there.lookup.find(byId, value);
    assert.deepEqual(there.calls, ['id 7']);
    const gone = registryOf({ byId: new KafkaError('not-found') });
    for (let times = 0; times < 3; times += 1) {
      await failsWith(gone.lookup.find(byId, value), 'not-found');
    }
    assert.deepEqual(gone.calls, ['id 7']);
  });

  it('keeps the failure of the registry as the cause', async () => {
    const cause = new KafkaError('unavailable', { status: 503, detail: 'no leader' });
    const error = await failsWith(
      registryOf({ byId: cause }).lookup.find(byId, value),
      'unreachable',
    );
    assert.equal(error.cause, cause);
    assert.equal(
      error.message,
      'the schema registry does not respond (schema 7, no leader); try again later',
    );
  });

  const failures = [
    [
      new KafkaError('secret-missing'),
      'nobody is signed in to the schema registry (schema 7); sign in',
    ],
    [
      new KafkaError('credential-expired', { detail: '2026-01-01' }),
      'the schema registry could not be asked (schema 7, 2026-01-01); expand Schemas of the cluster to see why',
    ],
    [
      new KafkaError('ca-file', { detail: 'EIO' }),
      'the CA file of the schema registry cannot be used (schema 7, EIO); check the file',
    ],
    [
      new KafkaError('secrets-locked', { detail: 'EIO' }),
      'the secret storage of VS Code fails (schema 7, EIO); unlock the keyring',
    ],
  ] as const;
  for (const [cause, told] of failures) {
    it(`says in words that it failed with ${cause.kind}`, async () => {
      const { lookup } = registryOf({ byId: cause });
      const { message } = await failsWith(lookup.find(byId, value), 'unreachable');
      assert.equal(message, told);
    });
  }

  it('asks again for what it could not tell, once that is wanted', async () => {
    const { lookup, calls } = registryOf({ byId: new KafkaError('timeout') });
    const first = await failsWith(lookup.find(byId, value), 'unreachable');
    assert.equal(await failsWith(lookup.find(byId, value), 'unreachable'), first);
    const before = calls.length;
    lookup.forgetFailures();
    await failsWith(lookup.find(byId, value), 'unreachable');
    assert.ok(calls.length > before);
  });

  it('says so if there is no such schema, or one that it refers to', async () => {
    const nowhere = { by: 'subject', subject: 'nope' } as const;
    const error = await failsWith(registryOf({}).lookup.find(nowhere, value), 'not-found');
    assert.match(error.message, /nope@latest/);
    const incomplete = registryOf({ byId: schema('top', 'gone') });
    await failsWith(incomplete.lookup.find(byId, value), 'not-found');
  });

  it('refuses references in a circle, and too many of them', async () => {
    const circle = registryOf({
      byId: schema('top', 'a'),
      subjects: { a: schema('A', 'b'), b: schema('B', 'a') },
    });
    await failsWith(circle.lookup.find(byId, value), 'invalid');
    const names = Array.from({ length: 201 }, (_, n) => `part-${n}`);
    const many = registryOf({
      byId: schema('top', ...names),
      subjects: Object.fromEntries(names.map((name) => [name, schema(name)])),
    });
    await failsWith(many.lookup.find(byId, value), 'invalid');
  });
});
