import type { Compatibility, SchemaRegistry } from '../../../core/schemaRegistry/registry';
import type {
  SchemaReference,
  SchemaType,
  SubjectVersion,
} from '../../../core/schemaRegistry/schema';

/** What is known of a version of a subject, without the text of its schema. */
export interface SchemaFacts {
  readonly version: number;
  readonly id: number;
  readonly type: SchemaType;
  readonly references: readonly SchemaReference[];
}

/** What is known of a subject beyond its latest version. */
export interface SubjectDetails {
  /** The latest one first. */
  readonly versions: readonly number[];
  /** Missing: the registry does not tell. */
  readonly compatibility?: Compatibility;
}

export function factsOf({ version, id, schema }: SubjectVersion): SchemaFacts {
  const { type, references } = schema;
  return { version, id, type, references };
}

/** Fetches the versions of a subject and its level of compatibility, at the same time. */
export async function fetchSubject(
  registry: Pick<SchemaRegistry, 'versions' | 'compatibility'>,
  subject: string,
  signal: AbortSignal,
): Promise<SubjectDetails> {
  const [versions, compatibility] = await Promise.all([
    registry.versions(subject, { signal }),
    // Some registries let fewer people see it. The versions are worth more.
    registry.compatibility(subject, { signal }).catch(() => undefined),
  ]);
  return {
    versions: versions.toSorted((a, b) => b - a),
    ...(compatibility && { compatibility }),
  };
}

/** The topic whose keys or values a subject describes, if its name says so. */
export interface TopicPart {
  readonly topic: string;
  readonly part: 'key' | 'value';
}

/** Returns what a subject is for by the usual strategy of naming, such as the values of `orders`. */
export function useOf(subject: string): TopicPart | undefined {
  const [, topic = '', part] = /^(.+)-(key|value)$/s.exec(subject) ?? [];
  return part === 'key' || part === 'value' ? { topic, part } : undefined;
}

/** Returns the subject of the keys or values of a topic by the usual strategy of naming. */
export function subjectOf({ topic, part }: TopicPart): string {
  return `${topic}-${part}`;
}
