import type { Level, ResolvedSchema } from './schema';
import { avroMisfits, avroProblem } from './avro';
import { jsonMisfits, jsonProblem } from './jsonSchema';
import { misfit } from './misfit';
import { protobufMisfits, protobufProblem } from './protobuf';

interface Rules {
  /** Returns why a text is no schema. */
  readonly problem: (schema: ResolvedSchema) => string | undefined;
  /** Returns why a reader with one schema cannot read what a writer with the other writes. */
  readonly misfits: (reader: ResolvedSchema, writer: ResolvedSchema) => readonly string[];
}

const RULES: Readonly<Record<ResolvedSchema['type'], Rules>> = {
  AVRO: { problem: avroProblem, misfits: avroMisfits },
  JSON: { problem: jsonProblem, misfits: jsonMisfits },
  PROTOBUF: { problem: protobufProblem, misfits: protobufMisfits },
};

/** Returns why a text is no schema; `undefined` if it is one. */
export function checkSchema(schema: ResolvedSchema): string | undefined {
  return RULES[schema.type].problem(schema);
}

/** Returns why a schema cannot follow an older one at a level; none if it can. */
export function incompatibilities(
  newer: ResolvedSchema,
  older: ResolvedSchema,
  level: Level,
): readonly string[] {
  if (level === 'NONE') return [];
  if (newer.type !== older.type) {
    return [misfit('SCHEMA_TYPE_CHANGED', `The type changed from ${older.type} to ${newer.type}`)];
  }
  const { misfits } = RULES[newer.type];
  return [
    ...(level.startsWith('FORWARD') ? [] : misfits(newer, older)),
    ...(level.startsWith('BACKWARD') ? [] : misfits(older, newer)),
  ];
}
