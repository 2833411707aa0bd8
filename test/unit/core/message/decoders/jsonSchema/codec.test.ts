import assert from 'node:assert/strict';
import { decodeHere, encodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';
import { vectorsOf } from '../../../../../support/vectors';

describe('JSON Schema', () => {
  const place = (schema: unknown, imports: Readonly<Record<string, unknown>> = {}) => ({
    schemas: knownSchemas({
      text: JSON.stringify(schema),
      type: 'JSON',
      imports: Object.entries(imports).map(([name, text]) => ({
        name,
        text: JSON.stringify(text),
      })),
      ...{ id: 7, subject: 'orders-value', version: 2 },
    }),
  });
  const read = (schema: unknown, text: string, imports?: Readonly<Record<string, unknown>>) =>
    decodeHere('json-schema', framed(text), place(schema, imports));
  const misfit = async (...args: Parameters<typeof read>) => {
    const shown = await read(...args);
    assert.equal(shown.text, args[1]);
    return shown.facts?.misfit;
  };
  const framed = (text: string) =>
    Buffer.concat([Buffer.from('0000000007', 'hex'), Buffer.from(text)]);

  for (const vector of vectorsOf('jsonSchema').get('confluent') ?? []) {
    it(`reads and writes what Confluent's serializer writes: ${vector.name}`, async () => {
      const { schema, imports = [], id = 0, bytes, json } = vector;
      const schemas = knownSchemas({
        ...{ text: String(schema), type: 'JSON', imports, id, subject: 'orders-value' },
      });
      const shown = await decodeHere('json-schema', Buffer.from(bytes, 'hex'), { schemas });
      assert.deepEqual([shown.text, shown.facts?.misfit], [json, undefined]);
      assert.equal(await hexHere('json-schema', json ?? '', { schemas }), bytes);
    });
  }

  it('shows the text as it is, and which schema it has', async () => {
    const text = '{ "id": 12345678901234567890.50 }';
    const shown = await read({ title: 'Order', type: 'object' }, text);
    const schema = { id: 7, subject: 'orders-value', version: 2, name: 'Order' };
    assert.deepEqual(shown, { text, facts: { format: 'json-schema', isGuess: false, schema } });
    assert.equal(
      await hexHere('json-schema', text, place({ type: 'object' })),
      framed(text).toString('hex'),
    );
  });

  it('remarks what does not fit, and refuses to write it', async () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        lines: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
        state: { enum: ['NEW', 'OLD'] },
        code: { pattern: '^[a-z]+$' },
        other: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        kind: { const: 'x' },
        name: { minLength: 3 },
        mail: { format: 'email' },
      },
      additionalProperties: false,
    };
    const cases = [
      ['{}', '"id" is missing'],
      ['{"id":"7"}', 'id: expected a whole number, found "7"'],
      ['{"id":1,"lines":[{},{"a":1}]}', 'lines[1].a: expected a text, found 1'],
      ['{"id":1,"state":"x"}', 'state: expected one of ["NEW","OLD"], found "x"'],
      ['{"id":1,"code":"A"}', 'code: "A" does not match the pattern'],
      ['{"id":1,"other":5}', 'other: 5 fits none of the alternatives'],
      ['{"id":1,"kind":"y"}', 'kind: expected "x", found "y"'],
      ['{"id":1,"name":"ab"}', 'name: string is too short (2 < 3)'],
      ['{"id":1,"mail":"ab"}', 'mail: "ab" does not have the format "email"'],
      ['{"id":1,"more":"ab"}', 'more: it is not allowed here'],
    ] as const;
    const found = await Promise.all(cases.map(([text]) => misfit(schema, text)));
    assert.deepEqual(
      found,
      cases.map(([, expected]) => expected),
    );
    assert.deepEqual(
      await encodeHere('json-schema', '{"id":1,"lines":[{},{"a":1}]}', place(schema)),
      {
        problem: 'not-in-schema',
        detail: 'expected a text, found 1',
        path: ['lines', 1, 'a'],
      },
    );
  });

  it('follows references to imports, by name and by $id, and fetches none', async () => {
    const address = { $id: 'https://contoso.com/address', definitions: { c: { type: 'string' } } };
    const schema = {
      $id: 'https://contoso.com/schemas/order.json',
      properties: {
        a: { $ref: 'address.json#/definitions/c' },
        b: { $ref: 'https://contoso.com/address#/definitions/c' },
      },
    };
    const imports = { 'address.json': address };
    assert.equal(await misfit(schema, '{"a":1}', imports), 'a: expected a text, found 1');
    assert.equal(await misfit(schema, '{"b":1}', imports), 'b: expected a text, found 1');
    assert.equal(await misfit(schema, '{"a":"x","b":"y"}', imports), undefined);
    const away = { properties: { a: { $ref: 'https://contoso.com/none' } } };
    assert.match(
      (await misfit(away, '{"a":1}')) ?? '',
      /^not checked, because it is not valid \(Unresolved \$ref/,
    );
  });

  it('keeps to the draft that is named', async () => {
    const four = { minimum: 1, exclusiveMinimum: true };
    const $schema = 'http://json-schema.org/draft-04/schema#';
    assert.equal(await misfit({ $schema, ...four }, '1'), '1 is less than or equal to 1');
    const latest = 'https://json-schema.org/draft/2020-12/schema';
    const dynamic = { $schema: latest, $defs: { a: { $anchor: 'a', type: 'string' } }, $ref: '#a' };
    assert.equal(await misfit(dynamic, '1'), 'expected a text, found 1');
  });

  it('shows JSON whose schema is not known, and says so', async () => {
    const missing = await decodeHere('json-schema', framed('{}'), { schemas: knownSchemas() });
    assert.deepEqual(missing, {
      text: '{}',
      facts: {
        format: 'json-schema',
        isGuess: false,
        misfit: 'not checked, because there is no schema with the id 7',
      },
    });
    const plain = await decodeHere('json-schema', Buffer.from('{}'));
    assert.equal(plain.facts?.misfit, 'not checked, because it names no schema');
    const named = await decodeHere('json-schema(orders-value)', Buffer.from('"a"'), {
      ...place({ type: 'object' }),
    });
    assert.equal(named.facts?.misfit, 'expected an object, found "a"');
    const text = await decodeHere('json-schema', framed('abc'), place({}));
    assert.deepEqual(text.problem, { kind: 'not-in-format', detail: 'the data are not JSON' });
  });

  it('withstands schemas that are made to harm', async () => {
    assert.equal(
      await misfit({ $ref: '#' }, '{}'),
      'not checked, because it refers to itself without end',
    );
    assert.equal(
      await misfit(JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'), '{"__proto__":1}'),
      '__proto__: expected a text, found 1',
    );
    assert.match((await misfit([], '{}')) ?? '', /cannot be used: it is not an object/);
    assert.match((await misfit({ pattern: '(' }, '"a"')) ?? '', /^not checked/);
  });
});
