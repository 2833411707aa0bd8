import { TextDocument } from 'vscode-languageserver-textdocument';
import { JsonFeatures } from '../../../src/language/jsonFiles/jsonFeatures';
import type { CheckedFile, SchemaAnswer, SchemaQuery } from '../../../src/language/protocol';
import { knowing } from './orderSchema';

/** The values of a file are orders. */
export const VALUE: SchemaQuery = {
  cluster: 'hdi',
  topic: 'orders',
  part: 'value',
  named: { format: 'avro' },
};
/** The keys of a file are integers. */
export const KEY: SchemaQuery = { ...VALUE, part: 'key', named: { format: 'avro(orders-key)' } };
const LONG: SchemaAnswer = {
  description: { jsonSchema: { type: 'integer' }, example: '1', schema: {} },
};
/** The signal of what nobody stops. */
export const unlimited = new AbortController().signal;

/** Opens a text as a file. Its language follows from its ending. */
export function openJson(name: string, text: string, checks: readonly SchemaQuery[] = [VALUE]) {
  const language = name.endsWith('.json') ? 'json' : 'jsonl';
  const document = TextDocument.create(`file:///folder/${name}`, language, 1, text);
  const { state, ...orders } = knowing();
  const known = {
    ...orders,
    state: { ...state, checks },
    schema: (query: SchemaQuery) => (query.part === 'key' ? LONG : orders.schema(query)),
  };
  const told: CheckedFile[] = [];
  const features = new JsonFeatures(
    { of: () => known, settled: () => Promise.resolve(known) },
    (checked) => told.push(checked),
  );
  return { document, features, told };
}

/** Returns an order on one line. */
export const order = (id: string) => `{"id": ${id}, "customer": {"name": "A"}}`;
