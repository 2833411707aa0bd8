import * as vscode from 'vscode';
import { index, lenient, object, type Read, string } from '../../core/schema';
import type { PayloadFormat } from '../../core/message/codec';
import { schemaBlock } from '../../kafkaFile/schemaBlock';
import { SCHEMA_FORMATS } from '../../kafkaFile/schemas';
import { parse } from '../../kafkaFile/parser';
import type { Connections } from '../clusters/connections';
import { pickCluster, pickTopic } from '../clusters/pick';
import type { Registries } from '../clusters/registry/registries';
import type { Decoding } from '../decoding/decoding';
import { withProgress } from '../dialogs/progress';
import { askPick, type Choice } from '../dialogs/questions';
import { mapAnswer, runWizard } from '../dialogs/wizard';
import { UserError } from '../words/report';
import { type FileClusters, requireBlockTopic } from './blocks';

const given = object({
  cluster: lenient(string),
  topic: lenient(string),
  subject: lenient(string),
  version: lenient(index),
});

/** What the message is for, as far as the command was told. */
type Given = Read<typeof given>;

/** Reads the argument of the command: a topic or a subject of the tree. */
export function toGiven(argument: unknown): Given {
  return given(argument) ?? {};
}

export interface NewMessageServices {
  readonly connections: Connections;
  readonly registries: () => Promise<Registries>;
  readonly decoding: Decoding;
}

interface Wanted {
  readonly cluster: string;
  readonly subject: string;
  readonly topic: string;
}

/**
 * Writes a block with an example of a message that fits a schema, into the active `.kafka` file or a
 * new one, and puts the cursor into its value.
 */
export async function newMessageFromSchema(
  services: NewMessageServices,
  files: FileClusters,
  argument: Given,
): Promise<void> {
  const wanted = await ask(services, argument);
  const { cluster, topic, subject } = wanted;
  requireBlockTopic(topic);
  const title = vscode.l10n.t('Reading the schema {0}', subject);
  const { format, example } = await withProgress(title, (signal) =>
    describe(services, wanted, argument.version, signal),
  );
  const { produce } = services.connections.capabilities(cluster);
  const block = { topic, format, example, binary: produce === false || produce.binary };
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === 'kafkarest') {
    const isOther = files.of(editor.document.uri) !== cluster;
    await append(editor, schemaBlock({ ...block, ...(isOther && { cluster }) }));
  } else {
    const content = schemaBlock(block);
    const document = await vscode.workspace.openTextDocument({ language: 'kafkarest', content });
    await files.set(document.uri, cluster);
    show(await vscode.window.showTextDocument(document, { preview: false }), 0);
  }
}

async function ask(
  { connections, registries: load }: NewMessageServices,
  { cluster, topic, subject }: Given,
): Promise<Wanted> {
  const t = vscode.l10n.t;
  const registries = await load();
  const { clusters } = connections;
  const able = clusters.list().filter(({ definition }) => registries.has(definition.name));
  const [only, second] = able;
  if (!only) {
    throw new UserError(
      t('no cluster has a schema registry'),
      t('Give one of them the address of its registry'),
    );
  }
  const known = cluster ?? (second ? '' : only.definition.name);
  const initial: Wanted = { cluster: known, subject: subject ?? '', topic: topic ?? '' };
  const without = (name: string) => (registries.has(name) ? undefined : t('no schema registry'));
  return runWizard<Wanted>(t('New Message from Schema'), initial, [
    {
      skip: () => known !== '',
      ask: (state, context) => pickCluster(context, clusters, state.cluster, without),
    },
    {
      skip: () => subject !== undefined,
      ask: async (state, context) => {
        const registry = await registries.ready(state.cluster);
        const likely = `${state.topic}-value`;
        const answer = await askPick<string>(context, {
          placeholder: t('Which schema?'),
          choices: async (signal) => {
            const subjects = await registry.subjects({ signal });
            const first = subjects.filter((each) => each === likely);
            return [...first, ...subjects.filter((each) => each !== likely)].map(toChoice);
          },
          active: (choice) => choice === (state.subject || likely),
        });
        return mapAnswer(answer, (chosen) => ({
          subject: chosen,
          topic: topic ?? /^(.+)-value$/.exec(chosen)?.[1] ?? '',
        }));
      },
    },
    {
      skip: (state) => (state.topic || topicOf(state.subject)) !== '',
      ask: (state, context) => pickTopic(context, connections, state),
    },
  ]).then((state) => ({ ...state, topic: state.topic || topicOf(state.subject) }));
}

/** Returns the topic that a subject is named after; '' if it is named otherwise. */
function topicOf(subject: string): string {
  return /^(.+)-value$/.exec(subject)?.[1] ?? '';
}

function toChoice(subject: string): Choice<string> {
  return { label: subject, iconPath: new vscode.ThemeIcon('symbol-structure'), choice: subject };
}

async function describe(
  { registries: load, decoding }: NewMessageServices,
  { cluster, topic, subject }: Wanted,
  version: number | undefined,
  signal: AbortSignal,
): Promise<{ readonly format: PayloadFormat; readonly example: string }> {
  const registry = await (await load()).ready(cluster);
  const { schema } = await registry.version(subject, version ?? 'latest', { signal });
  const argument = version === undefined ? subject : `${subject}@${version}`;
  const format = { kind: SCHEMA_FORMATS[schema.type], argument };
  const { worker, ...context } = decoding.contextOf(cluster, topic);
  const described = await worker.describe(format, { ...context, part: 'value' }, { signal });
  return { format, example: described?.example ?? '{}' };
}

/** Adds a block behind the last one of a file. */
async function append(editor: vscode.TextEditor, block: string): Promise<void> {
  const { document } = editor;
  const text = document.getText();
  const last = parse(text).blocks.at(-1);
  const isOpen = last?.kind === 'producer' && !last.separator;
  const isLineStart = text === '' || text.endsWith('\n');
  const gap = `${isLineStart ? '' : '\n'}${isOpen ? '###\n' : ''}${text.trim() === '' ? '' : '\n'}`;
  const end = document.positionAt(text.length);
  await editor.edit((edit) => {
    edit.insert(end, gap + block);
  });
  show(editor, end.line + gap.split('\n').length - 1);
}

/** Puts the cursor into the value of the block that begins at or below a line. */
function show(editor: vscode.TextEditor, line: number): void {
  const { document } = editor;
  const block = parse(document.getText()).blocks.find((each) => each.line >= line);
  const value = block?.kind === 'producer' ? block.value : undefined;
  if (!value) return;
  const at = document.positionAt(value.start + 1);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, document.positionAt(value.end)));
}
