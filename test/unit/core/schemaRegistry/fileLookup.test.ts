import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { FileLookup, type SchemaFiles } from '../../../../src/core/schemaRegistry/fileLookup';
import { SchemaError, type SchemaErrorKind } from '../../../../src/core/schemaRegistry/lookup';

const use = { topic: 'orders', part: 'value' } as const;

/** The files of a workspace at `/w`. */
function lookupIn(contents: Readonly<Record<string, string | Uint8Array>>): FileLookup {
  const all = new Map(Object.entries(contents));
  const files: SchemaFiles = {
    read: (path) => {
      const content = all.get(path);
      if (content instanceof Error) return Promise.reject(content);
      return Promise.resolve(content === undefined ? undefined : Buffer.from(content));
    },
    siblings: (path, ending) =>
      Promise.resolve(
        [...all.keys()].filter(
          (each) => posix.dirname(each) === posix.dirname(path) && each.endsWith(ending),
        ),
      ),
    candidates: (imported, importer) => [
      posix.join(posix.dirname(importer), imported),
      posix.join('/w', imported),
    ],
  };
  return new FileLookup(files);
}

const find = (lookup: FileLookup, file: string) => lookup.find({ by: 'file', file }, use);

async function fails(found: Promise<unknown>, kind: SchemaErrorKind, text: RegExp): Promise<void> {
  await assert.rejects(found, (error) => {
    assert.ok(error instanceof SchemaError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, text);
    return true;
  });
}

describe('finding schemas in files', () => {
  it('takes the imports of a Protobuf schema beside it or in the workspace', async () => {
    const lookup = lookupIn({
      '/w/api/order.proto':
        '// import "not.proto";\nimport "common/money.proto"; import public "item.proto"; message O {}',
      '/w/api/item.proto': 'import "common/money.proto"; import "google/protobuf/any.proto";',
      '/w/common/money.proto': 'message Money {}',
    });
    const { schema, file } = await find(lookup, '/w/api/order.proto');
    assert.equal(file, '/w/api/order.proto');
    assert.equal(schema.type, 'PROTOBUF');
    assert.deepEqual(
      schema.imports.map(({ name }) => name),
      ['common/money.proto', 'item.proto'],
    );
  });

  it('takes the names of an Avro schema from the files beside it', async () => {
    const record = (name: string, type: string) =>
      JSON.stringify({ type: 'record', name, namespace: 'c', fields: [{ name: 'x', type }] });
    const lookup = lookupIn({
      '/w/order.avsc': record('Order', 'c.Customer'),
      '/w/customer.avsc': record('Customer', 'Country'),
      '/w/country.avsc': record('Country', 'string'),
      '/w/unrelated.avsc': record('Unrelated', 'int'),
      '/w/else/customer.avsc': '"never read"',
    });
    const { schema } = await find(lookup, '/w/order.avsc');
    assert.deepEqual(
      schema.imports.map(({ name }) => name),
      ['/w/country.avsc', '/w/customer.avsc'],
    );
  });

  it('takes a set of descriptors as it is', async () => {
    const bytes = new Uint8Array([10, 2, 8, 1]);
    const { schema } = await find(lookupIn({ '/w/all.protoset': bytes }), '/w/all.protoset');
    assert.deepEqual(Buffer.from(schema.descriptors ?? []), Buffer.from(bytes));
    assert.equal(schema.type, 'PROTOBUF');
  });

  it('takes a file that ends in .json for a JSON Schema', async () => {
    const { schema } = await find(lookupIn({ '/w/order.json': '{}' }), '/w/order.json');
    assert.equal(schema.type, 'JSON');
  });

  it('says what is missing, too large, no text, or goes in a circle', async () => {
    const lookup = lookupIn({
      '/w/a.proto': 'import "b.proto";',
      '/w/b.proto': 'import "c.proto";',
      '/w/x.proto': 'import "y.proto";',
      '/w/y.proto': 'import "x.proto";',
      '/w/large.avsc': ' '.repeat(4 * 1024 * 1024 + 1),
      '/w/bytes.avsc': new Uint8Array([0xff, 0xfe]),
      '/w/lone.avsc': '{"type":"record","name":"A","fields":[{"name":"x","type":"B"}]}',
    });
    await fails(find(lookup, '/w/none.avsc'), 'not-found', /no file \/w\/none\.avsc/);
    await fails(find(lookup, '/w/a.proto'), 'invalid', /c\.proto, which is not there/);
    await fails(find(lookup, '/w/x.proto'), 'invalid', /circle/);
    await fails(find(lookup, '/w/large.avsc'), 'invalid', /too large/);
    await fails(find(lookup, '/w/bytes.avsc'), 'invalid', /UTF-8/);
    await fails(find(lookup, '/w/lone.avsc'), 'invalid', /uses B, which no file beside it/);
    await fails(lookup.find({ by: 'id', id: 1 }, use), 'no-registry', /no schema registry/);
  });
});
