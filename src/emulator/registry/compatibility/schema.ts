export type SchemaType = 'AVRO' | 'PROTOBUF' | 'JSON';

export interface Reference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** A schema as clients send it. */
export interface NewSchema {
  readonly type: SchemaType;
  readonly text: string;
  readonly references: readonly Reference[];
}

/** A schema with what it refers to, each after those that it refers to itself. */
export interface ResolvedSchema extends NewSchema {
  readonly imports: readonly { readonly name: string; readonly text: string }[];
}

/** How a registry guards the versions of a subject. */
export const levels = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;
export type Level = (typeof levels)[number];
