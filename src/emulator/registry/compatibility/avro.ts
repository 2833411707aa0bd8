import type { ResolvedSchema } from './schema';
import { type Avro, AvroSyntaxError, nameOf, parseAvro } from './avroSchema';
import { misfit } from './misfit';

/** Which types a reader may have for what a writer has written, by Avro's specification. */
const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};

export function avroProblem(schema: ResolvedSchema): string | undefined {
  try {
    parse(schema);
    return undefined;
  } catch (error) {
    if (error instanceof AvroSyntaxError) return error.message;
    throw error;
  }
}

/**
 * Returns what keeps a reader from reading, by the rules for resolving schemas of Avro 1.12. Names
 * of records count without their namespace, as in Java.
 */
export function avroMisfits(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  return new Comparison().misfits(parse(reader), parse(writer), '');
}

function parse({ text, imports }: ResolvedSchema): Avro {
  return parseAvro([...imports.map((each) => each.text), text]);
}

class Comparison {
  /** Pairs of records that are being compared, which may contain each other. */
  readonly #open = new Map<Avro, Set<Avro>>();

  misfits(reader: Avro, writer: Avro, path: string): readonly string[] {
    if (writer.kind === 'union') {
      return writer.branches.flatMap((branch, n) => this.misfits(reader, branch, `${path}/${n}`));
    }
    if (reader.kind === 'union') {
      const fits = reader.branches.some(
        (branch) => this.misfits(branch, writer, path).length === 0,
      );
      if (fits) return [];
      const type = nameOf(writer);
      return [
        misfit('MISSING_UNION_BRANCH', `The new union lacks the type ${type} at '${path}'`, type),
      ];
    }
    if (reader.kind === 'primitive' || writer.kind === 'primitive') {
      return promotes(reader, writer) ? [] : [typeMisfit(reader, writer, path)];
    }
    if (reader.kind !== writer.kind) return [typeMisfit(reader, writer, path)];
    if ('items' in reader && 'items' in writer) {
      return this.misfits(reader.items, writer.items, `${path}/items`);
    }
    if ('name' in reader && 'name' in writer && !isSameName(reader.name, writer.name)) {
      return [
        misfit('NAME_MISMATCH', `The name of the schema changed at '${path}/name'`, reader.name),
      ];
    }
    return this.#namedMisfits(reader, writer, path);
  }

  #namedMisfits(reader: Avro, writer: Avro, path: string): readonly string[] {
    if (reader.kind === 'fixed' && writer.kind === 'fixed' && reader.size !== writer.size) {
      return [misfit('FIXED_SIZE_MISMATCH', `The size of FIXED type changed at '${path}/size'`)];
    }
    if (reader.kind === 'enum' && writer.kind === 'enum' && !reader.hasDefault) {
      const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
      if (missing.length === 0) return [];
      const what = `The new schema lacks enum symbols at '${path}/symbols'`;
      return [misfit('MISSING_ENUM_SYMBOLS', what, `[${missing.join(', ')}]`)];
    }
    if (reader.kind !== 'record' || writer.kind !== 'record') return [];
    const open = this.#open.get(reader) ?? new Set();
    if (open.has(writer)) return [];
    this.#open.set(reader, open.add(writer));
    return reader.fields.flatMap((field, n) => {
      const at = `${path}/fields/${n}`;
      const names = [field.name, ...field.aliases];
      const written = writer.fields.find(({ name }) => names.includes(name));
      if (written) return this.misfits(field.type, written.type, `${at}/type`);
      if (field.hasDefault) return [];
      return [
        misfit(
          'READER_FIELD_MISSING_DEFAULT_VALUE',
          `The field '${field.name}' at path '${at}' in the new schema has no default value and is missing in the old schema`,
          field.name,
        ),
      ];
    });
  }
}

function promotes(reader: Avro, writer: Avro): boolean {
  if (reader.kind !== 'primitive' || writer.kind !== 'primitive') return false;
  return reader.type === writer.type || (PROMOTIONS[writer.type] ?? []).includes(reader.type);
}

function typeMisfit(reader: Avro, writer: Avro, path: string): string {
  const types = `${nameOf(writer)} to ${nameOf(reader)}`;
  return misfit('TYPE_MISMATCH', `The type changed from ${types} at '${path || '/'}'`, types);
}

function isSameName(a: string, b: string): boolean {
  return a.split('.').at(-1) === b.split('.').at(-1);
}
