import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../../../src/core/errors';
import { httpResponse } from '../../../../src/core/http/exchange';
import { type Authorizer, type HttpRequest, openHttp } from '../../../../src/core/http/client';
import { ConfluentRegistry } from '../../../../src/core/schemaRegistry/client';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { fails } from '../../../support/fails';

const schema: RegisteredSchema = { type: 'AVRO', text: '"int"', references: [] };
const version = { subject: 's', version: 2, id: 5, schema: '"int"' };

/** A registry that responds in these ways, one after the other: a value as JSON, or a failure. */
function open(responses: readonly unknown[], access: { readonly authorizer?: Authorizer } = {}) {
  const left = [...responses];
  const requests: HttpRequest[] = [];
  const registry = new ConfluentRegistry({
    endpoint: 'https://registry.example.com/base/',
    http: {
      ...openHttp(),
      request: (request) => {
        requests.push(request);
        const response = left.shift();
        if (response instanceof KafkaError) return Promise.reject(response);
        const text = typeof response === 'string' ? response : JSON.stringify(response);
        return Promise.resolve(httpResponse(200, new Headers(), Buffer.from(text)));
      },
    },
    ...access,
  });
  const paths = () => requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
  return { registry, requests, paths };
}

const failure = (kind: KafkaErrorKind) => new KafkaError(kind, { detail: 'why' });

describe('the requests to a schema registry', () => {
  it('say what they carry and accept, whether they can be repeated, and whose they are', async () => {
    const authorizer: Authorizer = {
      kind: 'none',
      origin: 'https://registry.example.com',
      credentials: () => Promise.reject(new Error('not asked')),
    };
    const { registry, requests, paths } = open([[], { id: 1 }, version, {}], { authorizer });
    const { signal } = new AbortController();
    await registry.subjects({ signal });
    await registry.register('s', schema, { signal });
    await registry.find('s', schema, { signal });
    await registry.check('s', schema, { signal }).catch(() => undefined);
    assert.deepEqual(paths(), [
      'GET /base/subjects',
      'POST /base/subjects/s/versions',
      'POST /base/subjects/s',
      'POST /base/compatibility/subjects/s/versions/latest?verbose=true',
    ]);
    assert.deepEqual(
      requests.map(({ idempotent }) => idempotent),
      [true, false, true, true],
    );
    assert.deepEqual(
      requests.map(({ headers }) => Object.keys(headers ?? {}).join()),
      ['accept', ...Array.from({ length: 3 }, () => 'accept,content-type')],
    );
    assert.deepEqual(
      requests.map(({ body }) => body && (JSON.parse(String(body)) as unknown)),
      [undefined, ...Array.from({ length: 3 }, () => ({ schema: '"int"' }))],
    );
    for (const request of requests) {
      assert.equal(request.authorizer, authorizer);
      assert.equal(request.signal, signal);
      assert.equal(request.dialect, 'schema-registry');
    }
    const plain = open([[]]);
    await plain.registry.subjects();
    assert.ok(!('authorizer' in (plain.requests[0] ?? {})));
  });

  it('name nothing that no URL can express', async () => {
    const { registry } = open([]);
    const facts = { kind: 'rejected', detail: 'invalid name', dialect: 'schema-registry' } as const;
    for (const subject of ['', '.', '..', '\ud800']) await fails(registry.versions(subject), facts);
  });

  it('are one for each version, and one for the latest within some seconds', async () => {
    const { registry, paths } = open([version, version, version, version]);
    for (const number of [1, 2, 'latest', 1, 'latest'] as const) {
      await registry.version('s', number);
    }
    const path = 'GET /base/subjects/s/versions';
    assert.deepEqual(paths(), [`${path}/1`, `${path}/2`, `${path}/latest`]);
  });

  it('ask for the latest version and for names anew once a schema was registered', async () => {
    const uses = [{ subject: 's', version: 1 }];
    const { registry, paths } = open([version, uses, { id: 5 }, version, uses]);
    const ask = async () => [await registry.version('s', 'latest'), await registry.usesOf(5)];
    const first = await ask();
    await ask();
    assert.equal(await registry.register('s', schema), 5);
    assert.deepEqual(await ask(), first);
    assert.equal(paths().length, 5);
  });
});

describe('the responses of a schema registry', () => {
  it('are sorted, and have each once', async () => {
    const { registry } = open([
      ['b', 'a', 'b'],
      [10, 9, 10, 1],
    ]);
    assert.deepEqual(await registry.subjects(), ['a', 'b']);
    assert.deepEqual(await registry.versions('s'), [1, 9, 10]);
  });

  it('may be that something is not there', async () => {
    const absent = failure('not-found');
    assert.equal(await open([absent]).registry.find('s', schema), undefined);
    assert.deepEqual(await open([absent]).registry.usesOf(5), []);
    assert.deepEqual(await open([absent]).registry.check('s', schema), {
      isCompatible: true,
      messages: [],
    });
    const level = { compatibilityLevel: 'FULL' };
    assert.deepEqual(await open([absent, level]).registry.compatibility('s'), {
      level: 'FULL',
      isDefault: true,
    });
    assert.deepEqual(await open([{}, level]).registry.compatibility('s'), {
      level: 'FULL',
      isDefault: true,
    });
    assert.deepEqual(await open([level]).registry.compatibility('s'), {
      level: 'FULL',
      isDefault: false,
    });
  });

  it('that are failures are no answers', async () => {
    const busy = failure('unavailable');
    for (const ask of [
      (registry: ConfluentRegistry) => registry.find('s', schema),
      (registry: ConfluentRegistry) => registry.usesOf(5),
      (registry: ConfluentRegistry) => registry.check('s', schema),
      (registry: ConfluentRegistry) => registry.compatibility('s'),
      (registry: ConfluentRegistry) => registry.register('s', schema),
    ]) {
      await fails(ask(open([busy]).registry), { kind: 'unavailable', detail: 'why' });
    }
  });

  it('that cannot be read leave open whether a schema was registered', async () => {
    const host = 'registry.example.com';
    for (const response of ['<html>', '{"id":"x"}', '{}']) {
      const registering = open([response]).registry.register('s', schema);
      await fails(registering, { kind: 'unclear', host, dialect: 'schema-registry' });
    }
    const finding = open(['{}']).registry.find('s', schema);
    await fails(finding, { kind: 'protocol', host, dialect: 'schema-registry' });
  });

  it('are of a registry that can be read-only', async () => {
    const registry = new ConfluentRegistry({
      endpoint: 'https://registry.example.com',
      http: openHttp(),
      readOnly: true,
    });
    const facts = { kind: 'read-only', host: 'registry.example.com' } as const;
    await fails(registry.register('s', schema), { ...facts, dialect: 'schema-registry' });
    registry.dispose();
  });
});
