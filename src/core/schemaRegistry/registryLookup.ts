import { type Phrase, phrase, type PhraseArgument } from '../phrase';
import { KafkaError, type KafkaErrorKind } from '../errors';
import type { CallOptions } from '../kafka';
import { isAbortError } from '../async/abortError';
import {
  type FoundSchema,
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
  type SchemaUse,
} from './lookup';
import { Memory } from './memory';
import { nameOfSchema } from './nameOfSchema';
import type { SchemaRegistry, SubjectUse } from './registry';
import type { RegisteredSchema, WholeSchema } from './schema';
import { wholeSchema } from './whole';

/** How long a failure is remembered, so that a topic does not ask for each of its messages. */
const FAILURE_MS = 10_000;
/** How long the latest version of a subject is remembered. */
const LATEST_MS = 5_000;
const MAX_SCHEMAS = 1_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Finds the schemas of a registry. */
export class RegistryLookup implements SchemaLookup {
  readonly #found = new Memory<FoundSchema>(limits(Infinity));
  readonly #latest = new Memory<FoundSchema>(limits(LATEST_MS));

  constructor(
    private readonly registry: Pick<
      SchemaRegistry,
      'schema' | 'schemaByGuid' | 'usesOf' | 'version'
    >,
  ) {}

  async find(
    address: SchemaAddress,
    use: SchemaUse,
    { signal }: CallOptions = {},
  ): Promise<FoundSchema> {
    const isLatest = address.by === 'subject' && address.version === undefined;
    const memory = isLatest ? this.#latest : this.#found;
    const key = JSON.stringify([address, address.by === 'id' ? use : '']);
    return memory.get(
      key,
      async (shared) => {
        try {
          return await this.#load(address, use, { signal: shared });
        } catch (error) {
          throw asSchemaError(error, labelOf(address));
        }
      },
      signal,
    );
  }

  /** Has the registry asked again for what it could not tell. */
  forgetFailures(): void {
    this.#found.forgetFailures();
    this.#latest.forgetFailures();
  }

  async #load(address: SchemaAddress, use: SchemaUse, options: CallOptions): Promise<FoundSchema> {
    switch (address.by) {
      case 'file':
        throw new SchemaError('not-found', phrase('{0} is not in the registry', address.file));
      case 'subject': {
        const { subject, version = 'latest' } = address;
        const found = await this.registry.version(subject, version, options);
        const schema = await this.#whole(found.schema, address, options);
        return { schema, id: found.id, subject, version: found.version };
      }
      case 'guid': {
        const registered = await this.registry.schemaByGuid(address.guid, options);
        return { schema: await this.#whole(registered, address, options) };
      }
      case 'id': {
        const { id } = address;
        const [registered, uses] = await Promise.all([
          this.registry.schema(id, options),
          this.#usesOf(id, options),
        ]);
        const schema = await this.#whole(registered, address, options);
        return { schema, id, ...fitting(uses, use, nameOfSchema(schema)) };
      }
    }
  }

  /** The names of a schema are good to know, and not needed to decode. */
  async #usesOf(id: number, options: CallOptions): Promise<readonly SubjectUse[]> {
    try {
      return await this.registry.usesOf(id, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof KafkaError) return [];
      throw error;
    }
  }

  #whole(
    schema: RegisteredSchema,
    address: SchemaAddress,
    options: CallOptions,
  ): Promise<WholeSchema> {
    return wholeSchema(schema, this.registry, labelOf(address), options);
  }
}

function limits(lifeMs: number) {
  return {
    maxEntries: MAX_SCHEMAS,
    maxBytes: MAX_BYTES,
    sizeOf: ({ schema }: FoundSchema) => sizeOf(schema),
    lifeMs,
    failureMs: FAILURE_MS,
  };
}

function sizeOf({ text, imports }: WholeSchema): number {
  return 2 * imports.reduce((sum, each) => sum + each.text.length + 100, text.length + 100);
}

