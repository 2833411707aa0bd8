import * as vscode from 'vscode';
import { isAbortError } from '../../core/async/abortError';
import { parseFormat, PLAIN, type PayloadFormat } from '../../core/message/codec';
import type { UsedSchema } from '../../core/message/decoders/decoder';
import { SchemaError } from '../../core/schemaRegistry/lookup';
import { innermost } from '../../kafkaFile/formats';
import { takesSchema, withSchemaFormats } from '../../kafkaFile/schemas';
import type { SchemaAnswer, SchemaQuery } from '../../language/protocol';
import type { Registries } from '../clusters/registry/registries';
import type { Context, Decoding } from '../decoding/decoding';
import { folderOf } from './schemaFolder';

export interface BlockSchemasServices {
  readonly registries: () => Promise<Registries>;
  readonly decoding: Decoding;
}

/** How long what is wanted by the editor may take. */
const LIMIT_MS = 10_000;
/** The largest description that the language server gets, as JSON. */
const MAX_DESCRIPTION = 2_000_000;

/** The schemas that the blocks of `.kafka` files name, in registries and in files. */
export class BlockSchemas {
  constructor(private readonly services: BlockSchemasServices) {}

  /** Returns where the schemas of a document's blocks come from, and what encodes by them. */
  of(document: vscode.Uri, cluster: string): Omit<Context, 'topic'> {
    return this.services.decoding.contextOf(cluster, undefined, folderOf(document));
  }

  /**
   * Returns what can be written by a schema. Never asks the person anything. Returns `undefined` if
   * it is not known now.
   */
  async describe(document: vscode.Uri, query: SchemaQuery): Promise<SchemaAnswer | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const { cluster, part, topic } = query;
    const decoding = this.of(document, cluster);
    const call = { signal: AbortSignal.timeout(LIMIT_MS) };
    try {
      const format = await this.#formatOf(query, decoding);
      const context = { ...decoding, topic, part };
      const description = format && (await decoding.worker.describe(format, context, call));
      if (!description || JSON.stringify(description).length > MAX_DESCRIPTION) return undefined;
      const compatibility = await this.#compatibility(cluster, description.schema);
      return { description, ...(compatibility !== undefined && { compatibility }) };
    } catch (error) {
      if (!(error instanceof SchemaError)) return undefined;
      return { problem: error.kind, detail: error.message };
    }
  }

  /** Returns the schema by which a key or value is encoded, as far as it is known. */
  async used(
    document: vscode.Uri,
    query: Omit<SchemaQuery, 'named'>,
    format: PayloadFormat,
  ): Promise<UsedSchema | undefined> {
    if (!takesSchema(innermost(format).kind)) return undefined;
    const { topic, part, cluster } = query;
    const decoding = this.of(document, cluster);
    try {
      return (await decoding.worker.describe(format, { ...decoding, topic, part }))?.schema;
    } catch {
      return undefined;
    }
  }

  /** The subjects of a cluster's registry; `undefined` if they are not known. */
  async subjects(cluster: string): Promise<readonly string[] | undefined> {
    const registries = await this.services.registries();
    if (!vscode.workspace.isTrusted || !registries.has(cluster)) return undefined;
    return quietly(async () => (await registries.registryOf(cluster)).subjects());
  }

  async versions(cluster: string, subject: string): Promise<readonly number[] | undefined> {
    const registries = await this.services.registries();
    if (!vscode.workspace.isTrusted || !registries.has(cluster)) return undefined;
    return quietly(async () => (await registries.registryOf(cluster)).versions(subject));
  }

  async #compatibility(cluster: string, { subject }: UsedSchema): Promise<string | undefined> {
    if (subject === undefined) return undefined;
    const registries = await this.services.registries();
    if (!registries.has(cluster)) return undefined;
    const found = await quietly(async () =>
      (await registries.registryOf(cluster)).compatibility(subject),
    );
    return found?.level;
  }

  async #formatOf(
    { named, topic, part }: SchemaQuery,
    decoding: Omit<Context, 'topic'>,
  ): Promise<PayloadFormat | undefined> {
    if ('format' in named) {
      const format = parseFormat(named.format);
      return typeof format === 'string' ? undefined : format;
    }
    const text = { start: 0, end: named.schema.length, text: named.schema };
    const formats = { keyFormat: PLAIN, valueFormat: PLAIN, schemas: { [part]: text } };
    const { settings, problems } = await withSchemaFormats({ topic, ...formats }, decoding);
    const [problem] = problems;
    if (problem) throw new SchemaError('not-found', problem.detail ?? '');
    return settings[`${part}Format`];
  }
}

/** Returns `undefined` if a registry cannot be asked; the tree says why. */
async function quietly<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAbortError(error)) throw error;
    return undefined;
  }
}
