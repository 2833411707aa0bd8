import { readSchemaArgument } from '../../core/message/decoders/schemaArgument';
import { nearest } from '../../core/text/nearest';
import type { Problem } from '../../kafkaFile/problems';
import { readTree } from './jsonTree';
import { misfits } from './misfits';
import type { SchemaAnswer, SchemaPart } from './part';

/** Returns the problems of a schema, and of what is to fit it. */
export function problemsOf(
  part: SchemaPart,
  fillTemplates: boolean,
  subjectsOf: (cluster: string) => readonly string[] | undefined,
): readonly Problem[] {
  const { answer, text } = part;
  if (!answer) return [];
  if (answer.problem !== undefined) return lookupProblems(part, answer, subjectsOf);
  const tree = text && readTree(text, fillTemplates);
  return tree ? misfits(answer.description.jsonSchema, tree) : [];
}

function lookupProblems(
  { at, name, cluster }: SchemaPart,
  { problem, detail }: Exclude<SchemaAnswer, { readonly problem?: never }>,
  subjectsOf: (cluster: string) => readonly string[] | undefined,
): readonly Problem[] {
  const { subject, file } = readSchemaArgument(name) ?? {};
  if (problem === 'unreachable') return []; // The tree says so, and it may pass.
  if (problem === 'not-found' && subject !== undefined && file === undefined) {
    const subjects = subjectsOf(cluster) ?? [];
    if (!subjects.includes(subject)) {
      const version = /@(?:\d+|latest)$/.exec(name)?.[0] ?? '';
      const suggestions = nearest(subject, subjects).map((each) => each + version);
      return [{ kind: 'schema-unknown', ...at, name: subject, suggestions }];
    }
  }
  return [{ kind: 'no-schema', ...at, name, detail }];
}
