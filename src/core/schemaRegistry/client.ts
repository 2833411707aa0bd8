import { withoutEndSlashes } from '../cluster/endpoint';
import { KafkaError } from '../errors';
import type { Authorizer, HttpClient, HttpRequest } from '../http/client';
import {
  array,
  decodeJson,
  type Decoder,
  field,
  optionalField,
  smallInteger,
  string,
} from '../json/decode';
import type { CallOptions } from '../kafka';
import { Memory } from './memory';
import type { Compatibility, CompatibilityCheck, SchemaRegistry, SubjectUse } from './registry';
import type { RegisteredSchema, SubjectVersion } from './schema';
import { bodyOf, compatibilityCheck, registeredSchema, subjectUse, subjectVersion } from './wire';

/** The largest response that a registry may give, in bytes. */
export const MAX_REGISTRY_BYTES = 16 * 1024 * 1024;

/** What names a registry in the failures of its requests, where a REST proxy has its dialect. */
export const REGISTRY_DIALECT = 'schema-registry';

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';
/** Apicurio has the second one alone. */
const ACCEPT = `${CONTENT_TYPE}, application/json`;
const MAX_SCHEMAS = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** How long the latest version of a subject, and the names of a schema, are remembered. */
const LATEST_MS = 5_000;

/** How to reach a schema registry. */
export interface RegistryAccess {
  /** Base address, such as Apicurio's `https://host/apis/ccompat/v7`. */
  readonly endpoint: string;
  /** To be opened with `MAX_REGISTRY_BYTES` as the limit of responses. */
  readonly http: HttpClient;
  /** Signs in. Missing: requests carry no credentials. */
  readonly authorizer?: Authorizer;
  /** Whether `register` is refused before anything is sent, with kind `read-only`. */
  readonly readOnly?: boolean;
}

/**
 * A schema registry with Confluent's API. Its paths and responses are those of Confluent's Schema
 * Registry 8 (`rest/resources`), and hold for Karapace (`api/routers`), Redpanda
 * (`pandaproxy/schema_registry`) and Apicurio (`ccompat/v7`). `dispose` disposes of `http`.
 */
