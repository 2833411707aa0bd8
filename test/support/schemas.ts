import { phrase } from '../../src/core/phrase';
import {
  type FoundSchema,
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
} from '../../src/core/schemaRegistry/lookup';
import type { SchemaType, WholeSchema } from '../../src/core/schemaRegistry/schema';

/** A schema as a test states it. */
export interface KnownSchema {
  readonly text: string;
  /** Missing: Avro. */
  readonly type?: SchemaType;
  readonly imports?: WholeSchema['imports'];
  readonly descriptors?: Uint8Array;
  readonly id?: number;
  readonly guid?: string;
  readonly subject?: string;
  /** Missing: 1. */
  readonly version?: number;
  readonly file?: string;
}

/** Finds the schemas of a list, as a registry and a folder do. `asked` lists what was looked for. */
export function knownSchemas(
  ...schemas: readonly KnownSchema[]
): SchemaLookup & { readonly asked: readonly SchemaAddress[] } {
  const asked: SchemaAddress[] = [];
  return {
    asked,
    find(address) {
      asked.push(address);
      const known = schemas.filter((schema) => fits(schema, address));
      const found = known.sort((a, b) => (b.version ?? 1) - (a.version ?? 1))[0];
      if (found) return Promise.resolve(foundSchema(found));
      return Promise.reject(
        new SchemaError('not-found', phrase('there is no schema {0}', name(address))),
      );
    },
  };
}

function fits(schema: KnownSchema, address: SchemaAddress): boolean {
  switch (address.by) {
    case 'id':
      return schema.id === address.id;
    case 'guid':
      return schema.guid === address.guid;
    case 'file':
      return schema.file === address.file;
    case 'subject':
      return (
        schema.subject === address.subject &&
        (address.version ?? schema.version ?? 1) === (schema.version ?? 1)
      );
  }
}

function foundSchema(known: KnownSchema): FoundSchema {
  const { text, type = 'AVRO', imports = [], descriptors, id, subject, version = 1, file } = known;
  return {
    schema: { type, text, imports, ...(descriptors && { descriptors }) },
    ...(id !== undefined && { id }),
    ...(subject !== undefined && { subject, version }),
    ...(file !== undefined && { file }),
  };
}

function name(address: SchemaAddress): string {
  switch (address.by) {
    case 'id':
      return `with the id ${address.id}`;
    case 'guid':
      return `with the GUID ${address.guid}`;
    case 'file':
      return `'${address.file}'`;
    case 'subject':
      return `'${address.subject}'`;
  }
}
