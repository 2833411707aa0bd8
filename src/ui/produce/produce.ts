import * as vscode from 'vscode';
import { lenient, literal, object, type Read, string } from '../../core/schema';
import type { KafkaProxy, NewRecord } from '../../core/kafka';
import { guessPayload, parsePayload } from '../../core/message/parse';
import { produceAll, type ProduceOutcome } from '../../core/produce/produceAll';
import type { ClusterStore } from '../clusters/clusters';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Consumer } from '../messages/consume';
import type { Action } from '../dialogs/notify';
import { describePayloadProblem } from './payloadProblem';
import { pickCluster, pickTopic, type Target, toTarget, withOnlyWritable } from '../clusters/pick';
import { describeOutcome } from './produceOutcome';
import { withProgress } from '../dialogs/progress';
import { type Reporter, UserError } from '../words/report';
import { messages } from '../words/counts';
import {
  type Answer,
  askPick,
  askText,
  back,
  type Choice,
  runWizard,
  type Step,
  type StepContext,
} from '../dialogs/wizard';

/** What the wizard gathers. `texts` are the messages; one text may turn out to be several. */
interface Draft {
  readonly cluster: string;
  readonly topic: string;
  readonly texts: readonly string[];
  readonly how: 'one' | 'many';
  readonly key: string;
  readonly partition: number | 'any';
}

/** What a command is told beforehand, by a node of the tree or by the arguments of a keybinding. */
export type GivenMessage = Target & Read<typeof messageFields>;

const messageFields = object({
  text: lenient(string),
  how: lenient(literal('one', 'many')),
  key: lenient(string),
});

/** Reads what is given from the argument of a command. */
export function toGivenMessage(argument: unknown): GivenMessage {
  return { ...toTarget(argument), ...messageFields(argument) };
}

/** Produces text: the selection, a document, or what is typed. */
export class Producer {
  constructor(
    private readonly clusters: ClusterStore,
    private readonly consumer: Consumer,
    private readonly topics: TopicChanges,
    private readonly reporter: Reporter,
  ) {}

  /** One selection is one message or, if it reads so, several; several selections are one each. */
  async produceSelection(
    editor: vscode.TextEditor | undefined,
    given: GivenMessage,
  ): Promise<void> {
    const selections = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
    if (!editor || selections.length === 0) {
      throw new UserError(
        vscode.l10n.t('nothing is selected'),
        vscode.l10n.t('Select the text to produce, or produce the whole document'),
      );
    }
    const title = vscode.l10n.t('Produce Selection');
    const texts = selections.map((selection) => editor.document.getText(selection));
    await this.#produce(title, given, texts);
  }

  async produceDocument(editor: vscode.TextEditor | undefined, given: GivenMessage): Promise<void> {
    const text = editor?.document.getText();
    if (!text) {
      throw new UserError(
        vscode.l10n.t('there is no text to produce'),
        vscode.l10n.t('Open a document that holds the messages'),
      );
    }
    await this.#produce(vscode.l10n.t('Produce Document'), given, [text]);
  }

  /** Asks for the text of one message, unless it is given. */
  async produceMessage(given: GivenMessage): Promise<void> {
    const texts = given.text === undefined ? [] : [given.text];
    await this.#produce(vscode.l10n.t('Produce Message'), given, texts);
  }

  async #produce(title: string, argument: GivenMessage, texts: readonly string[]): Promise<void> {
    const given = withOnlyWritable(argument, this.clusters);
    const typed = texts.length === 0;
    const [first = ''] = texts;
    const several = !typed && texts.length === 1 && guessPayload(first).shape !== 'one';
    const alone = ({ how, texts: { length } }: Draft) => how === 'one' && length === 1;
    const steps: Step<Draft>[] = [
      {
        skip: () => given.cluster !== undefined,
        ask: ({ cluster }, context) => pickCluster(context, this.clusters, cluster, 'write'),
      },
      {
        skip: () => given.topic !== undefined,
        ask: (draft, context) => pickTopic(context, this.clusters, draft),
      },
      { skip: () => !typed, ask: (draft, context) => askMessage(draft, context) },
      {
        skip: () => !several || given.how !== undefined,
        ask: (_, context) => askHow(first, context),
      },
      {
        skip: (draft) => !alone(draft) || given.key !== undefined,
        ask: (draft, context) => askKey(draft, context),
      },
      {
        skip: (draft) => !alone(draft) || given.partition !== undefined,
        ask: (draft, context) => this.#askPartition(draft, context),
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
    await this.send(draft.cluster, draft.topic, toRecords(draft));
  }

  async #askPartition(
    { cluster, topic, partition: active }: Draft,
    context: StepContext,
  ): Promise<Answer<Partial<Draft>>> {
    const t = vscode.l10n.t;
    const proxy = await this.clusters.ready(cluster);
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
    return answer === back || answer === undefined ? answer : { partition: answer };
  }

