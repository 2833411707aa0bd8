import * as vscode from 'vscode';
import { inUtf8 } from '../../../transfer/import/guess/head';
import { guessCsv } from '../../../transfer/import/guess/guessCsv';
import { type CsvLayout, delimiters } from '../../../transfer/import/imported';
import { askPick, askText, type Choice } from '../../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { columnLabel, type ColumnName, columnTitle, withColumn } from './columns';
import { askWithDoubt, example, type LayoutQuestion } from './layoutQuestion';
import { delimiterName } from './layoutWords';
import { capitalised } from './messageItem';
import { choose, chooseAnswer, type OpenedFile } from './openFile';

/** The questions about a table. */
export const csvQuestions = {
  delimiter: askDelimiter,
  header: askHeader,
  value: askValue,
  numbers: askNumbers,
  empty: askEmpty,
  key: askColumn('key'),
  partition: askColumn('partition'),
  headers: askColumn('headers'),
};

async function askDelimiter(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const own = { label: t('Another separator...'), choice: '' };
  const answer = await askPick<string>(context, {
    placeholder: t('What separates the columns of {0}?', opened.file.name),
    choices: [
      ...delimiters.map((choice) => ({ label: capitalised(delimiterName(choice)), choice })),
      own,
    ],
    active: (delimiter) => delimiter === csv.delimiter,
  });
  const typed =
    answer === own.choice
      ? await askText(context, {
          prompt: t('The text between two columns'),
          validate: (text) => (text === '' ? t('Enter at least one character') : undefined),
        })
      : answer;
  return chooseAnswer(opened, typed, (delimiter) => ({ delimiter }));
}

async function askHeader(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const choice = async (label: string, hasHeader: boolean) => {
    const { options } = await choose(opened, { hasHeader });
    return example(opened, label, options, hasHeader);
  };
  const answer = await askWithDoubt<boolean>(context, doubt, {
    placeholder: t('Does the first row of {0} hold the names of the columns?', opened.file.name),
    choices: [
      await choice(t('Yes, it is a header row'), true),
      await choice(t('No, it is the first message'), false),
    ],
    active: (hasHeader) => hasHeader === csvOf(opened).hasHeader,
  });
  return chooseAnswer(opened, answer, (hasHeader) => ({ hasHeader }));
}

async function askValue(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const { row = { numbers: await numbersOf(opened), empty: 'null' } } = csv;
  const layouts: readonly (readonly [label: string, csv: CsvLayout])[] = [
    [t('The row as a JSON object'), { ...withColumn(csv, 'value', -1), row }],
    ...csv.header.map((name, column) => {
      const label = columnLabel(csv, column);
      return [name ? t('The column {0}', label) : label, withColumn(csv, 'value', column)] as const;
    }),
  ];
  const answer = await askWithDoubt<CsvLayout>(context, doubt, {
    placeholder: t('What is the value of each message?'),
    choices: await Promise.all(
      layouts.map(([label, layout]) =>
        example(opened, label, withCsv(opened, layout).options, layout),
      ),
    ),
    active: (choice) => choice.columns.value === csv.columns.value,
  });
  return mapAnswer(answer, (chosen) => withCsv(opened, chosen));
}

async function askNumbers(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const numbers = await numbersOf(opened);
  const names = numbers.map((column) => columnLabel(csv, column)).join(', ');
  const answer = await askPick<readonly number[]>(context, {
    placeholder: t('Which columns hold numbers?'),
    choices: [
      ...(names
        ? [
            {
              label: names,
              detail: t('A row with anything else in them is not sent'),
              choice: numbers,
            },
          ]
        : []),
      { label: t('None, all is text'), choice: [] },
    ],
    active: (choice) => choice.length === csv.row?.numbers.length,
  });
  return mapAnswer(answer, (numbers) =>
    withCsv(opened, { ...csv, row: { empty: 'null', ...csv.row, numbers } }),
  );
}

async function askEmpty(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const answer = await askPick<'null' | 'omit' | 'text'>(context, {
    placeholder: t('What becomes of an empty field?'),
    choices: [
      { label: t('null'), choice: 'null' },
      { label: t('Nothing: the object does not have it'), choice: 'omit' },
      { label: t('An empty text'), choice: 'text' },
    ],
    active: (empty) => empty === csv.row?.empty,
  });
  return mapAnswer(answer, (empty) =>
    withCsv(opened, { ...csv, row: { numbers: [], ...csv.row, empty } }),
  );
}

function askColumn(name: ColumnName): LayoutQuestion {
  return async (context, opened) => {
    const t = vscode.l10n.t;
    const csv = csvOf(opened);
    const none: Choice<number> = { label: t('None'), choice: -1 };
    const columns = csv.header.map((_, choice) => ({ label: columnLabel(csv, choice), choice }));
    const answer = await askPick<number>(context, {
      placeholder: t('Which column holds the {0}?', columnTitle(name).toLocaleLowerCase()),
      choices: [none, ...columns],
      active: (index) => index === (csv.columns[name] ?? -1),
    });
    return mapAnswer(answer, (column) => withCsv(opened, withColumn(csv, name, column)));
  };
}

/** Returns the columns that hold numbers only. */
async function numbersOf(opened: OpenedFile): Promise<readonly number[]> {
  const { delimiter, hasHeader } = csvOf(opened);
  const head = inUtf8(opened.head, opened.options.encoding ?? 'utf-8');
  return (await guessCsv(head, [delimiter], hasHeader)).numbers;
}

/** Returns the layout of a file that is read as a table. */
function csvOf({ options }: OpenedFile): CsvLayout {
  if (options.format !== 'csv') throw new Error('Only a table has columns.');
  return options.csv;
}

function withCsv(opened: OpenedFile, csv: CsvLayout): OpenedFile {
  return { ...opened, options: { ...opened.options, format: 'csv', csv } };
}
