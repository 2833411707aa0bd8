import { SchemaError } from './lookup';
import type { SchemaRegistry } from './registry';
import type { CallOptions } from '../kafka';
import { type Phrase, phrase, type PhraseArgument } from '../phrase';
import type { RegisteredSchema, SchemaReference, WholeSchema } from './schema';

/** How many schemas one may refer to, also indirectly, and how large they may be together. */
const MAX_REFERENCES = 200;
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** How long a chain of references may be. */
const MAX_DEPTH = 50;

/**
 * Returns a schema together with all that it refers to. Rejects with a `SchemaError` if that is not
 * there, too much, or goes in a circle; and as the registry does.
 *
 * @param label how to name the schema in an error
 */
export async function wholeSchema(
  schema: RegisteredSchema,
  registry: Pick<SchemaRegistry, 'version'>,
  label: PhraseArgument,
  options: CallOptions = {},
): Promise<WholeSchema> {
  const imports = new Map<string, { readonly name: string; readonly text: string }>();
  const open = new Set<string>();
  let characters = schema.text.length;

  const add = async (references: readonly SchemaReference[]): Promise<void> => {
    for (const { name, subject, version } of references) {
      const place = JSON.stringify([subject, version]);
      if (open.has(place))
        throw invalid(phrase('{0} refers to itself through {1}', label, subject));
      if (imports.has(name)) continue;
      if (open.size >= MAX_DEPTH) throw invalid(phrase('{0} has too deep references', label));
      open.add(place);
      const referred = (await registry.version(subject, version, options)).schema;
      characters += referred.text.length;
      await add(referred.references);
      if (imports.size >= MAX_REFERENCES || characters > MAX_CHARACTERS) {
        throw invalid(phrase('{0} refers to too many schemas', label));
      }
      imports.set(name, { name, text: referred.text });
      open.delete(place);
    }
  };

  await add(schema.references);
  return { type: schema.type, text: schema.text, imports: [...imports.values()] };
}

function invalid(why: Phrase): SchemaError {
  return new SchemaError('invalid', why);
}
