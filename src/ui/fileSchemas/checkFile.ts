import * as vscode from 'vscode';
import { formatText, type PayloadFormat } from '../../core/message/codec';
import { innermost } from '../../kafkaFile/formats';
import { takesSchema, withSchema } from '../../kafkaFile/schemas';
import type { Connections } from '../clusters/connections';
import { pickCluster, pickTopic } from '../clusters/pick';
import type { Registries } from '../clusters/registry/registries';
import type { Decoders } from '../decoding/decoders';
import { askSchemaFile, type TopicSchemas } from '../decoding/topicSchemas';
import { withProgress } from '../dialogs/progress';
import { askPick, type Choice } from '../dialogs/questions';
import { mapAnswer, runWizard } from '../dialogs/wizard';
import { UserError } from '../words/report';
import type { FileSchema } from './fileSchemas';

export interface CheckFileServices {
  readonly connections: Connections;
  readonly registries: () => Promise<Registries>;
  readonly decoders: Decoders;
  readonly schemas: TopicSchemas;
}

type Source = 'topic' | 'subject' | 'file';

interface Draft {
  readonly source: Source;
  readonly cluster: string;
  readonly topic: string;
  readonly format: PayloadFormat | undefined;
}

/** Asks by what the messages of a file are to be checked. `before`: by what they are now. */
export async function askFileSchema(
  services: CheckFileServices,
  name: string,
  before: FileSchema | undefined,
): Promise<FileSchema> {
  const { connections, schemas } = services;
  const registries = await services.registries();
  const { clusters } = connections;
  const names = clusters.list().map(({ definition }) => definition.name);
  const registered = names.filter((each) => registries.has(each));
  const t = vscode.l10n.t;
  const without = (each: string) => (registries.has(each) ? undefined : t('no schema registry'));
  const initial: Draft = {
    source: 'topic',
    cluster: before?.cluster ?? '',
    topic: before?.topic ?? '',
    format: undefined,
  };
  const onlyOf = (source: Source) => {
    const [first, second] = source === 'topic' ? names : registered;
    return second === undefined ? first : undefined;
  };
  const draft = await runWizard<Draft>(t('Check {0}', name), initial, [
    {
      ask: async (_, context) => {
        const answer = await askPick<Source>(context, {
          placeholder: t('Which schema should its messages be checked against?'),
          choices: sources(names.length > 0, registered.length > 0),
        });
        if (answer !== 'file') return mapAnswer(answer, (source) => ({ source }));
        const format = await askSchemaFile(t('Check Against a Schema File'));
        return format && { source: answer, format };
      },
    },
    {
      skip: ({ source }) => source === 'file' || onlyOf(source) !== undefined,
      ask: ({ source, cluster }, context) =>
        pickCluster(context, clusters, cluster, source === 'subject' ? without : undefined),
    },
    {
      skip: ({ source }) => source === 'file',
      ask: async (state, context) => {
        const cluster = onlyOf(state.source) ?? state.cluster;
        if (state.source === 'topic') {
          return mapAnswer(await pickTopic(context, connections, { ...state, cluster }), (at) => ({
            ...at,
            cluster,
          }));
        }
        return mapAnswer(await schemas.ask(cluster, context), (format) => ({ format, cluster }));
      },
    },
  ]);
  const { source, cluster, topic, format } = draft;
  if (source === 'topic') return schemaOfTopic(services, { cluster, topic });
  const value = format && formatText(format);
  return source === 'file' ? { value } : { cluster, value };
}

function sources(hasCluster: boolean, hasRegistry: boolean): readonly Choice<Source>[] {
  const t = vscode.l10n.t;
  return [
    {
      label: t('The schema of a topic...'),
      description: t('as kafkaRest.decoders says, or by its subject'),
      iconPath: new vscode.ThemeIcon('inbox'),
      ...(hasCluster && { choice: 'topic' as const }),
    },
    {
      label: t('A subject of a schema registry...'),
      ...(!hasRegistry && { description: t('no cluster has a schema registry') }),
      iconPath: new vscode.ThemeIcon('symbol-structure'),
      ...(hasRegistry && { choice: 'subject' as const }),
    },
    {
      label: t('A schema file...'),
      description: vscode.workspace.isTrusted
        ? '.avsc, .proto, .json'
        : t('the workspace is not trusted'),
      iconPath: new vscode.ThemeIcon('file-code'),
      ...(vscode.workspace.isTrusted && { choice: 'file' as const }),
    },
  ];
}

/**
 * Returns the formats in which messages to a topic are written: those of the setting, or else of the
 * subjects that are named after the topic. Throws a `UserError` if its values have none.
 */
async function schemaOfTopic(
  { decoders, schemas, registries: load }: CheckFileServices,
  target: { readonly cluster: string; readonly topic: string },
): Promise<FileSchema> {
  const t = vscode.l10n.t;
  const { cluster, topic } = target;
  const set = decoders.toWrite(cluster, topic);
  const registries = await load();
  if (registries.has(cluster)) await registries.ready(cluster);
  const formatOf = async (part: 'key' | 'value', signal: AbortSignal) => {
    const subject = `${topic}-${part}`;
    if (takesSchema(innermost(set[part]).kind)) {
      // Whatever topic the file is produced to, it is the schema of this one.
      return formatText(withSchema(set[part], subject) ?? set[part]);
    }
    if (!registries.has(cluster)) return undefined;
    const named = await schemas.formatsOf(target, part, { signal });
    const own = named.find(({ argument }) => argument === subject);
    return own && formatText(own);
  };
  const { key, value } = await withProgress(
    t('Looking up the schemas of {0}', topic),
    async (signal) => ({
      key: await formatOf('key', signal),
      value: await formatOf('value', signal),
    }),
  );
  if (value !== undefined) return { ...target, value, ...(key !== undefined && { key }) };
  throw new UserError(
    t('no schema is known for the values of {0}', topic),
    t('Choose a subject or a schema file instead'),
  );
}
