import * as vscode from 'vscode';
import { isAbortError } from '../../core/async/abortError';
import { KafkaError } from '../../core/errors';
import type { Part } from '../../core/produce/encodeRecords';
import type { Connections } from '../clusters/connections';
import { pickTarget } from '../targets/pickTarget';
import type { Targets } from '../targets/targets';
import { confirm } from '../dialogs/notify';
import type { GoRow, Page, PageRow } from '../dialogs/page';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { marksOf, wordsOf } from '../words/clusterMarks';
import { partitions as countOf } from '../words/counts';
import { explain, isCancelled } from '../words/report';
import {
  type Draft,
  encodingFor,
  foundFor,
  isSingle,
  needsEncoding,
  type Plan,
  planOf,
  TextSource,
} from './draft';
import type { MessageFormats } from './messageFormats';
import { messageRow, messageText } from './messageWords';
import {
  askHow,
  askKey,
  askMessage,
  askPartition,
  manyWords,
  oneWords,
  type TypedText,
} from './produceQuestions';
import { remedyRows } from './remedyRows';
import { emptyKeysRow, goLabel, largeRow, leftOut, uncarriedRows, whyNothing } from './planWords';

export interface ProducePageServices {
  readonly connections: Connections;
  readonly targets: Targets;
  readonly typed: TypedText;
  readonly formats: MessageFormats;
}

type Row = PageRow<Draft>;

/** The page that says what will be produced and where, and lets the person change it first. */
export class ProducePage implements Page<Draft> {
  readonly #plans = new WeakMap<Draft, Plan>();

  constructor(private readonly services: ProducePageServices) {}

  /** Returns what would be sent of a draft. */
  plan(draft: Draft): Plan {
    const capabilities = this.services.connections.capabilities(draft.cluster);
    const plan = this.#plans.get(draft) ?? planOf(draft, capabilities);
    this.#plans.set(draft, plan);
    return plan;
  }

  placeholder({ topic }: Draft): string {
    return vscode.l10n.t('Press Enter to produce to {0}, or choose a line to change it.', topic);
  }

  go(draft: Draft): GoRow {
    const plan = this.plan(draft);
    const marks = marksOf(this.#definition(draft));
    const notes = [leftOut(plan), wordsOf(marks)].filter(Boolean).join(' · ');
    const label = goLabel(plan, draft);
    return {
      label,
      ...(notes && { description: notes }),
      refused: this.#refusal(draft, plan),
    };
  }

  rows(draft: Draft): readonly Row[] {
    const plan = this.plan(draft);
    return [
      ...this.#targetRows(draft),
      ...this.#textRows(draft),
      ...(isSingle(draft) ? this.#singleRows(draft) : []),
      ...this.#formatRows(draft, plan),
      ...this.#exampleRows(draft, plan),
      ...uncarriedRows(plan),
      ...largeRow(plan),
      ...emptyKeysRow(plan),
    ];
  }

  /**
   * Looks up the topic and encodes the messages, so that whatever is wrong is said before anything
   * is sent.
   */
  async load(
    draft: Draft,
    signal: AbortSignal,
    show: (facts: Partial<Draft>) => void,
  ): Promise<Partial<Draft>> {
    const facts = await this.#find(draft, signal);
    if (!needsEncoding(draft) || encodingFor(draft)?.result.records) return facts;
    show(facts);
    const encoding = await this.services.formats.encode(draft, this.#isBinary(draft), signal);
    return { ...facts, encoding };
  }

  async #find(draft: Draft, signal: AbortSignal): Promise<Partial<Draft>> {
    if (foundFor(draft)?.partitions) return {};
    const { cluster, topic } = draft;
    try {
      const proxy = await this.services.connections.proxy(cluster);
      const partitions = await proxy.partitions(topic, { signal });
      return { found: { cluster, topic, partitions } };
    } catch (error) {
      if (isAbortError(error)) throw error;
      return { found: { cluster, topic, error } };
    }
  }

  #isBinary({ cluster }: Draft): boolean {
    const { produce } = this.services.connections.capabilities(cluster);
    return produce && produce.binary;
  }

  #definition({ cluster }: Draft) {
    return this.services.connections.clusters.require(cluster).definition;
  }

