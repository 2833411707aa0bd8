import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import type { Page, PageRow, GoRow, PageHeading } from '../dialogs/page';
import { linesToRead, rowsToRead } from '../dialogs/toRead';
import { type Answer, mapAnswer } from '../dialogs/wizard';
import { KafkaError } from '../../core/errors';
import { EncodingError } from '../../transfer/import/textEncoding';
import { messages } from '../words/counts';
import { remediesOf } from '../words/remedies';
import { explain } from '../words/report';
import { sentences } from '../words/sentences';
import { askTarget } from './askTarget';
import { type FileFacts, findFacts } from './fileFacts';
import type { FileJob, FileServices } from './fileJob';
import { describeLine } from './layout/importProblem';
import { askAspect } from './layout/layoutQuestions';
import { formatRows, usualFormats } from './fileFormats';
import { layoutRows } from './layout/layoutRows';
import { encodingName } from './layout/layoutWords';
import { capitalised, messageItem, warning } from './layout/messageItem';
import type { OpenedFile } from './layout/openFile';
import { type SendingState, sendingRows } from './sendingChoices';

/** A file to produce, and where to, as far as the person has settled it. */
export interface FileDraft extends SendingState {
  readonly topic: string;
  readonly opened: OpenedFile;
  /** Missing until the file is looked at as it is read now. */
  readonly facts?: FileFacts | undefined;
}

/** Returns the job of a draft. Its total is known only if the whole file was counted. */
export function toJob(draft: FileDraft): FileJob {
  const { cluster, topic, opened, timestamps, onBad, formats, facts } = draft;
  const { uri, file, options } = opened;
  const isCounted = facts?.isComplete === true && facts.error === undefined;
  const total = isCounted ? facts.count.records + facts.count.bad : undefined;
  const job = { cluster, topic, uri, file, onBad, formats, total };
  return { ...job, options: { ...options, timestamps } };
}

/**
 * Returns the page that shows the first messages as they will be sent and how the file is read. All
 * messages are counted meanwhile, and the person need not wait for the count.
 */
export function filePage(services: FileServices): Page<FileDraft> {
  const t = vscode.l10n.t;
  const { connections, targets } = services;
  const rowsOfLayout = ({ opened }: FileDraft): readonly PageRow<FileDraft>[] =>
    layoutRows(opened).map(({ aspect, ...look }) => ({
      ...look,
      ask: async (state, context) =>
        mapAnswer(await askAspect(aspect, context, state.opened), (opened) => ({ opened })),
    }));
  const target = ({ cluster, topic }: FileDraft): PageRow<FileDraft> => ({
    label: t('To: {0} on {1}', topic, cluster),
    ask: async (state, context) => {
      const answer = await askTarget(context, connections, targets, {
        placeholder: t('Produce to which topic?'),
        ability: 'produce',
        active: state,
      });
      const { uri } = state.opened;
      return mapAnswer(answer, (to) => ({ ...to, formats: usualFormats(services, to, uri) }));
    },
  });
  return {
    placeholder: ({ opened, topic, cluster }) =>
      t('Produce {0} to {1} on {2}?', opened.file.name, topic, cluster),
    go,
    // Nothing is ever put in above these, so that a click hits what it aims at.
    rows: (state) => [
      ...unsaved(state),
      anew(target(state)),
      { heading: t('How the file is read') },
      ...[
        ...rowsOfLayout(state),
        ...formatRows(services, state, state.facts?.schemas),
        ...sendingRows(connections, state),
      ].map(anew),
      ...(state.facts ? factRows(state.facts, state) : []),
    ],
    load: async (state, signal, show) => {
      // What failed may succeed now.
      if (state.facts?.isComplete && state.facts.error === undefined) return {};
      const tell = (facts: FileFacts): void => {
        show({ facts });
      };
      return { facts: await findFacts(services, toJob(state), state.opened, signal, tell) };
    },
  };
}

/** Returns a row after whose change the file is looked at again. */
function anew(row: PageRow<FileDraft>): PageRow<FileDraft> {
  return {
    ...row,
    ask: async (state, context): Promise<Answer<Partial<FileDraft>>> =>
      mapAnswer(await row.ask?.(state, context), (changed) => ({ ...changed, facts: undefined })),
  };
}

