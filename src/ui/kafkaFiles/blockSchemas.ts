import * as vscode from 'vscode';
import { unlessFailed } from '../../core/async/unlessFailed';
import type { CallOptions } from '../../core/kafka';
import { parseFormat, type PayloadFormat } from '../../core/message/codec';
import type { DecoderContext, UsedSchema } from '../../core/message/decoders/decoder';
import { SchemaError } from '../../core/schemaRegistry/lookup';
import type { Block } from '../../kafkaFile/file';
import { needsRegistry, schemaFormat } from '../../kafkaFile/schemas';
import { readConsumer, readProducer } from '../../kafkaFile/settings';
import type { SchemaAnswer, SchemaQuery } from '../../language/protocol';
import { timeContext } from '../base/settings';
import type { Registries } from '../clusters/registry/registries';
import type { Decoding } from '../decoding/decoding';
import { writtenBy } from '../decoding/schemaWords';
import { inWords } from '../../l10n/inWords';
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
  of(document: vscode.Uri, cluster: string, topic?: string) {
    return this.services.decoding.contextOf(cluster, topic, folderOf(document));
  }

  /**
   * Asks for the secrets of the cluster's registry that are missing, or has the person sign in, if a
   * block cannot run without. Throws a `CancellationError` if they give up.
   */
  async ready(cluster: string, block: Block): Promise<void> {
    const { keyFormat, valueFormat, schemas } =
      block.kind === 'producer'
        ? readProducer(block).settings
        : readConsumer(block, timeContext()).settings;
    // Messages are also read without their schemas; then signing in is offered.
    const isWriting = block.kind === 'producer' && [keyFormat, valueFormat].some(needsRegistry);
    if (!isWriting && !schemas.key && !schemas.value) return;
    const registries = await this.services.registries();
    if (registries.has(cluster)) await registries.ready(cluster);
  }

  /**
   * Returns what can be written by a schema. Relative paths begin at `folder`, or else at that of the
   * workspace. Never asks the person anything. Returns `undefined` if it is not known now.
   */
  async describe(query: SchemaQuery, folder?: vscode.Uri): Promise<SchemaAnswer | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const { cluster, part, topic } = query;
    const context = { ...this.services.decoding.contextOf(cluster, topic, folder), part };
    const call = { signal: AbortSignal.timeout(LIMIT_MS) };
    try {
      const format = await formatOf(query, context, call);
      const description = format && (await context.worker.describe(format, context, call));
      if (!description || JSON.stringify(description).length > MAX_DESCRIPTION) return undefined;
      const compatibility = await this.#compatibility(cluster, description.schema);
      return { description, ...(compatibility !== undefined && { compatibility }) };
    } catch (error) {
      if (!(error instanceof SchemaError)) return undefined;
      return { problem: error.kind, detail: inWords(error.phrase) };
    }
  }

  /** Names the schema by which values are encoded, such as "orders-value@3 (id 7)"; '' for none. */
  nameOf(
    document: vscode.Uri,
    cluster: string,
    topic: string,
    format: PayloadFormat,
  ): Promise<string> {
    return writtenBy(format, this.of(document, cluster, topic));
  }

  /** The subjects of a cluster's registry; `undefined` if they are not known. */
  async subjects(cluster: string): Promise<readonly string[] | undefined> {
    const registries = await this.services.registries();
    if (!vscode.workspace.isTrusted || !registries.has(cluster)) return undefined;
    return unlessFailed(async () => (await registries.registryOf(cluster)).subjects());
  }

  async versions(cluster: string, subject: string): Promise<readonly number[] | undefined> {
    const registries = await this.services.registries();
    if (!vscode.workspace.isTrusted || !registries.has(cluster)) return undefined;
    return unlessFailed(async () => (await registries.registryOf(cluster)).versions(subject));
  }

  async #compatibility(cluster: string, { subject }: UsedSchema): Promise<string | undefined> {
    if (subject === undefined) return undefined;
    const registries = await this.services.registries();
    if (!registries.has(cluster)) return undefined;
    const found = await unlessFailed(async () =>
      (await registries.registryOf(cluster)).compatibility(subject),
    );
    return found?.level;
  }
}

async function formatOf(
  { named, topic, part }: SchemaQuery,
  context: DecoderContext,
  options: CallOptions,
): Promise<PayloadFormat | undefined> {
  if ('format' in named) {
    const format = parseFormat(named.format);
    return typeof format === 'string' ? undefined : format;
  }
  return schemaFormat(named.schema, { topic, part }, context.schemas, options);
}
