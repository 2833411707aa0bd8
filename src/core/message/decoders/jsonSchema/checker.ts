import { phrase } from '../../../phrase';
import { type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import { parseExact } from '../../../json/exact';
import type { WholeSchema } from '../../../schemaRegistry/schema';
import { InvalidSchema, type Misfit } from '../schemas/problems';
import { misfitOf } from './misfit';

/** In characters, together with what it refers to. */
const MAX_TEXT = 8 * 1024 * 1024;
/** What a schema without an `$id` is relative to. Nothing is ever fetched from there. */
const BASE = 'schema://registry/';

/** A JSON Schema that is ready for use. */
export interface JsonChecker {
  readonly schema: Schema | boolean;
  /** The schemas that it refers to, by the addresses by which it can do so. */
  readonly imports: ReadonlyMap<string, Schema | boolean>;
  /** What its own references are relative to. */
  readonly base: string;
  /** Returns the first thing that does not fit. `value` is from `JSON.parse`. */
  readonly check: (value: unknown) => Misfit | undefined;
}

/**
 * Prepares a JSON Schema of the draft that its `$schema` names, otherwise of draft-07, as Confluent's
 * registry takes it. A reference is to one of its parts, or to an import by its name or `$id`.
 * Throws `InvalidSchema`.
 */
export function jsonChecker({ text, imports }: Pick<WholeSchema, 'text' | 'imports'>): JsonChecker {
  if (imports.reduce((sum, { text: { length } }) => sum + length, text.length) > MAX_TEXT) {
    throw new InvalidSchema(phrase('it is too large'));
  }
  const schema = schemaOf(text);
  const base = addressOf(idOf(schema) ?? '', BASE);
  const known = new Map<string, Schema | boolean>();
  for (const imported of imports) {
    const own = idOf(schemaOf(imported.text));
    for (const name of [imported.name, own]) {
      // A schema each, because the validator notes in it how it is reached.
      if (name !== undefined) known.set(addressOf(name, base), schemaOf(imported.text));
    }
  }
  known.delete(base);
  const validator = validatorOf(schema, base, known);
  return {
    schema,
    imports: known,
    base,
    check: (value) => {
      const { valid, errors } = validate(validator, value);
      return valid ? undefined : misfitOf(errors, value);
    },
  };
}

function validatorOf(
  schema: Schema | boolean,
  base: string,
  imports: ReadonlyMap<string, Schema | boolean>,
): Validator {
  try {
    const root = typeof schema === 'boolean' ? schema : { ...schema, $id: base };
    const validator = new Validator(root, draftOf(schema));
    for (const [address, imported] of imports) {
      if (typeof imported === 'object') validator.addSchema(imported, address);
    }
    return validator;
  } catch (error) {
    throw new InvalidSchema(phrase('it is not valid ({0})', messageOf(error)));
  }
}

function validate(validator: Validator, value: unknown) {
  try {
    return validator.validate(value);
  } catch (error) {
    // A reference that leads nowhere, or a pattern that is none, is found only now.
    throw new InvalidSchema(
      error instanceof RangeError
        ? phrase('it refers to itself without end')
        : phrase('it is not valid ({0})', messageOf(error)),
    );
  }
}

function schemaOf(text: string): Schema | boolean {
  try {
    // Only this checks the depth.
    parseExact(text);
  } catch {
    throw new InvalidSchema(phrase('it is not JSON, or too deep'));
  }
  const schema: unknown = JSON.parse(text);
  if (typeof schema === 'boolean' || (typeof schema === 'object' && !Array.isArray(schema))) {
    if (schema !== null) return schema;
  }
  throw new InvalidSchema(phrase('it is not an object'));
}

function draftOf(schema: Schema | boolean): SchemaDraft {
  const draft: unknown = typeof schema === 'object' ? schema.$schema : undefined;
  const [found] = /draft-04|2019-09|2020-12/.exec(typeof draft === 'string' ? draft : '') ?? [];
  if (found === '2019-09' || found === '2020-12') return found;
  return found === undefined ? '7' : '4';
}

function idOf(schema: Schema | boolean): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  // It is `id` in draft-04.
  const id: unknown = schema.$id ?? schema['id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Returns where a reference leads, without its fragment. */
export function addressOf(reference: string, base: string): string {
  try {
    const url = new URL(reference, base);
    url.hash = '';
    return url.href;
  } catch {
    throw new InvalidSchema(phrase('it refers to {0}', JSON.stringify(reference.slice(0, 100))));
  }
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]?.replace(/\.$/, '').slice(0, 200) ?? '';
}
