import * as vscode from 'vscode';
import { guessCsv } from '../../transfer/import/guessCsv';
import {
  type CsvLayout,
  delimiters,
  type ImportFormat,
  type ImportOptions,
} from '../../transfer/import/imported';
import { askOnBad, type OnBad } from './askOnBad';
import type { Connections } from '../clusters/connections';
import { type FileJob, type GivenFile, importFormats } from './fileJob';
import { pickAble, pickTopic } from '../clusters/pick';
import { askPreview } from './produceFilePreview';
import {
  type ColumnName,
  columnNames,
  columnTitle,
  offeredColumns,
  openFile,
  type OpenedFile,
  withColumn,
} from './openFile';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, back, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';

interface Draft {
  readonly cluster: string;
  readonly topic: string;
  readonly opened?: OpenedFile;
  readonly format: ImportFormat;
  readonly csv?: CsvLayout;
  /** Whether the person chooses each column. */
  readonly byColumn: boolean;
  /** Whether messages keep the timestamps of the file. */
  readonly timestamps: boolean;
  readonly onBad: OnBad;
  readonly total?: number | undefined;
}

/** Asks for what is not given: cluster, topic, file, format, columns, what to do with bad lines. */
export async function askFileJob(connections: Connections, given: GivenFile): Promise<FileJob> {
  const opened = given.uri && (await openFile(given.uri));
  const initial: Draft = {
    cluster: '',
    topic: '',
    format: 'jsonl',
    byColumn: false,
    timestamps: false,
    onBad: 'stop',
    ...(opened && draftOf(opened)),
    ...given,
  };
  const wholeRows = ({ format, byColumn }: Draft) => format !== 'csv' || !byColumn;
  const draft = await runWizard(vscode.l10n.t('Produce File'), initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'produce'),
    },
    {
      skip: () => given.topic !== undefined,
      ask: (state, context) => pickTopic(context, connections, state),
    },
    { skip: () => opened !== undefined, ask: (_, context) => askFile(context, given.format) },
    {
      skip: () => given.format !== undefined,
      ask: (state, context) => askFormat(context, required(state), state.format),
    },
    {
      skip: ({ format }) => format !== 'csv' || given.preview === false,
      ask: (state, context) => askLayout(context, required(state)),
    },
    ...columnNames.map((name) => ({
      skip: (state: Draft) =>
        wholeRows(state) || !offeredColumns(required(state).csv).includes(name),
      ask: (state: Draft, context: StepContext) => askColumn(context, layoutOf(state), name),
    })),
    {
      skip: (state) =>
        given.timestamps !== undefined ||
        !hasTimestamps(state) ||
        !takesTimestamps(connections, state),
      ask: ({ timestamps }, context) => askTimestamps(context, timestamps),
    },
    {
      skip: () => given.onBad !== undefined,
      ask: ({ onBad }, context) =>
        askOnBad(
          context,
          onBad,
          vscode.l10n.t('What if a line is not a message, or the REST proxy refuses it?'),
          {
            stop: vscode.l10n.t(
              'Nothing after it is sent; it and the rest go to a file that can be sent again.',
            ),
            setAside: vscode.l10n.t('It goes to a file of its own.'),
          },
        ),
    },
    {
      skip: () => given.preview === false,
      ask: (state, context) =>
        askPreview(context, connections, { ...toJob(state), head: required(state).head }),
    },
  ]);
  return toJob(draft);
}

function required({ opened }: Draft): OpenedFile {
  if (!opened) throw new Error('The file is asked for first.');
  return opened;
}

function draftOf(opened: OpenedFile): Pick<Draft, 'opened' | 'format' | 'csv'> {
  return { opened, format: opened.format, csv: opened.csv };
}

function layoutOf(draft: Draft): CsvLayout {
  return draft.csv ?? required(draft).csv;
}

function toJob(draft: Draft): FileJob {
  const { cluster, topic, format, timestamps, onBad, total } = draft;
  const options: ImportOptions =
    format === 'csv' ? { format, csv: layoutOf(draft), timestamps } : { format, timestamps };
  const { uri, file } = required(draft);
  return { cluster, topic, uri, file, options, onBad, total };
}

