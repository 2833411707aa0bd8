import assert from 'node:assert/strict';
import { decodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';
import { headersOf, type Vector, vectorsOf } from '../../../../../support/vectors';

/** The schema of a vector, in a registry, or in a file if it has no id. */
function schemasOf({ schema, imports = [], id, names, guid }: Vector) {
  return knownSchemas({
    text: typeof schema === 'string' && id !== undefined ? schema : textOf(schema),
    imports,
    ...(id === undefined ? { file: 'it.avsc' } : { id }),
    ...((id !== undefined || names !== undefined) && { subject: 'orders-value' }),
    ...(guid !== undefined && { guid }),
  });
}

function textOf(schema: unknown): string {
  return typeof schema === 'string' && schema.startsWith('{') ? schema : JSON.stringify(schema);
}

describe('Avro of the reference implementations', () => {
  for (const [file, vectors] of vectorsOf('avro')) {
    describe(file, () => {
      for (const vector of vectors) {
        it(`decodes and encodes: ${vector.name}`, async () => {
          const { bytes, again = bytes, json, problem, schema, id, guid, names } = vector;
          const isFramed = (id ?? guid ?? names) !== undefined;
          const place = { schemas: schemasOf(vector), headers: headersOf(vector) };
          let format = schema === undefined || isFramed ? 'avro' : 'avro(it.avsc)';
          if (names !== undefined) {
            const unnamed = await decodeHere(format, Buffer.from(bytes, 'hex'), place);
            const detail = `only its own registry knows the ${names}`;
            assert.deepEqual(unnamed.problem, { kind: 'no-schema', detail });
            format = 'avro(orders-value)';
          }
          const shown = await decodeHere(format, Buffer.from(bytes, 'hex'), place);
          if (problem !== undefined) {
            assert.deepEqual(shown.problem, { kind: 'not-in-schema', detail: problem });
            return;
          }
          assert.equal(shown.text, json, JSON.stringify(shown.problem));
          // Files of objects, ids in headers and framings of others are for reading only.
          if (schema === undefined || vector.headers || names !== undefined) return;
          assert.equal(await hexHere(format, json ?? '', place), again);
        });
      }
    });
  }
});
