import { type Phrase, phrase, type PhraseArgument } from '../../../phrase';
import { isDeepStrictEqual } from 'node:util';
import type { CallOptions } from '../../../kafka';
import {
  type FoundSchema,
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
} from '../../../schemaRegistry/lookup';
import type { SchemaType } from '../../../schemaRegistry/schema';
import type { DecodedFacts, DecoderContext, Shown, UsedSchema } from '../decoder';
import type { SchemaArgument } from '../schemaArgument';
import { InvalidSchema } from './problems';

/** A schema that is ready for use. */
export interface ReadySchema<T> {
  readonly value: T;
  readonly found: FoundSchema;
  readonly facts: DecodedFacts;
  readonly failure?: never;
}

/** Why there is no schema. */
export interface MissingSchema {
  readonly value?: never;
  readonly failure: SchemaError;
  /** What names the schema, if there is one that cannot be used. */
  readonly facts?: DecodedFacts;
}

/** A schema, or why there is none. */
export type Sourced<T> = ReadySchema<T> | MissingSchema;

/** How many schemas are kept. A topic has a handful. */
const MAX_KEPT = 200;

const typeNames: Readonly<Record<SchemaType, Phrase>> = {
  AVRO: phrase('an Avro schema'),
  PROTOBUF: phrase('a Protobuf schema'),
  JSON: phrase('a JSON Schema'),
};

/** What `SchemaSource` needs to know of a format. */
export interface SchemaFormat<T> {
  readonly type: SchemaType;
  /** The format as it was chosen, such as `avro(orders-value)`. */
  readonly format: string;
  /** Prepares a schema for use. Throws `InvalidSchema`. */
  readonly compile: (found: FoundSchema) => { readonly value: T; readonly name?: string };
}

/** Fetches the schemas of a format and keeps them, ready for use. */
export class SchemaSource<T> {
  readonly #kept = new Map<string, ReadySchema<T>>();
  /** What was last found at addresses where another schema may be tomorrow. */
  readonly #last = new Map<string, ReadySchema<T>>();

  constructor(
    private readonly context: DecoderContext,
    private readonly wanted: SchemaFormat<T>,
  ) {}

  /**
   * Returns the schemas at several addresses, each fetched once at most. Rejects with the reason of
   * the signal, or an unforeseen error.
   */
  async all(
    addresses: Iterable<SchemaAddress>,
    options?: CallOptions,
  ): Promise<ReadonlyMap<SchemaAddress, Sourced<T>>> {
    const fetched = new Map<string, Promise<Sourced<T>>>();
    return new Map(
      await Promise.all(
        Array.from(addresses, async (address) => {
          const key = keyOf(address);
          const one = fetched.get(key) ?? this.one(address, options);
          fetched.set(key, one);
          return [address, await one] as const;
        }),
      ),
    );
  }

  async one(address: SchemaAddress, options?: CallOptions): Promise<Sourced<T>> {
    const key = keyOf(address);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    try {
      const found = await this.#find(address, options);
      const last = this.#last.get(key);
      if (last && isDeepStrictEqual(last.found, found)) return last;
      const ready = this.#ready(found);
      if (ready.failure) return ready;
      if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
      if (this.#last.size >= MAX_KEPT) this.#last.clear();
      // The latest version of a subject is another one tomorrow, and a file may be edited.
      const isForGood = address.by === 'id' || address.by === 'guid';
      (isForGood ? this.#kept : this.#last).set(key, ready);
      return ready;
    } catch (error) {
      if (error instanceof SchemaError) return { failure: error };
      throw error;
    }
  }

  async #find(address: SchemaAddress, options?: CallOptions): Promise<FoundSchema> {
    const { schemas, topic, part } = this.context;
    return (schemas ?? noSchemas).find(address, { topic, part }, options);
  }

  #ready(found: FoundSchema): Sourced<T> {
    const { type, format, compile } = this.wanted;
    if (found.schema.type !== type) {
      const [is, wanted] = [typeNames[found.schema.type], typeNames[type]];
      const why = phrase('{0} is {1}, not {2}', nameOf(found), is, wanted);
      return this.#unusable(found, new SchemaError('invalid', why));
    }
    try {
      const { value, name } = compile(found);
      return { value, found, facts: factsOf(format, found, name) };
    } catch (error) {
      if (!(error instanceof InvalidSchema)) throw error;
      const why = phrase('{0} cannot be used: {1}', nameOf(found), error.phrase);
      return this.#unusable(found, new SchemaError('invalid', why, { cause: error }));
    }
  }

  #unusable(found: FoundSchema, failure: SchemaError): MissingSchema {
    return { failure, facts: factsOf(this.wanted.format, found, undefined) };
  }
}

function factsOf(format: string, found: FoundSchema, name: string | undefined): DecodedFacts {
  return { format, isGuess: false, schema: usedSchema(found, name) };
}

/** Returns what is shown of a key or value if its schema is missing. */
export function withoutSchema({ failure, facts }: MissingSchema): Shown {
  return { problem: { kind: 'no-schema', detail: failure.phrase }, ...(facts && { facts }) };
}

const noSchemas: SchemaLookup = {
  find: () =>
    Promise.reject(new SchemaError('no-registry', phrase('the cluster names no schema registry'))),
};

/** Where the schema is that a format names; `undefined` if it names none. */
export function addressOf({ file, subject, version }: SchemaArgument): SchemaAddress | undefined {
  if (file !== undefined) return { by: 'file', file };
  if (subject === undefined) return undefined;
  return { by: 'subject', subject, ...(version !== undefined && { version }) };
}

/** Says why there is nowhere to look for a schema. */
export const NOTHING_NAMED = phrase('neither a schema nor a topic is named');

/**
 * Where the schema is with which a format writes: the one that it names, otherwise the latest
 * version of the subject of the topic, as Confluent's `TopicNameStrategy` names it. `undefined`: no
 * topic is known.
 */
export function addressToWrite(
  argument: SchemaArgument,
  { topic, part }: DecoderContext,
): SchemaAddress | undefined {
  const named = addressOf(argument);
  if (named ?? topic === undefined) return named;
  return { by: 'subject', subject: `${topic}-${part}` };
}

/** A text that is the same for the same address only. */
function keyOf(address: SchemaAddress): string {
  return JSON.stringify(Object.entries(address));
}

function usedSchema(
  { id, subject, version, file }: FoundSchema,
  name: string | undefined,
): UsedSchema {
  return {
    ...(id !== undefined && { id }),
    ...(subject !== undefined && { subject }),
    ...(version !== undefined && { version }),
    ...(file !== undefined && { file }),
    ...(name !== undefined && { name }),
  };
}

function nameOf({ id, subject, version, file }: FoundSchema): PhraseArgument {
  if (file !== undefined) return file;
  if (subject !== undefined) return `${subject}${version === undefined ? '' : `@${version}`}`;
  return id === undefined ? phrase('the schema') : phrase('the schema {0}', id);
}
