import type { ExactJson } from '../../../json/exact';

/** A type of Avro, with all names resolved, so that recursive types refer to themselves. */
export type AvroType =
  PrimitiveType | FixedType | EnumType | ArrayType | MapType | UnionType | RecordType;

export const primitives = [
  ...(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const),
] as const;
export type Primitive = (typeof primitives)[number];

export interface PrimitiveType {
  readonly kind: Primitive;
  readonly logical?: Logical;
}

interface Named {
  /** With its namespace. */
  readonly name: string;
  readonly doc?: string;
}

export interface FixedType extends Named {
  readonly kind: 'fixed';
  /** In bytes. */
  readonly size: number;
  readonly logical?: Logical;
}

export interface EnumType extends Named {
  readonly kind: 'enum';
  readonly symbols: readonly string[];
}

// What is not read-only here becomes known after the type itself: a name may be used before it is
// defined.

export interface ArrayType {
  readonly kind: 'array';
  items: AvroType;
}

export interface MapType {
  readonly kind: 'map';
  values: AvroType;
}

export interface UnionType {
  readonly kind: 'union';
  readonly branches: AvroType[];
}

export interface RecordType extends Named {
  readonly kind: 'record';
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  type: AvroType;
  /** As the schema writes it: without the names of branches, logical types as what is below. */
  readonly default?: ExactJson;
  readonly doc?: string;
}

/** What a number, text or bytes mean. Logical types that are not listed here are shown as they are. */
export type Logical =
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'uuid' | 'duration' | 'date' | 'big-decimal' }
  /** `digits`: of the fraction of a second that one unit is. */
  | { readonly name: 'time' | 'timestamp' | 'local-timestamp'; readonly digits: 3 | 6 | 9 };

/** The name of a type as a branch of a union, in Avro's JSON. */
export function branchName(type: AvroType): string {
  return 'name' in type ? type.name : type.kind;
}