  /**
   * Sends the records with progress and says what became of them. What was certainly not written
   * can be sent again from there. A larger run has its way to the cluster `permitted` beforehand.
   * Returns the outcome.
   */
  async send(
    cluster: string,
    topic: string,
    records: readonly NewRecord[],
    permitted?: KafkaProxy,
  ): Promise<ProduceOutcome> {
    const t = vscode.l10n.t;
    const count = messages(records.length);
    const proxy =
      permitted ??
      (await this.clusters.toWrite(cluster, t('Produce {0} to {1} on {2}', count, topic, cluster)));
    const title = t('Producing {0} to {1}', count, topic);
    const { outcome, before } = await withProgress(title, async (signal, progress) => {
      const before = await proxy.partitions(topic, { signal });
      const onProgress = ({ accepted, total }: { accepted: number; total: number }) => {
        progress.report({ message: `${Math.floor((100 * accepted) / total)} %` });
      };
      const outcome = await produceAll(proxy, topic, records, { signal, onProgress });
      return { outcome, before };
    });

    this.topics.tell({ cluster, topic });
    const { severity, text } = describeOutcome(outcome, topic, records);
    const viewMessages: Action = {
      title: vscode.l10n.t('View Messages'),
      run: () =>
        this.consumer.consumeSince(
          cluster,
          topic,
          new Map(before.map(({ id, latest }) => [id, latest])),
        ),
    };
    const certain = [...outcome.refused.ranges, ...outcome.unsent.ranges].sort(
      (a, b) => a.start - b.start,
    );
    const sendRest: Action = {
      title: vscode.l10n.t('Send the Rest'),
      run: () =>
        this.send(
          cluster,
          topic,
          certain.flatMap(({ start, end }) => records.slice(start, end)),
        ),
    };
    void this.reporter.tell(severity, text, [
      ...(outcome.accepted.count + outcome.unclear.count > 0 ? [viewMessages] : []),
      ...(certain.length > 0 ? [sendRest] : []),
      ...(severity === 'information' ? [] : [this.reporter.showLog]),
    ]);
    return outcome;
  }
}

async function askMessage(
  { texts: [text = ''] }: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The message. For longer ones select text in an editor instead'),
    value: text,
  });
  return answer === back || answer === undefined ? answer : { texts: [answer] };
}

async function askHow(text: string, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const { records, problem } = parsePayload(text, 'many');
  const many: Choice<'many'> = records
    ? {
        label: t('As {0}', messages(records.length)),
        description: t('each with its value and, if given, its key and partition'),
        iconPath: new vscode.ThemeIcon('list-unordered'),
        choice: 'many',
      }
    : {
        label: t('Not as several messages: {0}', describePayloadProblem(problem)),
        iconPath: new vscode.ThemeIcon('warning'),
      };
  const one: Choice<'one'> = {
    label: t('As one message'),
    description: t('the text exactly as it is'),
    iconPath: new vscode.ThemeIcon('symbol-string'),
    choice: 'one',
  };
  const answer = await askPick<'one' | 'many'>(context, {
    placeholder: t('The text looks like several messages. How to produce it?'),
    choices: [many, one],
  });
  return answer === back || answer === undefined ? answer : { how: answer };
}

async function askKey({ key }: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The key of the message. Empty: none'),
    value: key,
  });
  return answer === back || answer === undefined ? answer : { key: answer };
}

/** The records that the answers stand for. */
function toRecords({ texts, how, key, partition }: Draft): readonly NewRecord[] {
  const [first = ''] = texts;
  if (texts.length > 1) return texts.map((value) => ({ value }));
  if (how === 'many') {
    const { records, problem } = parsePayload(first, 'many');
    if (records) return records;
    throw new UserError(describePayloadProblem(problem), vscode.l10n.t('Nothing was sent'));
  }
  return [{ value: first, ...(key && { key }), ...(partition !== 'any' && { partition }) }];
}
