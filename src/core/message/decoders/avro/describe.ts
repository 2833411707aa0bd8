import { plainJson } from '../../../json/exact';
import { bytesOfInteger, unscaledOf } from './decimal';
import { QUOTED_NUMBER } from './logical';
import { type AvroType, branchName, type Logical, type RecordType } from './schema';

type JsonSchema = Readonly<Record<string, unknown>>;

const fractions = { 3: '123', 6: '123456', 9: '123456789' } as const;

/**
 * Returns a JSON Schema of the JSON that can be written to a type, as `writeAvro` takes it. Named
 * types are in `$defs`.
 */
export function describeAvro(type: AvroType): JsonSchema {
  const describer = new Describer();
  const root = describer.schemaOf(type);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...root,
    ...describer.definitions(),
  };
}

class Describer {
  readonly #defined = new Map<string, JsonSchema | undefined>();
  /** The records whose fields are not described yet, so that no chain of types exhausts the stack. */
  readonly #waiting: RecordType[] = [];

  schemaOf(type: AvroType): JsonSchema {
    switch (type.kind) {
      case 'null':
      case 'boolean':
      case 'string':
        return { type: type.kind };
      case 'int':
        return this.#number(type.logical, { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });
      case 'long':
        return this.#number(type.logical, { minimum: -(2 ** 63), exclusiveMaximum: 2 ** 63 });
      case 'float':
      case 'double':
        return { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] };
      case 'bytes':
        return bytesSchema(type.logical, undefined);
      case 'fixed':
        return this.#named(type.name, () => ({
          ...documented(type),
          ...bytesSchema(type.logical, type.size),
        }));
      case 'enum':
        return this.#named(type.name, () => ({ ...documented(type), enum: type.symbols }));
      case 'array':
        return { type: 'array', items: this.schemaOf(type.items) };
      case 'map':
        return { type: 'object', additionalProperties: this.schemaOf(type.values) };
      case 'union':
        return this.#union(type.branches);
      case 'record':
        return this.#named(type.name, () => {
          this.#waiting.push(type);
          return undefined;
        });
    }
  }

  definitions(): { readonly $defs?: JsonSchema } {
    for (let record = this.#waiting.pop(); record; record = this.#waiting.pop()) {
      this.#defined.set(record.name, this.#record(record));
    }
    return this.#defined.size === 0 ? {} : { $defs: Object.fromEntries(this.#defined) };
  }

  #named(name: string, describe: () => JsonSchema | undefined): JsonSchema {
    if (!this.#defined.has(name)) {
      // The place is kept first, so that definitions stand in the order of the schema.
      this.#defined.set(name, undefined);
      this.#defined.set(name, describe());
    }
    return { $ref: `#/$defs/${pointerStep(name)}` };
  }

  #record(record: RecordType): JsonSchema {
    const properties = record.fields.map((field) => {
      const standard = field.default === undefined ? {} : { default: plainJson(field.default) };
      const described = { ...documented(field), ...this.schemaOf(field.type), ...standard };
      return [field.name, described] as const;
    });
    const required = record.fields.filter((field) => field.default === undefined);
    return {
      title: record.name,
      ...documented(record),
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 && { required: required.map(({ name }) => name) }),
      additionalProperties: false,
    };
  }

  /** With the name of the branch, or without: which of them may be meant, `writeAvro` says. */
  #union(branches: readonly AvroType[]): JsonSchema {
    return {
      anyOf: branches.flatMap((type) => {
        const schema = this.schemaOf(type);
        if (type.kind === 'null') return [schema];
        const name = branchName(type);
        const properties = { [name]: schema };
        const named = { type: 'object', properties, required: [name], additionalProperties: false };
        return [named, schema];
      }),
    };
  }

  #number(logical: Logical | undefined, range: JsonSchema): JsonSchema {
    const number = { type: 'integer', ...range };
    const text = logical && textSchema(logical);
    return text ? { anyOf: [text, number] } : number;
  }
}

function textSchema(logical: Logical): JsonSchema | undefined {
  const type = 'string';
  switch (logical.name) {
    case 'date':
      return { type, format: 'date', examples: ['2026-01-31'] };
    case 'time':
      return { type, examples: [`10:15:30.${fractions[logical.digits]}`] };
    case 'timestamp': {
      const examples = [`2026-01-31T10:15:30.${fractions[logical.digits]}Z`];
      return { type, format: 'date-time', examples };
    }
    case 'local-timestamp':
      return { type, examples: [`2026-01-31T10:15:30.${fractions[logical.digits]}`] };
    case 'uuid':
      return { type, format: 'uuid' };
    case 'duration':
      return { type, examples: ['P1M2DT3.000S'] };
    case 'decimal':
    case 'big-decimal':
      return undefined;
  }
}

function bytesSchema(logical: Logical | undefined, size: number | undefined): JsonSchema {
  const length = size === undefined ? {} : { minLength: size, maxLength: size };
  const bytes = { type: 'string', pattern: '^[\\u0000-\\u00ff]*$', ...length };
  if (!logical) return bytes;
  const unreadable = { ...bytes, not: { pattern: QUOTED_NUMBER.source } };
  if (logical.name === 'big-decimal')
    return { anyOf: [{ type: 'number', examples: [12.5] }, unreadable] };
  if (logical.name !== 'decimal') return textSchema(logical) ?? bytes;
  const { precision, scale } = logical;
  const example = ['12.5', '1'].find((number) => {
    const unscaled = unscaledOf(number, scale);
    if (unscaled === undefined || String(unscaled).length > precision) return false;
    return bytesOfInteger(unscaled, size) !== undefined;
  });
  return { anyOf: [{ type: 'number', examples: [Number(example ?? 0)] }, unreadable] };
}

function documented({ doc }: { readonly doc?: string }): JsonSchema {
  return doc === undefined ? {} : { description: doc };
}

function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
