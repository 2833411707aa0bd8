import type { CallOptions } from '../kafka';
import type { RegisteredSchema, SubjectVersion } from './schema';

/** A name under which a schema is registered. */
export interface SubjectUse {
  readonly subject: string;
  readonly version: number;
}

/** How a registry guards the versions of a subject, such as `BACKWARD`. */
export interface Compatibility {
  readonly level: string;
  /** Whether the subject has no level of its own and takes the one of the registry. */
  readonly isDefault: boolean;
}

/** What a registry says of a schema that is to become the next version of a subject. */
export interface CompatibilityCheck {
  readonly isCompatible: boolean;
  /** What does not fit, in the words of the registry. */
  readonly messages: readonly string[];
}

/**
 * A schema registry that speaks Confluent's API. Every failure is a `KafkaError`, except the reason
 * of an aborted signal. What never changes is remembered.
 */
export interface SchemaRegistry {
  /** The names of all subjects, sorted. */
  subjects(options?: CallOptions): Promise<readonly string[]>;
  /** The numbers of the versions of a subject, the oldest first. */
  versions(subject: string, options?: CallOptions): Promise<readonly number[]>;
  version(
    subject: string,
    version: number | 'latest',
    options?: CallOptions,
  ): Promise<SubjectVersion>;
  /** Rejects with kind `not-found` for an unknown id. */
  schema(id: number, options?: CallOptions): Promise<RegisteredSchema>;
  schemaByGuid(guid: string, options?: CallOptions): Promise<RegisteredSchema>;
  /** The names under which a schema is registered; empty if the registry does not tell. */
  usesOf(id: number, options?: CallOptions): Promise<readonly SubjectUse[]>;
  /** The version of a subject that has this schema; `undefined` if none has, or there is none. */
  find(
    subject: string,
    schema: RegisteredSchema,
    options?: CallOptions,
  ): Promise<SubjectVersion | undefined>;
  compatibility(subject: string, options?: CallOptions): Promise<Compatibility>;
  /** Changes nothing. */
  check(
    subject: string,
    schema: RegisteredSchema,
    options?: CallOptions,
  ): Promise<CompatibilityCheck>;
  /** Registers a schema and returns its id, which is an older one if it is registered already. */
  register(subject: string, schema: RegisteredSchema, options?: CallOptions): Promise<number>;
  /** Closes idle connections. */
  dispose(): void;
}

/** A registry as code gets it that only reads. */
export type ReadingRegistry = Omit<SchemaRegistry, 'register'>;
