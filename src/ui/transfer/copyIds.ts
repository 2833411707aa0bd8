import * as vscode from 'vscode';
import { openDecode } from '../../core/message/codec';
import type { KafkaRecord, ReadingProxy } from '../../core/kafka';
import { GUESSED } from '../../core/read/decoderChoices';
import type { ReadRequest } from '../../core/read/request';
import { literal, type Read } from '../../core/schema';
import { withOtherIds } from '../../transfer/bulk/copyIds';
import type { CopyItem } from '../../transfer/bulk/copyRecords';
import { fromTopic } from '../../transfer/bulk/copySource';
import { namedSchema, RecordIds } from '../../transfer/schemaIds/exchangeIds';
import { type ExchangedSchema, IdExchange } from '../../transfer/schemaIds/idExchange';
import type { AgreeToRegister, MissingSchema } from '../../transfer/schemaIds/targetSchemas';
import type { Connections } from '../clusters/connections';
import type { PageRow } from '../dialogs/page';
import { choose } from '../dialogs/notify';
import { askPick } from '../dialogs/questions';
import { mapAnswer } from '../dialogs/wizard';
import type { TopicTarget } from '../targets/targets';
import { messages } from '../words/counts';
import { isCancelled } from '../words/report';
import type { BulkServices } from './runs/bulkServices';

/** Which ids messages with a schema get: those that they have, or those of the target's registry. */
export const schemaIds = literal('keep', 'exchange');
export type SchemaIds = Read<typeof schemaIds>;

/** How many messages are looked at to see whether they have a schema. */
const SAMPLE = 20;

/** Whether two clusters have schema registries, and not the same one. */
export function haveTwoRegistries({ clusters }: Connections, from: string, to: string): boolean {
  const endpointOf = (name: string) => clusters.get(name)?.definition.schemaRegistry?.endpoint;
  const [source, target] = [endpointOf(from), endpointOf(to)];
  return source !== undefined && target !== undefined && source !== target;
}

/** Whether one of the first messages names a schema. */
export async function nameSchemas(
  proxy: ReadingProxy,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const { newest, maxRecords = SAMPLE } = request;
  const few = newest === undefined ? { maxRecords: Math.min(maxRecords, SAMPLE) } : {};
  const sample = {
    ...request,
    ...few,
    ...(newest !== undefined && { newest: Math.min(newest, SAMPLE) }),
  };
  const { batches } = await fromTopic(proxy, sample)(signal);
  const names = ({ key, value, headers }: KafkaRecord) =>
    (namedSchema(key, 'key', headers) ?? namedSchema(value, 'value', headers)) !== undefined;
  for await (const batch of batches) if (batch.some(names)) return true;
  return false;
}

interface IdsDraft {
  readonly schemaIds: SchemaIds;
}

/** Returns the row that says which ids messages with a schema get. */
export function schemaIdsRow(
  { registries: load }: Pick<BulkServices, 'registries'>,
  { schemaIds: chosen }: IdsDraft,
  from: string,
  to: string,
): PageRow<IdsDraft> {
  const t = vscode.l10n.t;
  return {
    label: t('Schema ids'),
    description:
      chosen === 'keep' ? t('as they are') : t('those of the schema registry of {0}', to),
    iconPath: new vscode.ThemeIcon('symbol-structure'),
    ask: async (state, context) => {
      const answer = await askPick<SchemaIds>(context, {
        placeholder: t('Which ids do messages with a schema get?'),
        choices: [
          {
            label: t('Those that they have'),
            detail: t('No byte changes. Only the schema registry of {0} knows these ids.', from),
            choice: 'keep',
          },
          {
            label: t('Those of the schema registry of {0}', to),
            detail: t(
              'Each schema is looked up there. You are asked before a missing one is registered.',
            ),
            choice: 'exchange',
          },
        ],
        active: (choice) => choice === state.schemaIds,
      });
      if (answer === 'exchange' && !(await areReady(load, [from, to]))) return undefined;
      return mapAnswer(answer, (given) => ({ schemaIds: given }));
    },
  };
}

/** Asks for what is missing to sign in to the registries. Returns whether that was given. */
async function areReady(
  load: BulkServices['registries'],
  clusters: readonly string[],
): Promise<boolean> {
  const registries = await load();
  try {
    for (const cluster of clusters) await registries.ready(cluster);
    return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    throw error;
  }
}

