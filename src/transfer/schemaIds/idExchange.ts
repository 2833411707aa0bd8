import { KafkaError } from '../../core/errors';
import type { CallOptions } from '../../core/kafka';
import type { RegisteredId } from '../../core/message/decoders/framing';
import {
  type FoundSchema,
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
  type SchemaUse,
} from '../../core/schemaRegistry/lookup';
import { nameOfSchema } from '../../core/schemaRegistry/nameOfSchema';
import type { ReadingRegistry } from '../../core/schemaRegistry/registry';
import { RegistryLookup } from '../../core/schemaRegistry/registryLookup';
import type { RegisteredSchema } from '../../core/schemaRegistry/schema';
import { type IdProblem, IdProblemError } from './problem';
import {
  type AgreeToRegister,
  type SourceVersion,
  TargetSchemas,
  type TargetSchema,
} from './targetSchemas';

type Part = SchemaUse['part'];

export interface IdExchangeOptions {
  readonly source: ReadingRegistry;
  readonly target: ReadingRegistry;
  /** The topics from which and to which messages are copied. */
  readonly fromTopic: string;
  readonly toTopic: string;
  readonly agree: AgreeToRegister;
}

/** A schema under its names in both registries. */
export interface ExchangedSchema {
  readonly from: { readonly address: SchemaAddress; readonly at?: SourceVersion | undefined };
  readonly to: TargetSchema & RegisteredId;
  readonly problem?: never;
}

type Exchanged = ExchangedSchema | { readonly problem: IdProblem };

/** A topic has few schemas. The limit is for messages that make up ids. */
const MAX_KNOWN = 10_000;

/** Finds the ids that schemas of one registry have in another one. Each is looked up once. */
export class IdExchange {
  readonly #known = new Map<string, Exchanged>();
  readonly #lookup: RegistryLookup;
  readonly #schemas: TargetSchemas;

  constructor(private readonly options: IdExchangeOptions) {
    const { source, target, agree } = options;
    this.#lookup = new RegistryLookup(source);
    this.#schemas = new TargetSchemas(source, target, agree);
  }

  /** What finds the schemas of the source. */
  get lookup(): SchemaLookup {
    return this.#lookup;
  }

  /** Whether a subject is not one that is named after another topic, or after the other part. */
  fitsTopic(subject: string | undefined, part: Part): boolean {
    const [, plain = ''] = /^(?::\.[^:]*:)?(.*)$/s.exec(subject ?? '') ?? [];
    return !/-(?:key|value)$/.test(plain) || plain === `${this.options.fromTopic}-${part}`;
  }

  /** How many schemas were registered in the target. */
  get registered(): number {
    return this.#schemas.registered;
  }

  /** The schemas that were exchanged, in the order in which they were met. */
  get exchanged(): readonly ExchangedSchema[] {
    return [...this.#known.values()].filter((each) => each.problem === undefined);
  }

  /**
   * Returns what names a schema in the target, or why nothing does. `names` says in English what a
   * message names, such as `id 7`. Rejects as the registries do, with the reason of the signal, and
   * as `agree`.
   */
  async of(
    address: SchemaAddress,
    part: Part,
    names: string,
    options: CallOptions,
  ): Promise<Exchanged> {
    const key = JSON.stringify([part, address]);
    const known = this.#known.get(key);
    if (known) return known;
    const exchanged = await this.#exchange(address, part, names, options);
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(key, exchanged);
    return exchanged;
  }

  /** Whether the source has a schema of this name. Rejects as the registry does. */
  async isKnown(address: SchemaAddress, part: Part, options: CallOptions): Promise<boolean> {
    try {
      await this.#find(address, part, options);
      return true;
    } catch (error) {
      if (error instanceof SchemaError) return error.kind !== 'not-found';
      throw error;
    }
  }

  /** Like the lookup, but rejects as the registry does if that does not respond or refuses. */
  async #find(address: SchemaAddress, part: Part, options: CallOptions): Promise<FoundSchema> {
    try {
      return await this.#lookup.find(address, { topic: this.options.fromTopic, part }, options);
    } catch (error) {
      const isUnreachable = error instanceof SchemaError && error.kind === 'unreachable';
      throw isUnreachable && error.cause instanceof KafkaError ? error.cause : error;
    }
  }

  async #exchange(
    address: SchemaAddress,
    part: Part,
    names: string,
    options: CallOptions,
  ): Promise<Exchanged> {
    try {
      const found = await this.#find(address, part, options);
      const schema = await this.#registered(address, options);
      const at = await this.#placeOf(found, part, schema, options);
      const subject = this.#targetSubject(at?.subject, part, found);
      const to = await this.#schemas.require({ subject, schema, from: at }, options);
      return { from: { address, at }, to };
    } catch (error) {
      if (error instanceof IdProblemError) return { problem: error.problem };
      if (!(error instanceof SchemaError)) throw error;
      if (error.kind === 'not-found') return { problem: { kind: 'unknown', names } };
      return { problem: { kind: 'unusable', detail: error.phrase } };
    }
  }

  async #registered(address: SchemaAddress, options: CallOptions): Promise<RegisteredSchema> {
    const { source } = this.options;
    if (address.by === 'id') return source.schema(address.id, options);
    if (address.by === 'guid') return source.schemaByGuid(address.guid, options);
    throw new Error('Messages name schemas by ids and GUIDs alone.');
  }

  /** Returns the subject and version of a schema; a GUID does not lead to them. */
  async #placeOf(
    { subject, version }: FoundSchema,
    part: Part,
    schema: RegisteredSchema,
    options: CallOptions,
  ): Promise<SourceVersion | undefined> {
    if (subject !== undefined && version !== undefined) return { subject, version };
    const { source, fromTopic } = this.options;
    const found = await source.find(`${fromTopic}-${part}`, schema, options);
    return found && { subject: found.subject, version: found.version };
  }

  /** A subject that is named after the topic is named after the other topic in the target. */
  #targetSubject(subject: string | undefined, part: Part, { schema }: FoundSchema): string {
    const { fromTopic, toTopic } = this.options;
    if (subject === undefined) return `${toTopic}-${part}`;
    const [context = ''] = /^:\.[^:]*:/.exec(subject) ?? [];
    const plain = subject.slice(context.length);
    const ends = [part, nameOfSchema(schema)].filter((end) => end !== undefined);
    const end = ends.find((each) => plain === `${fromTopic}-${each}`);
    return end === undefined ? subject : `${context}${toTopic}-${end}`;
  }
}
