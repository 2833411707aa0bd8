import { RawJson } from '../json/rawJson';
import type { Payload } from '../kafka';
import { bytesOfBase64 } from './bytes';
import type { Member } from './jsonMembers';
import { ProblemAt } from './payloadProblem';

const TYPES: readonly unknown[] = ['BINARY', 'JSON', 'STRING', 'AVRO', 'JSONSCHEMA', 'PROTOBUF'];
const SCHEMA = ['schema', 'schema_id', 'schema_version', 'subject', 'subject_name_strategy'];

/**
 * Whether JSON is a key or value as in a body for Confluent's API v3: `{"type": "BINARY", "data":
 * "AAE="}`, perhaps with a schema.
 */
export function isTyped(json: string): boolean {
  // Avoids looking into most values.
  if (!json.startsWith('{') || !json.includes('"data"')) return false;
  const members = new RawJson(json).members ?? new Map<string, unknown>();
  const isNamed = members.has('type')
    ? TYPES.includes(members.get('type'))
    : members.has('schema_id');
  return (
    isNamed &&
    members.has('data') &&
    [...members.keys()].every((name) => ['type', 'data', ...SCHEMA].includes(name))
  );
}

/**
 * Returns such a key or value. Throws a `ProblemAt` if it needs a schema, or if the data are not of
 * the type.
 */
export function readTyped({ name, json, at }: Member): Payload | null {
  const members = new RawJson(json).members;
  const data = members?.get('data') ?? null;
  const type = members?.size === 2 ? members.get('type') : undefined;
  if (type === 'JSON' && data !== null) {
    return data instanceof RawJson ? data.json : JSON.stringify(data);
  }
  if (type === 'STRING' || type === 'BINARY' || type === 'JSON') {
    if (data === null) return null;
    const payload = typeof data === 'string' && (type === 'STRING' ? data : bytesOfBase64(data));
    if (payload === false || payload === undefined) {
      throw new ProblemAt({ kind: 'encoding-wrong', member: name }, at);
    }
    return payload;
  }
  throw new ProblemAt({ kind: 'schema-needed', member: name }, at);
}
