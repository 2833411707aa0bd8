import { createHash } from 'node:crypto';
import { checkSchema, incompatibilities } from './compatibility/check';
import { type Level, levels, type NewSchema, type ResolvedSchema } from './compatibility/schema';
import {
  invalidLevel,
  invalidSchema,
  levelNotSet,
  RegistryError,
  schemaNotFound,
  subjectNotFound,
  versionNotFound,
} from './registryError';

export interface StoredSchema extends NewSchema {
  readonly id: number;
  readonly guid: string;
}

export interface Version {
  readonly subject: string;
  readonly version: number;
  readonly schema: StoredSchema;
}

/** The schemas of a registry, in memory. A schema has one id under all its names. */
export class SchemaStore {
  readonly #schemas = new Map<string, StoredSchema>();
  readonly #subjects = new Map<string, Version[]>();
  readonly #levels = new Map<string, Level>();
  #level: Level = 'BACKWARD';

  get subjects(): readonly string[] {
    return [...this.#subjects.keys()].sort();
  }

  /** Returns the versions of a subject, the oldest first, or throws. */
  versions(subject: string): readonly Version[] {
    const versions = this.#subjects.get(subject);
    if (!versions) throw subjectNotFound(subject);
    return versions;
  }

  version(subject: string, version: number | 'latest'): Version {
    const versions = this.versions(subject);
    const found =
      version === 'latest' ? versions.at(-1) : versions.find((each) => each.version === version);
    if (!found) throw versionNotFound(version);
    return found;
  }

  schema(id: number): StoredSchema {
    const found = [...this.#schemas.values()].find((schema) => schema.id === id);
    if (!found) throw schemaNotFound(id);
    return found;
  }

  schemaByGuid(guid: string): StoredSchema {
    const found = [...this.#schemas.values()].find((schema) => schema.guid === guid);
    if (!found) throw schemaNotFound(guid);
    return found;
  }

  usesOf(id: number): readonly Version[] {
    const schema = this.schema(id);
    return [...this.#subjects.values()].flat().filter((version) => version.schema === schema);
  }

  /** Returns the version of a subject that has this schema, if there is one. */
  find(subject: string, schema: NewSchema): Version | undefined {
    const key = keyOf(schema);
    return this.versions(subject).find((version) => keyOf(version.schema) === key);
  }

  /** Registers a schema under a subject, or throws with 409 if it does not fit the older ones. */
  register(subject: string, schema: NewSchema): StoredSchema {
    const resolved = this.#valid(schema);
    const versions = this.#subjects.get(subject) ?? [];
    const key = keyOf(schema);
    const known = versions.find((version) => keyOf(version.schema) === key);
    if (known) return known.schema;
    const messages = this.#misfits(subject, resolved, versions);
    if (messages.length > 0) {
      const text = 'Schema being registered is incompatible with an earlier schema for subject';
      const details = [...messages, `{compatibility: '${this.level(subject)}'}`].join(', ');
      throw new RegistryError(409, 409, `${text} "${subject}", details: [${details}]`);
    }
    const stored = this.#schemas.get(key) ?? {
      ...schema,
      text: normalText(schema),
      id: this.#schemas.size + 1,
      guid: guidOf(key),
    };
    this.#schemas.set(key, stored);
    const version = (versions.at(-1)?.version ?? 0) + 1;
    this.#subjects.set(subject, [...versions, { subject, version, schema: stored }]);
    return stored;
  }

  /** Returns why a schema cannot follow a version, in words; none if it can. */
  check(subject: string, schema: NewSchema, version: number | 'latest'): readonly string[] {
    const resolved = this.#valid(schema);
    const versions = this.#subjects.get(subject) ?? [];
    if (version === 'latest') return this.#misfits(subject, resolved, versions);
    return this.#misfits(subject, resolved, [this.version(subject, version)]);
  }

  /** The level of a subject, or of the registry. */
  level(subject: string): Level {
    return this.#levels.get(subject) ?? this.#level;
  }

  get globalLevel(): Level {
    return this.#level;
  }

  ownLevel(subject: string): Level {
    const level = this.#levels.get(subject);
    if (level === undefined) throw levelNotSet(subject);
    return level;
  }

  /** Sets the level of a subject or, without one, of the registry. */
  setLevel(text: string, subject?: string): Level {
    const level = levels.find((each) => each === text.toUpperCase());
    if (level === undefined) throw invalidLevel();
    if (subject === undefined) this.#level = level;
    else this.#levels.set(subject, level);
    return level;
  }

  #misfits(
    subject: string,
    schema: ResolvedSchema,
    versions: readonly Version[],
  ): readonly string[] {
    const level = this.level(subject);
    const older = level.endsWith('_TRANSITIVE') ? versions.toReversed() : versions.slice(-1);
    for (const { version, schema: stored } of older) {
      const messages = incompatibilities(schema, this.#resolved(stored), level);
      if (messages.length > 0) return [...messages, `{oldSchemaVersion: ${version}}`];
    }
    return [];
  }

  #valid(schema: NewSchema): ResolvedSchema {
    const resolved = this.#resolved(schema);
    const problem = checkSchema(resolved);
    if (problem !== undefined) throw invalidSchema(problem);
    return resolved;
  }

  #resolved(schema: NewSchema): ResolvedSchema {
    const imports = new Map<string, string>();
    const add = ({ references }: NewSchema): void => {
      for (const { name, subject, version } of references) {
        const found = this.#subjects.get(subject)?.find((each) => each.version === version);
        if (!found) {
          throw invalidSchema(
            `No schema reference found for subject "${subject}" and version ${version}`,
          );
        }
        if (imports.has(name)) continue;
        add(found.schema);
        imports.set(name, found.schema.text);
      }
    };
    add(schema);
    return { ...schema, imports: [...imports].map(([name, text]) => ({ name, text })) };
  }
}

function keyOf(schema: NewSchema): string {
  const { type, references } = schema;
  return JSON.stringify([type, normalText(schema), references]);
}

/** Avro is kept without blanks, as by the real one, and so is JSON when it is compared. */
function normalText({ type, text }: NewSchema): string {
  if (type !== 'AVRO') return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A UUID of version 8, which says nothing of how it is made (RFC 9562). */
function guidOf(key: string): string {
  const hex = createHash('sha256')
    .update(key)
    .digest('hex')
    .replace(/^(.{12}).(.{3})./, '$18$28');
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, n) => hex.slice(ends[n - 1] ?? 0, end)).join('-');
}
