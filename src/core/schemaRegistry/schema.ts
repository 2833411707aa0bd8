/** The kinds of schemas, by the names that registries give them. */
export const schemaTypes = ['AVRO', 'PROTOBUF', 'JSON'] as const;
export type SchemaType = (typeof schemaTypes)[number];

/** A part of a schema that stands in another subject, under the name by which the schema has it. */
export interface SchemaReference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** A schema as a registry keeps it. It never changes. */
export interface RegisteredSchema {
  readonly type: SchemaType;
  readonly text: string;
  readonly references: readonly SchemaReference[];
}

/** A schema together with all that it refers to, in plain data. */
export interface WholeSchema {
  readonly type: SchemaType;
  readonly text: string;
  /** What it refers to, also indirectly, each after those that it refers to itself. */
  readonly imports: readonly { readonly name: string; readonly text: string }[];
  /** A Protobuf schema as a set of descriptors (`google.protobuf.FileDescriptorSet`). */
  readonly descriptors?: Uint8Array;
}

/** A schema under one of the names that it has. */
export interface SubjectVersion {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  /** In lower case with hyphens. Missing: the registry does not give any. */
  readonly guid?: string;
  readonly schema: RegisteredSchema;
}
