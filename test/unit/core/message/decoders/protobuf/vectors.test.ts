import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@cfworker/json-schema';
import type { FormatDescription } from '../../../../../../src/core/message/decoders/decoder';
import { here } from '../../../../../../src/core/message/decoders/here';
import type { SchemaLookup } from '../../../../../../src/core/schemaRegistry/lookup';
import { decodeHere, hexHere } from '../../../../../support/decoding';
import { knownSchemas, type KnownSchema } from '../../../../../support/schemas';

const FOLDER = path.join(__dirname, '../vectors/protobuf');

interface Vector {
  readonly name: string;
  readonly message: string;
  readonly bytes: string;
  readonly json: unknown;
  readonly framed?: string;
  readonly id?: number;
  /** Who framed it; missing: Confluent's library, or as it does. */
  readonly by?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

interface VectorFile {
  readonly files: Readonly<Record<string, string>>;
  readonly descriptors: string;
  readonly vectors: readonly Vector[];
}

/**
 * The reference implementation leaves out of its JSON what these vectors hold, or sorts it, and
 * `JSON.parse` has no -0.
 */
const LOSSY_JSON = /^(?:unknown fields|minus zero|full|extensions)/;

async function describeHere(argument: string, schemas: SchemaLookup): Promise<FormatDescription> {
  const context = { topic: 'orders', part: 'value', schemas } as const;
  const description = await here.describe({ kind: 'protobuf', argument }, context);
  assert.ok(description);
  return description;
}

/** The GUID in a header, which a 1 goes before. */
function guidOf(headers: Vector['headers'] = []): string | undefined {
  const hex = headers.find(({ name }) => name === '__value_schema_id')?.value;
  return hex?.slice(2, 34).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

describe('Protobuf as the reference implementation writes it', () => {
  for (const file of readdirSync(FOLDER)) {
    const { files, descriptors, vectors } = JSON.parse(
      readFileSync(path.join(FOLDER, file), 'utf8'),
    ) as VectorFile;
    const [[, text] = ['', ''], ...others] = Object.entries(files);
    const imports = others.map(([name, imported]) => ({ name, text: imported })).reverse();
    const proto: KnownSchema = { type: 'PROTOBUF', text, imports, file: 'a.proto' };
    const forms: Record<string, KnownSchema> = {
      text: proto,
      descriptors: { ...proto, text: '', descriptors: Buffer.from(descriptors, 'base64') },
    };
    for (const [form, schema] of Object.entries(forms)) {
      describe(`${file}, with its ${form}`, () => {
        for (const { name, message, bytes, json, framed, id = 9, headers, by } of vectors) {
          it(name, async () => {
            const place = { schemas: knownSchemas(schema) };
            const format = `protobuf(a.proto#${message})`;
            const shown = await decodeHere(format, Buffer.from(bytes, 'hex'), place);
            assert.ok(shown.text !== undefined, JSON.stringify(shown.problem));
            assert.equal(await hexHere(format, shown.text, place), bytes, shown.text);
            if (!LOSSY_JSON.test(name)) {
              assert.equal(await hexHere(format, JSON.stringify(json), place), bytes);
            }
            const description = await describeHere(`a.proto#${message}`, place.schemas);
            const validator = new Validator(description.jsonSchema, '2020-12');
            for (const valid of [shown.text, JSON.stringify(json), description.example]) {
              assert.deepEqual(validator.validate(JSON.parse(valid)).errors, [], valid);
            }
            await hexHere(format, description.example, place);
            // Registries tell texts.
            if (framed === undefined || form !== 'text') return;

            const guid = guidOf(headers);
            const registered = {
              ...schema,
              file: '',
              id,
              subject: 'orders-value',
              ...(guid !== undefined && { guid }),
            };
            const registry = {
              schemas: knownSchemas(registered),
              headers: headers?.map((header) => ({
                name: header.name,
                value: Buffer.from(header.value, 'hex'),
              })),
            };
            // A registry with Confluent's API does not know the ids of AWS Glue.
            const read = by?.includes('Glue') === true ? 'protobuf(orders-value)' : 'protobuf';
            const found = await decodeHere(read, Buffer.from(framed, 'hex'), registry);
            assert.ok(found.text !== undefined, JSON.stringify(found.problem));
            assert.equal(found.facts?.schema?.name, message);
            assert.equal(found.facts.isGuess, false);
            const again = await hexHere(`protobuf(#${message})`, found.text, registry);
            // Python counts the messages of maps, which this text does not have as messages; only
            // Confluent's framing is written, with the id before the data.
            const isWritten = !name.startsWith('nested') && by === undefined && !headers;
            if (isWritten) assert.equal(again, framed);
            const other = await decodeHere('protobuf', Buffer.from(again, 'hex'), {
              schemas: registry.schemas,
            });
            assert.equal(other.text, found.text);
          });
        }
      });
    }
  }
});