  /** Returns why nothing can be sent as things stand, as sentences. */
  #refusal(draft: Draft, plan: Plan): string | undefined {
    const error = foundFor(draft)?.error;
    return error === undefined
      ? whyNothing(plan, draft.formats)
      : this.#explainMissing(draft, error);
  }

  #explainMissing({ cluster, topic }: Draft, error: unknown): string {
    const t = vscode.l10n.t;
    if (!(error instanceof KafkaError) || error.kind !== 'not-found') {
      const { reason, advice } = explain(error);
      return t('{0} cannot be looked up: {1}. {2}.', topic, reason, advice);
    }
    const { metadataLags } = this.services.connections.capabilities(cluster);
    return metadataLags
      ? t('There is no topic {0} on {1}. A new one may take half a minute.', topic, cluster)
      : t('There is no topic {0} on {1}.', topic, cluster);
  }

  #targetRows(draft: Draft): readonly Row[] {
    const t = vscode.l10n.t;
    const { cluster, topic } = draft;
    const found = foundFor(draft);
    return [
      {
        label: t('Topic'),
        description: found?.partitions
          ? t('{0} on {1} · {2}', topic, cluster, countOf(found.partitions.length))
          : t('{0} on {1}', topic, cluster),
        iconPath: new vscode.ThemeIcon('inbox'),
        ask: (_, context) => this.#askTarget(draft, context),
      },
      ...remedyRows(this.services.connections, draft, found?.error),
    ];
  }

  async #askTarget(draft: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
    const { connections, targets, formats } = this.services;
    try {
      const answer = await pickTarget(context, connections, targets, {
        placeholder: vscode.l10n.t('Produce to which topic?'),
        ability: 'produce',
        active: { cluster: draft.cluster, topic: draft.topic },
      });
      if (answer === undefined || answer === back) return answer;
      // Another topic has other partitions, and other formats.
      const usual = formats.usual({ ...answer, uri: draft.uri });
      const target = { ...answer, formats: usual };
      // The page cannot ask for secrets, because that would close it.
      await connections.ready(answer.cluster);
      await formats.ready(target);
      return { partition: 'any', ...target };
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    }
  }

  /** The rows about the text: what was typed, and whether it is one message or several. */
  #textRows(draft: Draft): readonly Row[] {
    const t = vscode.l10n.t;
    const { source, how, finalLineBreak } = draft;
    if (!(source instanceof TextSource)) return [];
    const rows: Row[] = [];
    if (source.origin === 'typed') {
      rows.push({
        label: t('Message'),
        description: messageRow({ value: source.text }),
        iconPath: new vscode.ThemeIcon('edit'),
        ask: (_, context) => askMessage(draft, this.services.typed, context),
      });
    }
    rows.push({
      label: t('Text'),
      description: how === 'one' ? oneWords() : manyWords(source.many.records?.length),
      iconPath: new vscode.ThemeIcon(how === 'one' ? 'symbol-string' : 'list-unordered'),
      ask: (_, context) => askHow(source, how, context),
    });
    if (how === 'one' && source.hasFinalLineBreak) {
      rows.push({
        label: t('Final line break'),
        description: finalLineBreak
          ? t('is sent (choose this line to leave it out)')
          : t('is left out (choose this line to send it)'),
        iconPath: new vscode.ThemeIcon('newline'),
        ask: () => Promise.resolve({ finalLineBreak: !finalLineBreak }),
      });
    }
    return rows;
  }

  #singleRows(draft: Draft): readonly Row[] {
    const t = vscode.l10n.t;
    const { cluster, key, partition } = draft;
    const found = foundFor(draft)?.partitions?.find(({ id }) => id === partition);
    return [
      {
        label: t('Key'),
        description: key || t('none'),
        iconPath: new vscode.ThemeIcon('key'),
        ask: askKey,
      },
      {
        label: t('Partition'),
        description:
          partition === 'any'
            ? t('automatic: by the key, or spread evenly without one')
            : found?.latest !== undefined
              ? t('{0} · the next offset is {1}', partition, String(found.latest))
              : String(partition),
        iconPath: new vscode.ThemeIcon('database'),
        ask: async (state, context) =>
          askPartition(await this.services.connections.ready(cluster), state, context),
      },
    ];
  }

  /**
   * The rows about the formats of keys and values that are text: where there are schemas, or the
   * setting names a format.
   */
  #formatRows(draft: Draft, { records, unencoded }: Plan): readonly Row[] {
    const t = vscode.l10n.t;
    const { formats } = this.services;
    if (!this.#definition(draft).schemaRegistry && !formats.isNamed(draft)) return [];
    const labels = { value: t('Format of values'), key: t('Format of keys') };
    const hasText = (part: Part) => records.some((record) => typeof record[part] === 'string');
    const rows = (['value', 'key'] as const).filter(hasText).map((part): Row => ({
      label: labels[part],
      description: formats.describe(part, draft),
      iconPath: new vscode.ThemeIcon('file-binary'),
      ask: (state, context) => formats.ask(part, state, this.#isBinary(state), context),
    }));
    const error = unencoded?.kind === 'failed' ? unencoded.error : undefined;
    return [...rows, ...remedyRows(this.services.connections, draft, error)];
  }

  /** The row that shows the first message, and all of it if it is chosen. */
  #exampleRows({ source }: Draft, { first, sending, uncarried }: Plan): readonly Row[] {
    const t = vscode.l10n.t;
    const isShown = source instanceof TextSource && source.origin === 'typed';
    if (!first || (isShown && sending.records.length === 1 && uncarried.length === 0)) return [];
    return [
      {
        label: sending.records.length === 1 ? t('Preview') : t('First message'),
        description: messageRow(first),
        iconPath: new vscode.ThemeIcon('eye'),
        ask: async () => {
          await confirm('information', t('This will be sent'), messageText(first), undefined);
          return {};
        },
      },
    ];
  }
}
