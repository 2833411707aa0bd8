import assert from 'node:assert/strict';
import { SchemaError } from '../../../../src/core/schemaRegistry/lookup';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { wholeSchema } from '../../../../src/core/schemaRegistry/whole';
import { inEnglish } from '../../../../src/core/phrase';

describe('A schema with all that it refers to', () => {
  const schema = (text: string, ...subjects: readonly string[]): RegisteredSchema => ({
    type: 'AVRO',
    text,
    references: subjects.map((subject) => ({ name: `${subject}!`, subject, version: 1 })),
  });
  /** Looks it up where each subject is made when it is asked for. */
  async function whole(main: RegisteredSchema, of: (subject: string) => RegisteredSchema) {
    const asked: string[] = [];
    const version = (subject: string) => {
      asked.push(subject);
      return Promise.resolve({ subject, version: 1, id: 1, schema: of(subject) });
    };
    try {
      const { imports } = await wholeSchema(main, { version }, 'orders');
      return [asked.join(' '), imports.map(({ name, text }) => name + text).join(' ')];
    } catch (error) {
      assert.ok(error instanceof SchemaError, String(error));
      assert.equal(error.kind, 'invalid');
      return inEnglish(error.phrase);
    }
  }
  const chain = (length: number) => (subject: string) =>
    Number(subject) < length ? schema('', String(Number(subject) + 1)) : schema('');

  it('has what is referred to first, and each once', async () => {
    const known = { a: schema('A', 'b', 'c'), b: schema('B', 'c'), c: schema('C') };
    const found = await whole(schema('main', 'a', 'c'), (subject) =>
      subject === 'a' ? known.a : subject === 'b' ? known.b : known.c,
    );
    assert.deepEqual(found, ['a b c', 'c!C b!B a!A']);
  });

  it('refers to nothing that refers to it', async () => {
    const circle = await whole(schema('main', 'a'), (subject) =>
      schema('', subject === 'a' ? 'b' : 'a'),
    );
    assert.equal(circle, 'orders refers to itself through a');
  });

  it('refers over at most 50 others', async () => {
    assert.match(String(await whole(schema('', '1'), chain(50))), /^1 2 .* 50,/);
    const deeper = await whole(schema('', '1'), chain(51));
    assert.equal(deeper, 'orders has too deep references');
  });

  it('refers to at most 200 others', async () => {
    const many = (count: number) =>
      schema('', ...Array.from({ length: count }, (_, index) => String(index)));
    assert.match(String(await whole(many(200), () => schema(''))), / 199,/);
    const more = await whole(many(201), () => schema(''));
    assert.equal(more, 'orders refers to too many schemas');
  });

  it('has at most 16 million characters with them', async () => {
    const half = 'x'.repeat(8 * 1024 * 1024);
    assert.ok(Array.isArray(await whole(schema(half, 'a'), () => schema(half))));
    const more = await whole(schema(half, 'a'), () => schema(`${half}x`));
    assert.equal(more, 'orders refers to too many schemas');
  });
});
