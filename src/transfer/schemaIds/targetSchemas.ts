import { type Phrase, phrase } from '../../core/phrase';
import { KafkaError } from '../../core/errors';
import type { CallOptions } from '../../core/kafka';
import { plainMessage } from '../../core/schemaRegistry/plainMessage';
import type { ReadingRegistry, SchemaRegistry } from '../../core/schemaRegistry/registry';
import type { RegisteredSchema, SchemaReference } from '../../core/schemaRegistry/schema';
import { IdProblemError } from './problem';

/** A version of a subject of the source, and what its subject is to be called in the target. */
export interface SourceVersion {
  readonly subject: string;
  readonly version: number;
}

/** A schema that the target does not have. */
export interface MissingSchema {
  /** Its subject in the target. */
  readonly subject: string;
  readonly schema: RegisteredSchema;
  /** Where the source has it. Missing: that is not known. */
  readonly from?: SourceVersion | undefined;
}

/** A schema as the target has it. */
export interface TargetSchema {
  readonly subject: string;
  readonly id: number;
  readonly guid?: string;
  readonly version?: number;
}

/**
 * Asks whether schemas may be registered, in this order. Returns the registry to do so, or
 * `undefined` if the person does not agree.
 */
export type AgreeToRegister = (
  missing: readonly MissingSchema[],
) => Promise<Pick<SchemaRegistry, 'check' | 'register'> | undefined>;

/** How many schemas may have to be registered for one, and how deep references may be. */
const MAX_MISSING = 200;
const MAX_DEPTH = 50;

/**
 * Finds the schemas of one registry in another one: those with the same text under the same subject,
 * whose references are the same. One that is not there can be registered, after those that it
 * refers to and the earlier versions of its subject, so that the versions keep their order.
 */
export class TargetSchemas {
  #registered = 0;
  /** The versions of the source that others refer to, as the target has them. */
  readonly #known = new Map<string, TargetSchema>();

  constructor(
    private readonly source: Pick<ReadingRegistry, 'version' | 'versions'>,
    private readonly target: Pick<ReadingRegistry, 'find'>,
    private readonly agree: AgreeToRegister,
  ) {}

  /** How many schemas were registered. */
  get registered(): number {
    return this.#registered;
  }

  /**
   * Returns a schema of the source as the target has it, and registers it first if necessary. Rejects
   * with an `IdProblemError` if that is not possible, and as the registries do.
   */
  async require(wanted: MissingSchema, options: CallOptions): Promise<TargetSchema> {
    const found = await this.#find(wanted, options);
    if (found) return found;
    const missing: MissingSchema[] = [];
    await this.#collect(wanted, missing, options);
    const registry = await this.agree(missing);
    options.signal?.throwIfAborted();
    const { subject } = wanted;
    if (!registry) throw new IdProblemError({ kind: 'not-registered', subject });
    let last: TargetSchema | undefined;
    for (const each of missing) last = await this.#register(registry, each, options);
    return last ?? this.#unusable(phrase('it is not there after it was registered'));
  }