/** Gives messages the ids of another registry while they are copied, and reports on that. */
export interface CopyIds {
  readonly encode: (
    items: readonly CopyItem[],
    stopped: AbortSignal,
  ) => Promise<readonly CopyItem[]>;
  /** What a person should know of it, one sentence each. */
  readonly notices: () => readonly string[];
  /** The ids of each schema in both registries. */
  readonly details: () => readonly string[];
}

/** Opens the exchange of ids for copies to a cluster. Asks for secrets that are missing first. */
export async function openCopyIds(
  { registries: load, decoding }: Pick<BulkServices, 'registries' | 'decoding'>,
  from: string,
  to: string,
): Promise<(source: string, target: TopicTarget) => CopyIds> {
  const registries = await load();
  const source = await registries.ready(from);
  const target = await registries.ready(to);
  const agree = agreement(registries, to);
  return (fromTopic, { topic: toTopic }) => {
    const ids = new IdExchange({ source, target, fromTopic, toTopic, agree });
    // Its own lookup, because that of the window remembers failures of a while ago.
    const context = { ...decoding.contextOf(from, fromTopic), schemas: ids.lookup };
    const decode = (part: 'key' | 'value') => openDecode(GUESSED, { ...context, part });
    const records = new RecordIds(ids, { key: decode('key'), value: decode('value') });
    return {
      encode: (items, signal) => withOtherIds(items, records, { signal }),
      notices: () => noticesOf(ids, records, to),
      details: () => ids.exchanged.map(describeExchange),
    };
  };
}

type Load = Awaited<ReturnType<BulkServices['registries']>>;

/** Asks before schemas are registered, unless the person has agreed to all that are missing. */
function agreement(registries: Load, cluster: string): AgreeToRegister {
  const t = vscode.l10n.t;
  let granted: Awaited<ReturnType<Load['toWrite']>> | undefined;
  return async (missing) => {
    if (granted) return granted;
    registries.refuseReadOnly(cluster);
    const count = schemas(missing.length);
    const [once, always] = [t('Register'), t('Register All Missing Schemas')];
    const answer = await choose(
      'warning',
      t(
        'The messages need {1} that the schema registry of {0} does not have. Register?',
        cluster,
        count,
      ),
      missing.map(describeMissing).join('\n'),
      [once, always],
    );
    if (answer === undefined) return undefined;
    const what =
      answer === once
        ? t('Register {0} on {1}', count, cluster)
        : t('Register all schemas that the copy needs on {0}', cluster);
    try {
      const registry = await registries.toWrite(cluster, what);
      if (answer === always) granted = registry;
      return registry;
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    }
  };
}

function describeMissing({ subject, from }: MissingSchema): string {
  const t = vscode.l10n.t;
  if (!from) return `• ${subject}`;
  const { version } = from;
  return from.subject === subject
    ? t('• {0}, version {1}', subject, version)
    : t('• {0}, from version {1} of {2}', subject, version, from.subject);
}

function noticesOf(ids: IdExchange, records: RecordIds, to: string): readonly string[] {
  const t = vscode.l10n.t;
  const { changed, unchanged } = records.counts;
  if (changed === 0) return [t('No message names a schema, so no id was exchanged.')];
  const distinct = new Set(ids.exchanged.map(({ from }) => JSON.stringify(from.address)));
  const count = schemas(distinct.size);
  const { registered } = ids;
  return [
    registered === 0
      ? t('Ids of {0} were exchanged.', count)
      : t('Ids of {0} were exchanged; registered on {1}: {2}.', count, to, registered),
    ...(unchanged > 0 ? [t('Copied unchanged: {0} without a schema.', messages(unchanged))] : []),
  ];
}

function describeExchange({ from: { address, at }, to }: ExchangedSchema): string {
  const named = at ? `${at.subject}@${at.version}` : to.subject;
  const [before, after] =
    address.by === 'guid'
      ? [address.guid, to.guid ?? '']
      : [address.by === 'id' ? address.id : '', to.id];
  return vscode.l10n.t('{0}: id {1} became {2}.', named, before, after);
}

function schemas(count: number): string {
  return count === 1 ? vscode.l10n.t('1 schema') : vscode.l10n.t('{0} schemas', count);
}
