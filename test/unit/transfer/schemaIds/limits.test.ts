import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import { inEnglish } from '../../../../src/core/phrase';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { IdProblemError } from '../../../../src/transfer/schemaIds/problem';
import {
  type MissingSchema,
  TargetSchemas,
} from '../../../../src/transfer/schemaIds/targetSchemas';

type Versions = Readonly<Record<string, readonly RegisteredSchema[]>>;

const schema = (text: string, ...subjects: readonly string[]): RegisteredSchema => ({
  type: 'AVRO',
  text,
  references: subjects.map((subject) => ({ name: subject, subject, version: 1 })),
});

/** Two registries in memory. What is registered in the second one is found there. */
function open(
  source: Versions,
  target: Record<string, RegisteredSchema[]> = {},
  verdict: Partial<{ messages: readonly string[]; error: Error; lost: boolean }> = {},
) {
  const asked: string[] = [];
  const find = (subject: string, wanted: RegisteredSchema) => {
    const all = target[subject] ?? [];
    const version = all.findIndex(({ text }) => text === wanted.text) + 1;
    const found = { subject, version, id: version, schema: wanted };
    return Promise.resolve(version > 0 ? found : undefined);
  };
  const register = (subject: string, wanted: RegisteredSchema) => {
    if (verdict.error) return Promise.reject(verdict.error);
    if (!verdict.lost) (target[subject] ??= []).push(wanted);
    return Promise.resolve(9);
  };
  const check = () => {
    const { messages = [] } = verdict;
    return Promise.resolve({ isCompatible: messages.length === 0, messages });
  };
  const schemas = new TargetSchemas(
    {
      version: (subject, version) => {
        const found = source[subject]?.[Number(version) - 1];
        if (!found) return Promise.reject(new KafkaError('not-found'));
        return Promise.resolve({ subject, version: Number(version), id: 1, schema: found });
      },
      versions: (subject) => Promise.resolve((source[subject] ?? []).map((_, at) => at + 1)),
    },
    { find },
    (missing) => {
      asked.push(...missing.map(({ subject, from }) => `${subject}@${from?.version ?? '?'}`));
      return Promise.resolve({ check, register });
    },
  );
  return { schemas, asked };
}

const of = (subject: string, wanted: RegisteredSchema, version?: number): MissingSchema => ({
  subject,
  schema: wanted,
  ...(version !== undefined && { from: { subject, version } }),
});

async function problem(required: Promise<unknown>): Promise<string> {
  try {
    await required;
  } catch (error) {
    assert.ok(error instanceof IdProblemError, String(error));
    const { problem: found } = error;
    if (found.kind === 'unusable') return inEnglish(found.detail);
    return found.kind === 'refused' ? `${found.subject}: ${found.detail}` : found.kind;
  }
  throw new Error('It was possible.');
}

describe('What another registry needs for a schema', () => {
  const chain = (length: number): Versions =>
    Object.fromEntries(
      Array.from({ length }, (_, at) => [
        String(at),
        [at + 1 < length ? schema(`${at}`, String(at + 1)) : schema(`${at}`)],
      ]),
    );

  it('is a chain of at most 50 references', async () => {
    const { schemas, asked } = open(chain(50));
    await schemas.require(of('main', schema('main', '0')), {});
    assert.equal(asked.length, 51);
    assert.deepEqual([asked[0], asked.at(-1)], ['49@1', 'main@?']);
    assert.equal(schemas.registered, 51);
    const deeper = open(chain(51)).schemas.require(of('main', schema('main', '0')), {});
    assert.equal(await problem(deeper), 'the references of 50 are too deep');
  });

  it('is at most 200 schemas beside it', async () => {
    const many = (count: number) => {
      const names = Array.from({ length: count }, (_, at) => `s${at}`);
      const source = Object.fromEntries(names.map((name) => [name, [schema(name)]]));
      return open(source).schemas.require(of('main', schema('main', ...names)), {});
    };
    assert.equal((await many(199)).subject, 'main');
    assert.equal(await problem(many(200)), 'main needs too many schemas');
    const versions = (count: number) => {
      const all = Array.from({ length: count }, (_, at) => schema(String(at)));
      return open({ main: all }).schemas.require(of('main', schema('last'), count + 1), {});
    };
    assert.equal((await versions(199)).subject, 'main');
    assert.equal(await problem(versions(200)), 'main needs too many schemas');
    assert.equal(await problem(versions(201)), 'main needs too many schemas');
  });

  it('is what is there', async () => {
    const { schemas } = open({});
    const missing = schemas.require(of('main', schema('main', 'gone')), {});
    assert.equal(await problem(missing), 'gone@1 is not in its registry');
  });

  it('is each schema once, and each version after those before it that are not there', async () => {
    const source = {
      a: [schema('a', 'c')],
      b: [schema('b', 'c')],
      c: [schema('c')],
      main: [schema('1'), schema('2'), schema('3')],
    };
    const { schemas, asked } = open(source, { main: [schema('1')] });
    const found = await schemas.require(of('main', schema('4', 'a', 'b'), 4), {});
    assert.deepEqual(asked, ['main@2', 'main@3', 'c@1', 'a@1', 'b@1', 'main@4']);
    assert.deepEqual([found.subject, found.version], ['main', 4]);
    const alone = open(source);
    await alone.schemas.require(of('main', schema('4')), {});
    assert.deepEqual(alone.asked, ['main@?']);
  });

  it('is known by its id at least, once it was registered', async () => {
    const { schemas } = open({}, {}, { lost: true });
    assert.deepEqual(await schemas.require(of('main', schema('main')), {}), {
      ...{ subject: 'main', id: 9 },
    });
    const { schemas: more } = open({ a: [schema('a')] }, {}, { lost: true });
    const without = more.require(of('main', schema('main', 'a')), {});
    assert.equal(await problem(without), 'the references of main are not in the target');
  });

  it('may be refused', async () => {
    const messages = ['{description:"one", additionalInfo:""}', 'two', '{oldSchema: ""}'];
    const { schemas } = open({}, {}, { messages });
    assert.equal(await problem(schemas.require(of('main', schema('main')), {})), 'main: one; two');
    assert.equal(schemas.registered, 0);
    const error = new KafkaError('rejected', { detail: 'why' });
    const rejected = open({}, {}, { error }).schemas.require(of('main', schema('main')), {});
    assert.equal(await problem(rejected), 'main: why');
    for (const other of [new KafkaError('timeout'), new TypeError('mistake')]) {
      const failing = open({}, {}, { error: other }).schemas.require(of('m', schema('m')), {});
      await assert.rejects(failing, (thrown) => thrown === other);
    }
  });
});
