import type { FormatDescription } from '../../../src/core/message/decoders/decoder';
import type { Catalog } from '../../../src/language/catalog';
import type { SchemaAnswer, SchemaQuery } from '../../../src/language/protocol';
import { catalog } from '../kafkaFiles';

/** The JSON Schema of an order, as it is made of an Avro schema. */
const ORDER: FormatDescription['jsonSchema'] = {
  $ref: '#/$defs/contoso.Order',
  $defs: {
    'contoso.Order': {
      type: 'object',
      title: 'contoso.Order',
      properties: {
        id: {
          type: 'integer',
          minimum: -(2 ** 31),
          maximum: 2 ** 31 - 1,
          description: 'Its number.',
        },
        status: { $ref: '#/$defs/Status', default: 'NEW', description: 'How far it is.' },
        customer: { $ref: '#/$defs/Customer' },
        note: {
          anyOf: [
            { type: 'null' },
            wrapped('string', { type: 'string' }),
            wrapped('int', { type: 'integer' }),
          ],
          default: null,
        },
        tags: { type: 'array', items: { type: 'string' }, examples: [['new']] },
        extra: { type: 'object', additionalProperties: { type: 'boolean' } },
      },
      required: ['id', 'customer'],
      additionalProperties: false,
    },
    Status: { enum: ['NEW', 'PAID'], title: 'Status' },
    Customer: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        parent: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/Customer' }] },
      },
      required: ['name'],
      additionalProperties: false,
    },
  },
};

function wrapped(name: string, schema: unknown) {
  return {
    type: 'object',
    properties: { [name]: schema },
    required: [name],
    additionalProperties: false,
  };
}

const KNOWN: SchemaAnswer = {
  description: {
    jsonSchema: ORDER,
    example: '{}',
    schema: { id: 7, subject: 'orders-value', version: 3, name: 'contoso.Order' },
  },
  compatibility: 'BACKWARD',
};

/** Returns a catalog that gives an answer for each schema. */
export function knowing(answer: SchemaAnswer = KNOWN, asked: SchemaQuery[] = []): Catalog {
  return {
    ...catalog(),
    schema(query) {
      asked.push(query);
      return answer;
    },
    subjects: () => ['customers-value', 'orders-value', 'orders-key'],
    versions: () => [1, 2, 3],
    schemaFiles: () => ['order.avsc', 'schemas/customer.proto'],
  };
}

/** The beginning of a block whose value has the schema. */
export const HEAD = '-- @cluster: other\nPRODUCER\ntopic: orders\nvalue-format: avro\n';
