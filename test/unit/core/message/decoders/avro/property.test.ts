import assert from 'node:assert/strict';
import { Type } from 'avsc';
import fc from 'fast-check';
import { parseExact } from '../../../../../../src/core/json/exact';
import { parseAvro } from '../../../../../../src/core/message/decoders/avro/parse';
import { avroReader } from '../../../../../../src/core/message/decoders/avro/read';
import { writeAvro } from '../../../../../../src/core/message/decoders/avro/write';
import { shortestFloat } from '../../../../../../src/core/message/decoders/floats';

/** A schema, and values of it in Avro's JSON, as compact as they are shown. */
interface Sample {
  readonly schema: unknown;
  /** In a union, its name. */
  readonly name: string;
  readonly json: fc.Arbitrary<string>;
}

let names = 0;

function primitive(name: string, json: fc.Arbitrary<string>): fc.Arbitrary<Sample> {
  return fc.constant({ schema: name, name, json });
}

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const latin = fc.uint8Array({ maxLength: 6 });
const bytesJson = (bytes: Uint8Array) => JSON.stringify(Buffer.from(bytes).toString('latin1'));

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  primitive('null', fc.constant('null')),
  primitive('boolean', fc.boolean().map(String)),
  primitive('int', fc.integer().map(String)),
  // Beyond that, avsc loses digits.
  primitive('long', fc.integer({ min: -(2 ** 51), max: 2 ** 51 }).map(String)),
  primitive('float', fc.float({ noNaN: true, noDefaultInfinity: true }).map(shortestFloat)),
  primitive('double', fc.double({ noNaN: true, noDefaultInfinity: true }).map(numberJson)),
  primitive(
    'string',
    text.map((value) => JSON.stringify(value)),
  ),
  primitive('bytes', latin.map(bytesJson)),
  fc.integer({ min: 1, max: 5 }).map((size) => {
    const name = uniqueName();
    const json = fc.uint8Array({ minLength: size, maxLength: size }).map(bytesJson);
    return { schema: { type: 'fixed', name, size }, name, json };
  }),
  fc.integer({ min: 1, max: 4 }).map((count) => {
    const name = uniqueName();
    const symbols = Array.from({ length: count }, (_, index) => `S${index}`);
    const json = fc.constantFrom(...symbols).map((symbol) => JSON.stringify(symbol));
    return { schema: { type: 'enum', name, symbols }, name, json };
  }),
);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'avro' },
    scalar,
    tie('sample').map((items) => ({
      schema: { type: 'array', items: items.schema },
      name: 'array',
      json: fc.array(items.json, { maxLength: 3 }).map((elements) => `[${elements.join()}]`),
    })),
    tie('sample').map((values) => ({
      schema: { type: 'map', values: values.schema },
      name: 'map',
      json: fc
        .uniqueArray(fc.tuple(text, values.json), { maxLength: 3, selector: ([key]) => key })
        .map((members) => objectJson(members)),
    })),
    fc.array(tie('sample'), { maxLength: 4 }).map((fields) => {
      const name = uniqueName();
      const named = fields.map((field, index) => [`f${index}`, field] as const);
      return {
        schema: {
          type: 'record',
          name,
          fields: named.map(([field, { schema }]) => ({ name: field, type: schema })),
        },
        name,
        json: fc
          .tuple(...fields.map(({ json }) => json))
          .map((values) => objectJson(values.map((json, index) => [`f${index}`, json]))),
      };
    }),
    fc
      .uniqueArray(
        tie('sample').filter(({ schema }) => !Array.isArray(schema)),
        { minLength: 1, maxLength: 3, selector: ({ name }) => name },
      )
      .map((branches) => ({
        schema: branches.map(({ schema }) => schema),
        name: '',
        json: fc.oneof(
          ...branches.map(({ name, json }) =>
            name === 'null' ? json : json.map((value) => objectJson([[name, value]])),
          ),
        ),
      })),
  ),
}));

const sampled = sample.chain(({ schema, json }) => fc.tuple(fc.constant(schema), json));

describe('Avro of any schema', () => {
  it('comes back from its bytes, which are those of another implementation', () => {
    fc.assert(
      fc.property(sampled, ([schema, json]) => {
        const type = parseAvro({ text: JSON.stringify(schema), imports: [] });
        const bytes = writeAvro(type, parseExact(json));
        const again = avroReader(type)(bytes).text;
        assert.deepEqual(writeAvro(type, parseExact(again)), bytes);
        assert.deepEqual(JSON.parse(again), JSON.parse(json));
        assert.deepEqual(bytes, bytesOfAvsc(schema, json));
      }),
      { numRuns: 300 },
    );
  });

  it('of any number is exact', () => {
    const type = parseAvro({ text: '"long"', imports: [] });
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
        const bytes = writeAvro(type, parseExact(String(number)));
        assert.equal(avroReader(type)(bytes).text, String(number));
      }),
    );
  });

  it('of any logical value comes back', () => {
    const long = (logicalType: string) => ({ type: 'long', logicalType });
    const schemas = [
      ...['timestamp-millis', 'timestamp-micros', 'timestamp-nanos', 'time-micros'].map(long),
      ...['local-timestamp-millis', 'local-timestamp-nanos'].map(long),
      { type: 'int', logicalType: 'date' },
      { type: 'int', logicalType: 'time-millis' },
    ];
    const types = schemas.map((schema) => parseAvro({ text: JSON.stringify(schema), imports: [] }));
    const number = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.bigInt({ min: -62135596800000n, max: 253402300799999n }),
      fc.bigInt({ min: -800_000n, max: 90_000_000n }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), number, (type, units) => {
        const fits = type.kind === 'int' ? BigInt.asIntN(32, units) : units;
        const bytes = writeAvro(type, parseExact(String(fits)));
        const { text: shown } = avroReader(type)(bytes);
        assert.deepEqual(writeAvro(type, parseExact(shown)), bytes, shown);
      }),
      { numRuns: 1000 },
    );
  });

  it('of any decimal comes back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('decimal', 'big-decimal'),
        (unscaled, scale, logicalType) => {
          const schema = { type: 'bytes', logicalType, precision: 41, scale };
          const type = parseAvro({ text: JSON.stringify(schema), imports: [] });
          const bytes = writeAvro(type, parseExact(`${unscaled}e-${scale}`));
          const { text: shown } = avroReader(type)(bytes);
          assert.match(shown, /^-?\d+(?:\.\d+)?$/);
          assert.deepEqual(writeAvro(type, parseExact(shown)), bytes, shown);
        },
      ),
    );
  });
});

function bytesOfAvsc(schema: unknown, json: string): Buffer {
  const type = Type.forSchema(schema as Parameters<typeof Type.forSchema>[0], {
    wrapUnions: true,
  });
  return type.toBuffer(type.fromString(json));
}

function objectJson(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`;
}

function numberJson(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number);
}

function uniqueName(): string {
  names += 1;
  return `N${names}`;
}