/** Returns what Enter does. It is as high while the file is counted as it is afterwards. */
function go({ cluster, topic, opened: { file }, onBad, facts }: FileDraft): GoRow {
  const t = vscode.l10n.t;
  const iconPath = new vscode.ThemeIcon('send');
  if (!facts?.isComplete) {
    return {
      label: t('Produce all messages to {0}', topic),
      iconPath,
      detail: facts ? t('Counting: {0} so far', messages(facts.count.records)) : t('Counting…'),
    };
  }
  if (facts.error !== undefined) {
    return {
      label: t('Produce all messages to {0}', topic),
      refused: describe(facts.error, cluster, topic),
    };
  }
  const { records, beforeBad, bad, examples } = facts.count;
  const sent = onBad === 'stop' ? beforeBad : records;
  if (records === 0 && bad === 0) {
    return {
      label: t('There is no message to send'),
      refused: t('{0} holds no messages', file.name),
    };
  }
  const [first] = examples;
  const detail = !first
    ? t('All that is in {0}', file.name)
    : onBad === 'setAside'
      ? t('{0} will be set aside.', messages(bad))
      : t('{0} cannot be sent. It will stop at line {1}.', messages(bad), first.item.line);
  if (sent === 0) {
    return records === 0
      ? {
          label: t('{0} cannot be sent', messages(bad)),
          refused: t('The reasons stand below. Correct the file, or change how it is read.'),
        }
      : {
          label: t('There is no message before the first bad line'),
          refused: t(
            'It would stop at line {0}. Choose below what to do with bad lines.',
            first?.item.line ?? 1,
          ),
        };
  }
  const all = messages(records);
  const some = t('{0} of {1}', sent.toLocaleString(vscode.env.language), all);
  return { label: t('Produce {0} to {1}', sent === records ? all : some, topic), iconPath, detail };
}

/** Says why messages cannot be sent. */
function describe(error: unknown, cluster: string, topic: string): string {
  const t = vscode.l10n.t;
  if (error instanceof EncodingError) {
    const name = encodingName(error.encoding);
    return t('It holds bytes that {0} does not have. Choose its encoding below.', name);
  }
  if (error instanceof KafkaError && error.kind === 'not-found') {
    return t('There is no topic {0} on {1}. Choose another one below.', topic, cluster);
  }
  const { reason, advice } = explain(error);
  return sentences(capitalised(reason), advice);
}

/** Returns what cannot be sent, what is left out, and the first messages. */
function factRows(
  facts: FileFacts,
  { cluster, topic }: FileDraft,
): readonly (PageRow<FileDraft> | PageHeading)[] {
  const t = vscode.l10n.t;
  const { first, count, isComplete, leftOut, statusLines, error } = facts;
  const { bad, examples } = count;
  const heading = t('{0} cannot be sent', messages(bad));
  const found =
    bad === 0
      ? []
      : [
          { heading },
          ...examples.flatMap((example, index) => {
            const beside = index === 0 ? heading : '';
            return rowsToRead(linesToRead(capitalised(describeLine(example)), beside), 'warning');
          }),
        ];
  const members = listed(leftOut.slice(0, 10));
  const notes = [
    ...(members ? [{ label: t('Not sent: {0}', members) }] : []),
    ...(statusLines > 0 ? [{ label: t('Status lines left out: {0}', statusLines) }] : []),
  ];
  const iconPath = new vscode.ThemeIcon('mail');
  return [
    ...(error === undefined ? [] : remedyRows(error, cluster, topic)),
    ...(isComplete ? [...found, ...notes] : []),
    { heading: t('The first messages') },
    ...first.map(({ item, encoded }) => ({ iconPath, ...messageItem(item, encoded) })),
  ];
}

/** Returns a row for each step that may help. The page looks at the file again after it. */
function remedyRows(error: unknown, cluster: string, topic: string): readonly PageRow<FileDraft>[] {
  const again = () => undefined;
  return remediesOf(error, { cluster, topic, again }).map((remedy) => ({
    label: remedy.title,
    iconPath: new vscode.ThemeIcon('lightbulb'),
    ask: async () => {
      await remedy.run();
      return {};
    },
  }));
}

/** Returns a hint if the file has unsaved edits, because the version on disk is sent. */
function unsaved({ opened: { uri, file } }: FileDraft): readonly PageRow<FileDraft>[] {
  const isDirty = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (!isDirty) return [];
  return [warning(vscode.l10n.t('Save {0}: changes are not sent', file.name))];
}
