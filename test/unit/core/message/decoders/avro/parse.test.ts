import assert from 'node:assert/strict';
import { parseAvro } from '../../../../../../src/core/message/decoders/avro/parse';
import { InvalidSchema } from '../../../../../../src/core/message/decoders/schemas/problems';

describe('Reading of Avro schemas', () => {
  const parse = (schema: unknown, ...imports: readonly unknown[]) =>
    parseAvro({
      text: JSON.stringify(schema),
      imports: imports.map((imported) => ({ name: '', text: JSON.stringify(imported) })),
    });
  const field = (type: unknown) => ({ name: 'f', type });

  it('finds names that are defined elsewhere, before or after their use', () => {
    const line = { type: 'record', name: 'Line', namespace: 'a.b', fields: [field('string')] };
    const order = {
      type: 'record',
      name: 'a.b.Order',
      fields: [field('Line'), { name: 'note', type: 'Note' }, { name: 'g', type: 'a.b.Line' }],
    };
    const note = { type: 'enum', name: 'Note', symbols: ['A'] };
    for (const type of [parse(order, line, note), parse([order, line, note])]) {
      const record = type.kind === 'union' ? type.branches[0] : type;
      assert.ok(record?.kind === 'record');
      const names = record.fields.map((found) => 'name' in found.type && found.type.name);
      assert.deepEqual(names, ['a.b.Line', 'Note', 'a.b.Line']);
    }
  });

  it('accepts what registries hold beyond the specification', () => {
    assert.deepEqual(parse({ type: { type: { type: 'string' } } }), { kind: 'string' });
    assert.deepEqual(parseAvro({ text: 'string', imports: [] }), { kind: 'string' });
    const odd = parse({ type: 'record', name: 'my-order', namespace: 'x y', fields: [] });
    assert.ok(odd.kind === 'record');
    assert.equal(odd.name, 'x y.my-order');
  });

  it('ignores logical types that do not go with their type', () => {
    assert.deepEqual(parse({ type: 'string', logicalType: 'date' }), { kind: 'string' });
    assert.deepEqual(parse({ type: 'bytes', logicalType: 'decimal' }), { kind: 'bytes' });
    const large = { type: 'bytes', logicalType: 'decimal', precision: 2, scale: 3 };
    assert.deepEqual(parse(large), { kind: 'bytes' });
  });

  it('generates no code of names', () => {
    const name = 'R(){}};globalThis.hacked=1;//';
    parse({ type: 'record', name, fields: [{ name: '__proto__', type: 'int' }] });
    assert.ok(!('hacked' in globalThis));
  });

  for (const [what, schema, message] of [
    ['no type', {}, 'a type has no "type"'],
    ['an unknown name', 'Order', 'the type "Order" is not defined'],
    ['no fields', { type: 'record', name: 'R' }, 'a record has no "fields"'],
    [
      'two fields of one name',
      { type: 'record', name: 'R', fields: [field('int'), field('int')] },
      'two fields are named "f"',
    ],
    ['a union in a union', ['null', ['int']], 'a union stands in a union'],
    ['an empty union', [], 'a union is empty'],
    ['a number as a type', 5, 'a type is neither a text, an object nor an array'],
    ['no size', { type: 'fixed', name: 'F' }, 'a fixed has no "size"'],
    ['a wrong size', { type: 'fixed', name: 'F', size: -1 }, 'the "size" of a fixed is not a size'],
    ['a type named int', { type: 'enum', name: 'int', symbols: [] }, 'a type is named "int"'],
    [
      'symbols that are none',
      { type: 'enum', name: 'E', symbols: [1] },
      '"symbols" is not an array of texts',
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parse(schema), { message });
    });
  }

  it('refuses what is not JSON, too deep or too large', () => {
    for (const text of ['{', '['.repeat(2000), `"${'x'.repeat(9_000_000)}"`, '']) {
      assert.throws(() => parseAvro({ text, imports: [] }), InvalidSchema);
    }
  });
});
