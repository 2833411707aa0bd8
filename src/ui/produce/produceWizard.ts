import * as vscode from 'vscode';
import { guessPayload, type ParsedPayload, parsePayload } from '../../core/message/parse';
import { lenient, literal, object, type Read, string } from '../../core/schema';
import type { CheckedRecords } from '../../core/produce/sendable';
import type { Connections } from '../clusters/connections';
import { pickAble, pickTopic, type Target, toTarget, withOnlyAble } from '../clusters/pick';
import { askPick, askText, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, runWizard, type Step, type StepContext } from '../dialogs/wizard';
import { messages } from '../words/counts';
import { type CheckedMessages, checkMessages, requireMessages } from './checkMessages';

/** The state of the wizard. `texts` are the messages; a single text may hold several. */
interface Draft {
  readonly cluster: string;
  readonly topic: string;
  readonly texts: readonly string[];
  readonly how: 'one' | 'many';
  /** The records of `many`, once the question has shown them. */
  readonly several?: CheckedRecords | undefined;
  readonly key: string;
  readonly partition: number | 'any';
}

/** The arguments that a node of the tree or a keybinding passes to a command. */
export type GivenMessage = Target & Read<typeof messageFields>;

const messageFields = object({
  text: lenient(string),
  how: lenient(literal('one', 'many')),
  key: lenient(string),
});

/** Reads the arguments of a command. */
export function toGivenMessage(argument: unknown): GivenMessage {
  return { ...toTarget(argument), ...messageFields(argument) };
}

/** The messages to send, and the target. */
export interface Messages {
  readonly cluster: string;
  readonly topic: string;
  readonly records: CheckedRecords;
}

/**
 * Asks for what is not given: the target, whether a text is one message or several, the key and
 * the partition. Without `texts`, asks for the text of one message. A text is parsed only once, so
 * that exactly what the question shows is sent. Throws a `UserError` if the messages cannot be
 * sent.
 */
export async function askMessages(
  connections: Connections,
  title: string,
  argument: GivenMessage,
  texts: readonly string[],
): Promise<Messages> {
  const given = withOnlyAble(argument, connections, 'produce');
  const typed = texts.length === 0;
  const [first = ''] = texts;
  const many = texts.length === 1 ? guessPayload(first).many : undefined;
  const alone = ({ how, texts: { length } }: Draft) => how === 'one' && length === 1;
  const steps: Step<Draft>[] = [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'produce'),
    },
    {
      skip: () => given.topic !== undefined,
      ask: (draft, context) => pickTopic(context, connections, draft),
    },
    { skip: () => !typed, ask: (draft, context) => askMessage(draft, context) },
    ...(many && given.how === undefined ? [howStep(connections, many)] : []),
    {
      skip: (draft) => !alone(draft) || given.key !== undefined,
      ask: (draft, context) => askKey(draft, context),
    },
    {
      skip: (draft) => !alone(draft) || given.partition !== undefined,
      ask: (draft, context) => askPartition(connections, draft, context),
    },
  ];
  const initial: Draft = {
    cluster: '',
    topic: '',
    texts: typed ? [''] : texts,
    how: 'one',
    key: '',
    partition: 'any',
    ...given,
  };
  const draft = await runWizard(title, initial, steps);
  const { cluster, topic } = draft;
  const { capabilities } = await connections.ready(cluster);
  const records =
    draft.how === 'many' && draft.several
      ? draft.several
      : requireMessages(toPayload(draft, many), capabilities);
  return { cluster, topic, records };
}

async function askMessage(
  { texts: [text = ''] }: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The message. For a longer one, select text in an editor instead'),
    value: text,
  });
  return mapAnswer(answer, (given) => ({ texts: [given] }));
}

/** Asks whether a text is one message or `many`, if the cluster can carry those. */
function howStep(connections: Connections, many: ParsedPayload): Step<Draft> {
  return {
    ask: async ({ cluster }, context) => {
      const { capabilities } = await connections.ready(cluster);
      return askHow(checkMessages(many, capabilities), context);
    },
  };
}

async function askHow(
  { records, against }: CheckedMessages,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const many: Choice<'many'> = records
    ? {
        label: t('As {0}', messages(records.records.length)),
        description: t('each with its value and, if given, its key, headers and partition'),
        iconPath: new vscode.ThemeIcon('list-unordered'),
        choice: 'many',
      }
    : {
        label: t('Not as several messages: {0}', against),
        iconPath: new vscode.ThemeIcon('warning'),
      };
  const one: Choice<'one'> = {
    label: t('As one message'),
    description: t('the text exactly as it is'),
    iconPath: new vscode.ThemeIcon('symbol-string'),
    choice: 'one',
  };
  const answer = await askPick<'one' | 'many'>(context, {
    placeholder: t('The text looks like several messages. How should it be produced?'),
    choices: [many, one],
  });
  return mapAnswer(answer, (given) => ({ how: given, several: records }));
}

async function askKey({ key }: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The key of the message. Empty: none'),
    value: key,
  });
  return mapAnswer(answer, (key) => ({ key }));
}

async function askPartition(
  connections: Connections,
  { cluster, topic, partition: active }: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const proxy = await connections.ready(cluster);
  const answer = await askPick<number | 'any'>(context, {
    placeholder: t('Which partition of {0}?', topic),
    choices: async (signal) => {
      const partitions = await proxy.partitions(topic, { signal });
      const automatic: Choice<'any'> = {
        label: t('Automatic'),
        description: t('by the key, or spread evenly without one'),
        choice: 'any',
      };
      return [
        automatic,
        ...partitions.map(({ id }) => ({ label: t('Partition {0}', id), choice: id })),
      ];
    },
    active: (choice) => choice === active,
  });
  return mapAnswer(answer, (partition) => ({ partition }));
}

/** Returns the messages for the answers. `many` is the text parsed as several messages. */
function toPayload(
  { texts, how, key, partition }: Draft,
  many: ParsedPayload | undefined,
): ParsedPayload {
  const [first = ''] = texts;
  if (texts.length > 1) return { records: texts.map((value) => ({ value })) };
  if (how === 'many') return many ?? parsePayload(first, 'many');
  const record = {
    value: first,
    ...(key && { key }),
    ...(partition !== 'any' && { partition }),
  };
  return { records: [record] };
}