async function askFile(
  context: StepContext,
  format: ImportFormat | undefined,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Produce File'),
      openLabel: t('Produce'),
      filters: {
        [t('Messages')]: ['jsonl', 'ndjson', 'json', 'csv', 'tsv', 'txt'],
        [t('All files')]: ['*'],
      },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (!uri) return context.canGoBack ? back : undefined;
  return { ...draftOf(await openFile(uri)), ...(format && { format }) };
}

async function askFormat(
  context: StepContext,
  { file, format: guessed }: OpenedFile,
  active: ImportFormat,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const described: Readonly<Record<ImportFormat, readonly [string, string]>> = {
    jsonl: [
      t('JSON Lines'),
      t('an object on each line, with value and optionally key, headers and partition'),
    ],
    json: [t('JSON array'), t('of objects with value and optionally key, headers and partition')],
    csv: [t('CSV'), t('a header row, and a message in each row below it')],
    lines: [t('Plain lines'), t('each line is the value of a message')],
  };
  const choices = [guessed, ...importFormats.filter((format) => format !== guessed)].map(
    (format) => {
      const [label, detail] = described[format];
      const description = format === guessed ? t('{0} looks like that', file.name) : '';
      return { label, detail, description, choice: format };
    },
  );
  const answer = await askPick<ImportFormat>(context, {
    placeholder: t('What is in {0}?', file.name),
    choices,
    active: (format) => format === active,
  });
  return mapAnswer(answer, (format) => ({ format }));
}

/** Asks for the layout: the guess for each delimiter, or each column in turn. */
async function askLayout(
  context: StepContext,
  { head, csv: guessed }: OpenedFile,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const names: Readonly<Record<string, string>> = {
    ',': t('separated by commas'),
    ';': t('separated by semicolons'),
    '\t': t('separated by tabs'),
    '|': t('separated by vertical bars'),
  };
  const nameOf = ({ delimiter }: CsvLayout) =>
    names[delimiter] ?? t('separated by “{0}”', delimiter);
  const others = delimiters.filter((delimiter) => delimiter !== guessed.delimiter);
  const layouts = [guessed];
  for (const delimiter of others) {
    const { csv: layout } = await guessCsv(head, [delimiter]);
    if (layout.header.length > 1) layouts.push(layout);
  }
  const described = (csv: CsvLayout) => ({
    label: offeredColumns(csv)
      .map((name) => `${columnTitle(name)}: ${csv.header[csv.columns[name] ?? -1] ?? t('none')}`)
      .join(' · '),
    description: nameOf(csv),
  });
  const answer = await askPick<Pick<Draft, 'csv' | 'byColumn'>>(context, {
    placeholder: t('Which columns hold what?'),
    choices: layouts.flatMap((csv) => [
      { ...described(csv), choice: { csv, byColumn: false } },
      {
        label: t('Choose the columns...'),
        description: `${nameOf(csv)}: ${csv.header.join(', ')}`,
        choice: { csv, byColumn: true },
      },
    ]),
  });
  return answer;
}

function hasTimestamps(draft: Draft): boolean {
  const { format } = draft;
  return format === 'csv' ? layoutOf(draft).columns.timestamp !== undefined : format !== 'lines';
}

function takesTimestamps(connections: Connections, { cluster }: Draft): boolean {
  const produce =
    connections.clusters.get(cluster) && connections.proxy(cluster).capabilities.produce;
  return produce ? produce.timestamp : false;
}

async function askTimestamps(
  context: StepContext,
  active: boolean,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const answer = await askPick<boolean>(context, {
    placeholder: t('Which timestamps do the messages get?'),
    choices: [
      { label: t('New ones'), description: t('the time at which they are sent'), choice: false },
      {
        label: t('Those in the file'),
        description: t('for messages that have one there'),
        choice: true,
      },
    ],
    active: (choice) => choice === active,
  });
  return answer === back || answer === undefined ? answer : { timestamps: answer };
}

async function askColumn(
  context: StepContext,
  csv: CsvLayout,
  name: ColumnName,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const none: Choice<number> = { label: t('None'), choice: -1 };
  const columns = csv.header.map((label, choice) => ({
    label: label || t('Column {0}', choice + 1),
    choice,
  }));
  const answer = await askPick<number>(context, {
    placeholder: t('Which column holds the {0}?', columnTitle(name).toLocaleLowerCase()),
    choices: name === 'value' ? columns : [none, ...columns],
    active: (index) => index === (csv.columns[name] ?? -1),
  });
  return mapAnswer(answer, (column) => ({ csv: withColumn(csv, name, column) }));
}