  async #find(
    { subject, schema }: MissingSchema,
    options: CallOptions,
    depth = 0,
  ): Promise<TargetSchema | undefined> {
    const asThere = await this.#withTargetReferences(schema, options, depth);
    return asThere && (await this.target.find(subject, asThere, options));
  }

  /** Returns a schema with the versions that its references have in the target, if it has all. */
  async #withTargetReferences(
    schema: RegisteredSchema,
    options: CallOptions,
    depth = 0,
  ): Promise<RegisteredSchema | undefined> {
    const references: SchemaReference[] = [];
    for (const reference of schema.references) {
      const there = await this.#findReferred(reference, options, depth);
      if (there?.version === undefined) return undefined;
      references.push({ ...reference, version: there.version });
    }
    return { ...schema, references };
  }

  /** Each is looked up once: many may refer to the same one, again and again on each level. */
  async #findReferred(
    reference: SchemaReference,
    options: CallOptions,
    depth: number,
  ): Promise<TargetSchema | undefined> {
    const key = JSON.stringify([reference.subject, reference.version]);
    const known = this.#known.get(key);
    if (known) return known;
    const there = await this.#find(
      await this.#referred(reference, options, depth),
      options,
      depth + 1,
    );
    if (there) this.#known.set(key, there);
    return there;
  }

  async #referred(
    { subject, version }: SchemaReference,
    options: CallOptions,
    depth: number,
  ): Promise<MissingSchema> {
    if (depth >= MAX_DEPTH)
      return this.#unusable(phrase('the references of {0} are too deep', subject));
    const { schema } = await this.#versionOf({ subject, version }, options);
    return { subject, schema, from: { subject, version } };
  }

  async #versionOf({ subject, version }: SourceVersion, options: CallOptions) {
    try {
      return await this.source.version(subject, version, options);
    } catch (error) {
      if (!(error instanceof KafkaError) || error.kind !== 'not-found') throw error;
      return this.#unusable(phrase('{0} is not in its registry', `${subject}@${version}`));
    }
  }

  /** Lists what has to be registered, each after what it needs. */
  async #collect(
    wanted: MissingSchema,
    missing: MissingSchema[],
    options: CallOptions,
    depth = 0,
  ): Promise<void> {
    const isSame = ({ subject, schema }: MissingSchema) =>
      subject === wanted.subject && schema.text === wanted.schema.text;
    if (missing.some(isSame)) return;
    for (const earlier of await this.#missingBefore(wanted, options)) {
      await this.#collectOne(earlier, missing, options, depth);
    }
    await this.#collectOne(wanted, missing, options, depth);
  }

  async #collectOne(
    wanted: MissingSchema,
    missing: MissingSchema[],
    options: CallOptions,
    depth: number,
  ): Promise<void> {
    for (const reference of wanted.schema.references) {
      if (await this.#findReferred(reference, options, depth)) continue;
      const referred = await this.#referred(reference, options, depth);
      await this.#collect(referred, missing, options, depth + 1);
    }
    if (missing.length >= MAX_MISSING)
      this.#unusable(phrase('{0} needs too many schemas', wanted.subject));
    missing.push(wanted);
  }

  /** Returns the versions before one, the oldest first, back to the last one that the target has. */
  async #missingBefore(
    { subject, from }: MissingSchema,
    options: CallOptions,
  ): Promise<readonly MissingSchema[]> {
    if (!from) return [];
    const versions = await this.source.versions(from.subject, options);
    const before: MissingSchema[] = [];
    for (const version of versions.filter((each) => each < from.version).reverse()) {
      const place = { subject: from.subject, version };
      const { schema } = await this.#versionOf(place, options);
      const earlier = { subject, schema, from: place };
      if (await this.#find(earlier, options)) break;
      if (before.length >= MAX_MISSING)
        this.#unusable(phrase('{0} needs too many schemas', subject));
      before.push(earlier);
    }
    return before.reverse();
  }

  async #register(
    registry: Pick<SchemaRegistry, 'check' | 'register'>,
    wanted: MissingSchema,
    options: CallOptions,
  ): Promise<TargetSchema> {
    const { subject } = wanted;
    const schema = await this.#withTargetReferences(wanted.schema, options);
    if (!schema)
      return this.#unusable(phrase('the references of {0} are not in the target', subject));
    try {
      const { isCompatible, messages } = await registry.check(subject, schema, options);
      if (!isCompatible) {
        const detail = messages.flatMap((message) => plainMessage(message) ?? []).join('; ');
        throw new IdProblemError({ kind: 'refused', subject, detail });
      }
      const id = await registry.register(subject, schema, options);
      this.#registered += 1;
      return (await this.target.find(subject, schema, options)) ?? { subject, id };
    } catch (error) {
      if (!(error instanceof KafkaError) || error.kind !== 'rejected') throw error;
      throw new IdProblemError({ kind: 'refused', subject, detail: error.detail });
    }
  }

  #unusable(detail: Phrase): never {
    throw new IdProblemError({ kind: 'unusable', detail });
  }
}
