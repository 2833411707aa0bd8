import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';

const int = (bits: number) =>
  fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n });
const uint = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => JSON.stringify(value));
const bytes = fc.uint8Array({ maxLength: 12 });

/** The JSON of values by the name of their type. */
const scalars: Readonly<Record<string, fc.Arbitrary<string>>> = {
  double: fc.double({ noNaN: true, noDefaultInfinity: true }).map(numberJson),
  float: fc.float({ noNaN: true, noDefaultInfinity: true }).map(numberJson),
  int32: int(32).map(String),
  sint32: int(32).map(String),
  sfixed32: int(32).map(String),
  int64: int(64).map(String),
  sint64: int(64).map(String),
  sfixed64: int(64).map(String),
  uint32: uint(32).map(String),
  fixed32: uint(32).map(String),
  uint64: uint(64).map(String),
  fixed64: uint(64).map(String),
  bool: fc.boolean().map(String),
  string: text,
  bytes: bytes.map((value) => `"${Buffer.from(value).toString('base64')}"`),
  State: fc.constantFrom('"OFF"', '"ON"', '"LOST"', '7'),
};
const KEYS = ['int32', 'sint64', 'fixed32', 'bool', 'string'];

function numberJson(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.fround(value) : value;
}

interface Field {
  readonly declared: string;
  readonly json: fc.Arbitrary<string>;
}

/** A field of a type, or of a message of its own, in one of the shapes that there are. */
function fieldOf(depth: number): fc.Arbitrary<(name: string, number: number) => Field> {
  const scalar = fc
    .constantFrom(...Object.keys(scalars))
    .map((type) => ({ type, message: '', json: scalars[type] ?? text }));
  const message = messageOf(depth - 1).chain(({ body, json }) =>
    fc.constant({ type: 'Inner', message: body, json }),
  );
  const value = depth > 0 ? fc.oneof(scalar, message) : scalar;
  const shape = fc.constantFrom('', 'optional ', 'repeated ', 'map');
  return fc.tuple(value, shape, fc.constantFrom(...KEYS)).map(([inner, label, key]) => {
    return (name, number) => {
      const type = inner.type === 'Inner' ? `M${name}` : inner.type;
      const nested = inner.type === 'Inner' ? `message M${name} {${inner.message}}` : '';
      if (label === 'map') {
        const entry = fc.tuple(scalars[key] ?? text, inner.json).map(([named, json]) => {
          return [named.startsWith('"') ? named : JSON.stringify(named), json] as const;
        });
        const entries = fc.uniqueArray(entry, { maxLength: 3, selector: ([named]) => named });
        const json = entries.map((pairs) => `{${pairs.map((pair) => pair.join(':')).join()}}`);
        return { declared: `${nested} map<${key}, ${type}> ${name} = ${number};`, json };
      }
      const many = fc.array(inner.json, { maxLength: 4 }).map((items) => `[${items.join()}]`);
      return {
        declared: `${nested} ${label}${type} ${name} = ${number};`,
        json: label === 'repeated ' ? many : inner.json,
      };
    };
  });
}

/** The body of a message, and JSON that fits it. */
function messageOf(depth: number): fc.Arbitrary<{ body: string; json: fc.Arbitrary<string> }> {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 18_000 }), { maxLength: 5 });
  return numbers.chain((list) =>
    fc.tuple(...list.map(() => fieldOf(depth))).map((makers) => {
      const fields = makers.map((make, index) => make(`f${index}`, list[index] ?? 1));
      const members = fields.map(({ json }, index) =>
        fc.option(
          json.map((value) => `"f${index}":${value}`),
          { nil: undefined },
        ),
      );
      const json = fc
        .tuple(...members)
        .map((all) => `{${all.filter((member) => member !== undefined).join()}}`);
      return { body: fields.map(({ declared }) => declared).join(' '), json };
    }),
  );
}

describe('Protobuf with any schema', () => {
  it('reads again what it writes', async () => {
    const sample = messageOf(2).chain(({ body, json }) => json.map((value) => ({ body, value })));
    const property = fc.asyncProperty(sample, async ({ body, value }) => {
      const proto = `syntax = "proto3"; message Root {${body}} enum State {OFF=0; ON=1; LOST=-5;}`;
      const schemas = knownSchemas({ type: 'PROTOBUF', text: proto, file: 'a.proto' });
      const hex = await hexHere('protobuf(a.proto)', value, { schemas });
      const shown = await decodeHere('protobuf(a.proto)', Buffer.from(hex, 'hex'), { schemas });
      assert.ok(shown.text !== undefined, JSON.stringify(shown.problem));
      assert.equal(await hexHere('protobuf(a.proto)', shown.text, { schemas }), hex);
      // Each value is shown as it was written, whatever stands around it.
      const given = JSON.parse(value) as Record<string, unknown>;
      const got = JSON.parse(shown.text) as Record<string, unknown>;
      for (const [name, member] of Object.entries(given)) {
        if (typeof member === 'object') continue;
        // Numbers of 32 bits are shown with as few digits as tell them apart.
        assert.deepEqual(rounded(got[name]), rounded(member), name);
      }
      // The guess of the fields without a schema takes any message, too.
      const raw = await decodeHere('protobuf', Buffer.from(hex, 'hex'));
      assert.ok(raw.text !== undefined);
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
