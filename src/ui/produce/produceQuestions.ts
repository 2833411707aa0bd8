import * as vscode from 'vscode';
import type { ReadingProxy } from '../../core/kafka';
import { askPick, askText, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../dialogs/wizard';
import { messages, offsetsOf } from '../words/counts';
import { describePayloadProblem } from './payloadProblem';
import { type Draft, type How, TextSource } from './draft';

/** What was typed into the input box, and where to write a longer text instead. */
export interface TypedText {
  /** The text that was typed last and not produced yet. */
  text: string;
  /** Opens an editor for a message to a topic. */
  openEditor(target: Pick<Draft, 'cluster' | 'topic'>, text: string): Promise<void>;
}

/**
 * Asks for the text of one message. What was typed is kept, however the question ends. Throws a
 * `CancellationError` if the person goes on in an editor.
 */
export async function askMessage(
  { cluster, topic, source }: Pick<Draft, 'cluster' | 'topic' | 'source'>,
  typed: TypedText,
  context: StepContext,
): Promise<Answer<Pick<Draft, 'source'>>> {
  const t = vscode.l10n.t;
  const given = source instanceof TextSource ? source.text : '';
  let opened: Promise<void> | undefined;
  const answer = await askText(context, {
    prompt: t('A message to {0} on {1}, in one line', topic, cluster),
    value: given || typed.text,
    typed: (text) => {
      typed.text = text;
    },
    buttons: [
      {
        iconPath: new vscode.ThemeIcon('go-to-file'),
        tooltip: t('Write Several Lines in an Editor'),
        run: (text) => {
          opened = typed.openEditor({ cluster, topic }, text);
        },
      },
    ],
  });
  if (opened) {
    await opened;
    throw new vscode.CancellationError();
  }
  return mapAnswer(answer, (text) => ({ source: new TextSource(text, 'typed') }));
}

/** Asks whether a text is one message or several. */
export async function askHow(
  source: TextSource,
  how: How,
  context: StepContext,
): Promise<Answer<{ how: How }>> {
  const t = vscode.l10n.t;
  const { records, problem } = source.many;
  const many: Choice<How> = records
    ? { label: manyWords(records.length), choice: 'many' }
    : { label: t('Not several messages: {0}', describePayloadProblem(problem)) };
  const icon = records ? 'list-unordered' : 'warning';
  const answer = await askPick<How>(context, {
    placeholder: t('How should the text be produced?'),
    choices: [
      { ...many, iconPath: new vscode.ThemeIcon(icon) },
      { label: oneWords(), iconPath: new vscode.ThemeIcon('symbol-string'), choice: 'one' },
    ],
    active: (choice) => choice === how,
  });
  return mapAnswer(answer, (how) => ({ how }));
}

/** Says that a text is one message. */
export function oneWords(): string {
  return vscode.l10n.t('As one message, exactly as it is');
}

/** Says that a text is several messages. Their count is missing if it is not known. */
export function manyWords(count: number | undefined): string {
  return count === undefined
    ? vscode.l10n.t('As several messages')
    : vscode.l10n.t(
        'As {0}, with key, headers and partition where they are given',
        messages(count),
      );
}

export async function askKey(
  { key }: Pick<Draft, 'key'>,
  context: StepContext,
): Promise<Answer<{ key: string }>> {
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The key of the message. Empty: none'),
    value: key,
  });
  return mapAnswer(answer, (key) => ({ key }));
}

/** Asks for the partition of a message. Each shows the offsets that it holds. */
export async function askPartition(
  proxy: ReadingProxy,
  { topic, partition: active }: Pick<Draft, 'topic' | 'partition'>,
  context: StepContext,
): Promise<Answer<Pick<Draft, 'partition'>>> {
  const t = vscode.l10n.t;
  const answer = await askPick<number | 'any'>(context, {
    placeholder: t('Which partition of {0}?', topic),
    choices: async (signal) => {
      const partitions = await proxy.partitions(topic, { signal });
      const automatic: Choice<'any'> = {
        label: t('Automatic'),
        description: t('by the key, or spread evenly without one'),
        iconPath: new vscode.ThemeIcon('symbol-array'),
        choice: 'any',
      };
      return [
        automatic,
        ...partitions.map((partition) => ({
          label: t('Partition {0}', partition.id),
          description: offsetsOf(partition),
          iconPath: new vscode.ThemeIcon('database'),
          choice: partition.id,
        })),
      ];
    },
    active: (choice) => choice === active,
  });
  return mapAnswer(answer, (partition) => ({ partition }));
}
