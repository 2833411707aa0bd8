import { KafkaError } from '../errors';
import { array, field, optionalField, smallInteger, string } from '../json/decode';
import type { CompatibilityCheck, SubjectUse } from './registry';
import {
  type RegisteredSchema,
  type SchemaReference,
  type SchemaType,
  schemaTypes,
  type SubjectVersion,
} from './schema';

/** The shapes of Confluent's API, from `client/rest/entities` of its Schema Registry. */

export function bodyOf({ type, text, references }: RegisteredSchema): object {
  return {
    schema: text,
    ...(type !== 'AVRO' && { schemaType: type }),
    ...(references.length > 0 && { references }),
  };
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Registries leave the type out if it is Avro. */
export function registeredSchema(value: unknown): RegisteredSchema {
  const type = optionalField(value, 'schemaType', string) ?? 'AVRO';
  if (!isSchemaType(type)) {
    throw new KafkaError('protocol', { detail: 'schemaType: expected AVRO, PROTOBUF or JSON' });
  }
  return {
    type,
    text: field(value, 'schema', string),
    references: optionalField(value, 'references', (list) => array(list, reference)) ?? [],
  };
}

function isSchemaType(type: string): type is SchemaType {
  return schemaTypes.some((each) => each === type);
}

function reference(value: unknown): SchemaReference {
  return { name: field(value, 'name', string), ...subjectUse(value) };
}

export function subjectUse(value: unknown): SubjectUse {
  return {
    subject: field(value, 'subject', string),
    version: field(value, 'version', smallInteger),
  };
}

export function subjectVersion(value: unknown): SubjectVersion {
  const guid = optionalField(value, 'guid', string)?.toLowerCase();
  return {
    ...subjectUse(value),
    id: field(value, 'id', smallInteger),
    ...(guid !== undefined && GUID.test(guid) && { guid }),
    schema: registeredSchema(value),
  };
}

export function compatibilityCheck(value: unknown): CompatibilityCheck {
  return {
    isCompatible: field(value, 'is_compatible', (each) => each === true),
    messages: optionalField(value, 'messages', (list) => array(list, string)) ?? [],
  };
}