export class ConfluentRegistry implements SchemaRegistry {
  readonly #base: string;
  readonly #schemas = new Memory<RegisteredSchema>({
    maxEntries: MAX_SCHEMAS,
    maxBytes: MAX_BYTES,
    sizeOf: sizeOfSchema,
  });
  readonly #versions = new Memory<SubjectVersion>({
    maxEntries: MAX_SCHEMAS,
    maxBytes: MAX_BYTES,
    sizeOf: ({ schema }) => sizeOfSchema(schema),
  });
  readonly #latest = new Memory<SubjectVersion>({
    maxEntries: MAX_SCHEMAS,
    maxBytes: MAX_BYTES,
    sizeOf: ({ schema }) => sizeOfSchema(schema),
    lifeMs: LATEST_MS,
  });
  readonly #uses = new Memory<readonly SubjectUse[]>({
    maxEntries: MAX_SCHEMAS,
    lifeMs: LATEST_MS,
  });

  constructor(private readonly access: RegistryAccess) {
    this.#base = withoutEndSlashes(access.endpoint);
  }

  async subjects(options?: CallOptions): Promise<readonly string[]> {
    const names = await this.#get(['subjects'], options, (list) => array(list, string));
    return [...new Set(names)].sort();
  }

  async versions(subject: string, options?: CallOptions): Promise<readonly number[]> {
    const path = ['subjects', subject, 'versions'];
    const numbers = await this.#get(path, options, (list) => array(list, smallInteger));
    return [...new Set(numbers)].sort((a, b) => a - b);
  }

  async version(
    subject: string,
    version: number | 'latest',
    { signal }: CallOptions = {},
  ): Promise<SubjectVersion> {
    const path = ['subjects', subject, 'versions', version];
    const memory = version === 'latest' ? this.#latest : this.#versions;
    return memory.get(
      JSON.stringify([subject, version]),
      (shared) => this.#get(path, { signal: shared }, subjectVersion),
      signal,
    );
  }

  async schema(id: number, options?: CallOptions): Promise<RegisteredSchema> {
    return this.#schema(['schemas', 'ids', id], options);
  }

  async schemaByGuid(guid: string, options?: CallOptions): Promise<RegisteredSchema> {
    return this.#schema(['schemas', 'guids', guid], options);
  }

  async usesOf(id: number, { signal }: CallOptions = {}): Promise<readonly SubjectUse[]> {
    const path = ['schemas', 'ids', id, 'versions'];
    const load = async (shared: AbortSignal) => {
      try {
        return await this.#get(path, { signal: shared }, (list) => array(list, subjectUse));
      } catch (error) {
        // Older registries do not have this call.
        if (error instanceof KafkaError && error.kind === 'not-found') return [];
        throw error;
      }
    };
    return this.#uses.get(String(id), load, signal);
  }

  async find(
    subject: string,
    schema: RegisteredSchema,
    options: CallOptions = {},
  ): Promise<SubjectVersion | undefined> {
    try {
      const { text } = await this.#send(['subjects', subject], {
        method: 'POST',
        body: JSON.stringify(bodyOf(schema)),
        idempotent: true,
        ...options,
      });
      return decodeJson(text, subjectVersion);
    } catch (error) {
      // 40401: there is no such subject. 40403: it does not have this schema.
      if (error instanceof KafkaError && error.kind === 'not-found') return undefined;
      throw asOfRegistry(error, this.#host);
    }
  }

  async compatibility(subject: string, options?: CallOptions): Promise<Compatibility> {
    const own = await this.#ownLevel(subject, options);
    if (own !== undefined) return { level: own, isDefault: false };
    const level = await this.#get(['config'], options, (config) =>
      field(config, 'compatibilityLevel', string),
    );
    return { level, isDefault: true };
  }

  async #ownLevel(subject: string, options?: CallOptions): Promise<string | undefined> {
    try {
      return await this.#get(['config', subject], options, (config) =>
        optionalField(config, 'compatibilityLevel', string),
      );
    } catch (error) {
      // 40408: it has no level of its own. 40401: there is no such subject, which may be new.
      if (error instanceof KafkaError && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async check(
    subject: string,
    schema: RegisteredSchema,
    options: CallOptions = {},
  ): Promise<CompatibilityCheck> {
    const path = ['compatibility', 'subjects', subject, 'versions', 'latest'];
    try {
      const { text } = await this.#send(path, {
        method: 'POST',
        query: '?verbose=true',
        body: JSON.stringify(bodyOf(schema)),
        idempotent: true,
        ...options,
      });
      return decodeJson(text, compatibilityCheck);
    } catch (error) {
      // Karapace and Redpanda say so of a subject that does not exist, where all is compatible.
      if (!(error instanceof KafkaError) || error.kind !== 'not-found') throw error;
      return { isCompatible: true, messages: [] };
    }
  }

  async register(
    subject: string,
    schema: RegisteredSchema,
    options: CallOptions = {},
  ): Promise<number> {
    if (this.access.readOnly) {
      throw new KafkaError('read-only', { host: this.#host, dialect: REGISTRY_DIALECT });
    }
    this.#latest.clear();
    this.#uses.clear();
    const { text } = await this.#send(['subjects', subject, 'versions'], {
      method: 'POST',
      body: JSON.stringify(bodyOf(schema)),
      idempotent: false,
      ...options,
    });
    try {
      return decodeJson(text, (value) => field(value, 'id', smallInteger));
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      // It comes from a server in between, which may or may not have forwarded the request.
      const facts = { detail: error.detail, host: this.#host, dialect: REGISTRY_DIALECT };
      throw new KafkaError('unclear', { ...facts, cause: error });
    }
  }

  dispose(): void {
    this.access.http.dispose();
  }

  get #host(): string {
    return new URL(this.#base).host;
  }

  #schema(path: Path, { signal }: CallOptions = {}): Promise<RegisteredSchema> {
    const load = (shared: AbortSignal) => this.#get(path, { signal: shared }, registeredSchema);
    return this.#schemas.get(path.join('/'), load, signal);
  }

  async #get<T>(path: Path, options: CallOptions = {}, decode: Decoder<T>): Promise<T> {
    const response = await this.#send(path, { method: 'GET', idempotent: true, ...options });
    try {
      return decodeJson(response.text, decode);
    } catch (error) {
      throw asOfRegistry(error, this.#host);
    }
  }

  #send(path: Path, { query = '', ...request }: RegistryRequest) {
    const { http, authorizer } = this.access;
    return http.request({
      ...request,
      url: new URL(`${this.#base}/${path.map(segment).join('/')}${query}`),
      headers: {
        accept: ACCEPT,
        ...(request.body !== undefined && { 'content-type': CONTENT_TYPE }),
      },
      ...(authorizer && { authorizer }),
      dialect: REGISTRY_DIALECT,
    });
  }
}

/** So that a response that cannot be read is worded as that of a registry. */
function asOfRegistry(error: unknown, host: string): unknown {
  return error instanceof KafkaError ? error.copy({ host, dialect: REGISTRY_DIALECT }) : error;
}

type Path = readonly (string | number)[];

type RegistryRequest = Pick<HttpRequest, 'method' | 'body' | 'idempotent' | 'signal'> & {
  /** Begins with `?`. */
  readonly query?: string;
};

/** Encodes a name as one segment of a path. Rejects names that no URL can express. */
function segment(name: string | number): string {
  const text = String(name);
  if (/^\.{0,2}$|\p{Surrogate}/u.test(text)) {
    throw new KafkaError('rejected', { detail: 'invalid name', dialect: REGISTRY_DIALECT });
  }
  return encodeURIComponent(text);
}

function sizeOfSchema({ text, references }: RegisteredSchema): number {
  return 2 * (text.length + references.reduce((sum, { name }) => sum + name.length + 100, 0));
}
