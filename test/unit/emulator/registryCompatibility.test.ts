import assert from 'node:assert/strict';
import { checkSchema, incompatibilities } from '../../../src/emulator/registry/compatibility/check';
import type { Level, SchemaType } from '../../../src/emulator/registry/compatibility/schema';

const resolved = (type: SchemaType, text: string, ...imports: readonly string[]) => ({
  ...{ type, text, references: [] },
  imports: imports.map((each, n) => ({ name: `import-${n}`, text: each })),
});

/** Returns the kinds of what does not fit, such as `MISSING_ENUM_SYMBOLS`. */
function kinds(type: SchemaType, newer: string, older: string, level: Level = 'BACKWARD') {
  const found = incompatibilities(resolved(type, newer), resolved(type, older), level);
  return found.map((each) => /errorType:'(\w+)'/.exec(each)?.[1]).join();
}

const record = (...fields: readonly object[]) =>
  JSON.stringify({ type: 'record', name: 'R', fields });
const id = { name: 'id', type: 'int' };

describe('the compatibility of schemas in Avro', () => {
  const avro = (newer: string, older: string, level?: Level) => kinds('AVRO', newer, older, level);
  const symbols = (...names: readonly string[]) =>
    JSON.stringify({ type: 'enum', name: 'E', symbols: names });

  it('lets fields come with a default, and go', () => {
    const note = { name: 'note', type: 'string' };
    const missing = 'READER_FIELD_MISSING_DEFAULT_VALUE';
    assert.equal(avro(record(id, note), record(id)), missing);
    assert.equal(avro(record(id, { ...note, default: '' }), record(id)), '');
    assert.equal(avro(record(id), record(id, note)), '');
    assert.equal(avro(record(id), record(id, note), 'FORWARD'), missing);
    assert.equal(avro(record(id), record(id, { ...note, default: '' }), 'FULL'), '');
    assert.equal(avro(record(id), record(id, note), 'FULL_TRANSITIVE'), missing);
    assert.equal(avro('"int"', record(id), 'NONE'), '');
    assert.equal(
      avro(record({ ...note, aliases: ['remark'] }), record({ ...note, name: 'remark' })),
      '',
    );
  });

  it('lets a type become one that holds all its values', () => {
    for (const [newer, older, expected] of [
      ['long', 'int', ''],
      ['double', 'float', ''],
      ['bytes', 'string', ''],
      ['int', 'long', 'TYPE_MISMATCH'],
      ['string', 'int', 'TYPE_MISMATCH'],
    ]) {
      assert.equal(avro(`"${newer}"`, `"${older}"`), expected, `${older} to ${newer}`);
    }
  });

  it('lets symbols and branches be added, and not be removed', () => {
    assert.equal(avro(symbols('A', 'B'), symbols('A')), '');
    assert.equal(avro(symbols('A'), symbols('A', 'B')), 'MISSING_ENUM_SYMBOLS');
    assert.equal(avro('["null","int"]', '"int"'), '');
    assert.equal(avro('"int"', '["null","int"]'), 'TYPE_MISMATCH');
    assert.equal(avro('["null","int"]', '["null","string"]'), 'MISSING_UNION_BRANCH');
  });

  it('looks into records, arrays and maps, also into those that contain themselves', () => {
    const inside = (type: unknown) => record({ name: 'x', type: { type: 'array', items: type } });
    assert.equal(avro(inside('int'), inside('string')), 'TYPE_MISMATCH');
    const tree = (leaf: string) =>
      record({ name: 'leaf', type: leaf }, { name: 'next', type: ['null', 'R'] });
    assert.equal(avro(tree('long'), tree('int')), '');
    assert.equal(avro(tree('int'), tree('long')), 'TYPE_MISMATCH');
    const renamed = record(id).replace('"R"', '"Q"');
    assert.equal(avro(renamed, record(id)), 'NAME_MISMATCH');
    assert.equal(avro(record(id).replace('"R"', '"ns.R"'), record(id)), '');
  });

  it('knows what is no schema', () => {
    const problem = (text: string, ...imports: readonly string[]) =>
      checkSchema(resolved('AVRO', text, ...imports));
    assert.equal(problem(record({ name: 'x', type: 'Q' })), 'Undefined name: "Q"');
    assert.equal(problem(record({ name: 'x', type: 'R' })), undefined);
    const other = record(id).replace('"R"', '"Q"');
    assert.equal(problem(record({ name: 'x', type: 'Q' }), other), undefined);
    assert.match(problem('{"type":"record"') ?? '', /not JSON/);
    assert.match(problem(record(id, id)) ?? '', /Duplicate field id/);
    assert.match(problem('["int","int"]') ?? '', /Duplicate in union/);
  });
});

describe('the compatibility of schemas in JSON and Protobuf', () => {
  it('finds what a JSON Schema no longer accepts', () => {
    const json = (newer: object, older: object) =>
      kinds('JSON', JSON.stringify(newer), JSON.stringify(older));
    const open = { type: 'object', properties: { a: { type: 'integer' } } };
    assert.equal(json({ ...open, properties: { a: { type: 'number' } } }, open), '');
    assert.equal(json({ ...open, properties: { a: { type: 'string' } } }, open), 'TYPE_NARROWED');
    assert.match(json({ ...open, required: ['a'] }, open), /^REQUIRED_PROPERTY_ADDED/);
    assert.match(json({ ...open, additionalProperties: false }, open), /^ADDITIONAL_PROPERTIES/);
    assert.equal(json({ enum: ['a'] }, { enum: ['a', 'b'] }), 'ENUM_ARRAY_NARROWED');
  });

  it('finds fields of Protobuf whose numbers stand for something else', () => {
    const message = (body: string) => `syntax = "proto3"; message M { ${body} }`;
    const proto = (newer: string, older: string) =>
      kinds('PROTOBUF', message(newer), message(older));
    assert.equal(proto('int64 a = 1; string b = 2;', 'int32 a = 1;'), '');
    assert.equal(proto('', 'int32 a = 1;'), '');
    assert.equal(proto('string a = 1;', 'int32 a = 1;'), 'FIELD_SCALAR_KIND_CHANGED');
    assert.equal(proto('repeated int32 a = 1;', 'int32 a = 1;'), 'FIELD_SCALAR_KIND_CHANGED');
    assert.equal(proto('oneof x { string a = 1; }', 'oneof x { bytes a = 1; }'), '');
    assert.equal(proto('', 'message Inner {}'), 'MESSAGE_REMOVED');
    const text = message('').replace(';', '; import "other.proto";');
    assert.match(checkSchema(resolved('PROTOBUF', text)) ?? '', /other\.proto is imported/);
  });

  it('does not let the type of schema change', () => {
    const found = incompatibilities(resolved('JSON', '{}'), resolved('AVRO', '"int"'), 'FULL');
    assert.match(found.join(), /SCHEMA_TYPE_CHANGED/);
  });
});