/**
 * Returns the name of a schema that fits where it is used, by the usual strategies for naming
 * subjects: that of the topic (`orders-value`), of the record (`com.contoso.Order`), of both
 * (`orders-com.contoso.Order`); otherwise the first one. Of several versions, the latest.
 */
function fitting(
  uses: readonly SubjectUse[],
  { topic = '', part }: SchemaUse,
  name: string | undefined,
): SubjectUse | undefined {
  const wanted = [`${topic}-${part}`, ...(name === undefined ? [] : [`${topic}-${name}`, name])];
  const latest = [...uses].sort((a, b) => b.version - a.version);
  const byName = wanted.map((subject) => latest.find((use) => plain(use.subject) === subject));
  const [first] = uses;
  return (
    byName.find((use) => use !== undefined) ?? latest.find((use) => use.subject === first?.subject)
  );
}

/** The name of a subject without its context, as in `:.staging:orders-value`. */
function plain(subject: string): string {
  return subject.replace(/^:\.[^:]*:/, '');
}

function labelOf(address: SchemaAddress): PhraseArgument {
  switch (address.by) {
    case 'id':
      return phrase('schema {0}', address.id);
    case 'guid':
      return phrase('schema {0}', address.guid);
    case 'subject':
      return `${address.subject}@${address.version ?? 'latest'}`;
    case 'file':
      return address.file;
  }
}

function asSchemaError(error: unknown, label: PhraseArgument): unknown {
  if (!(error instanceof KafkaError) || isAbortError(error)) return error;
  const { kind, detail } = error;
  if (kind === 'not-found') {
    return new SchemaError('not-found', phrase('the registry has no {0}', label), { cause: error });
  }
  if (kind === 'response-too-large') {
    return new SchemaError('invalid', phrase('{0} is too large', label), { cause: error });
  }
  const [wrong, advice] = sayings[kind] ?? unusable;
  // What is wrong comes first: rows have little room.
  const why =
    detail === ''
      ? phrase('{0} ({1}); {2}', wrong, label, advice)
      : phrase('{0} ({1}, {2}); {3}', wrong, label, detail, advice);
  return new SchemaError('unreachable', why, { cause: error });
}

const silent = [phrase('the schema registry does not respond'), phrase('try again later')] as const;
const untrusted = [
  phrase('the certificate of the schema registry is not trusted'),
  phrase('check its CA file'),
] as const;
const signedOut = [
  phrase('nobody is signed in to the schema registry'),
  phrase('sign in'),
] as const;
/** For kinds of which the list of schemas says more, such as a certificate that has expired. */
const unusable = [
  phrase('the schema registry could not be asked'),
  phrase('expand Schemas of the cluster to see why'),
] as const;
const foreign = [
  phrase('this is not a response of a schema registry'),
  phrase('check its address'),
] as const;

/** What is wrong with a registry, and what to do. */
const sayings: Readonly<Partial<Record<KafkaErrorKind, readonly [wrong: Phrase, advice: Phrase]>>> =
  {
    connection: silent,
    timeout: silent,
    unavailable: silent,
    throttled: [phrase('the schema registry asks to wait'), phrase('try again later')],
    'host-not-found': [
      phrase('there is no such host as that of the schema registry'),
      phrase('check its address'),
    ],
    'ca-file': [
      phrase('the CA file of the schema registry cannot be used'),
      phrase('check the file'),
    ],
    'secrets-locked': [phrase('the secret storage of VS Code fails'), phrase('unlock the keyring')],
    tls: untrusted,
    'tls-name': untrusted,
    'secret-missing': signedOut,
    'signed-out': signedOut,
    unauthorized: [
      phrase('the schema registry does not accept the sign-in'),
      phrase('enter its secret again'),
    ],
    forbidden: [phrase('the schema registry does not allow it'), phrase('ask whoever runs it')],
    rejected: [phrase('the schema registry refused it'), phrase('check its address')],
    'too-large': [phrase('the schema registry refused it'), phrase('check its address')],
    redirect: foreign,
    protocol: foreign,
  };
