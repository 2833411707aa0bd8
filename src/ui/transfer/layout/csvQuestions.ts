import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import { type Chosen, inHeader, withColumns } from '../../../transfer/import/guess/chosen';
import { type CsvLayout, delimiters } from '../../../transfer/import/imported';
import { askPick, askText, type Choice } from '../../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { chooseColumn, columnLabel, type ColumnName, columnTitle } from './columns';
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
  return chooseAnswer(
    opened,
    mapAnswer(typed, (delimiter) => ({ delimiter })),
  );
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
  return chooseAnswer(
    opened,
    mapAnswer(answer, (hasHeader) => ({ hasHeader })),
  );
}

async function askValue(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const { chosen, numbers = [], options } = opened;
  const columns: readonly (readonly [label: string, column: number])[] = [
    [t('The row as a JSON object'), -1],
    ...csv.header.map((name, column) => {
      const label = columnLabel(csv, column);
      return [name ? t('The column {0}', label) : label, column] as const;
    }),
  ];
  const answer = await askWithDoubt<number>(context, doubt, {
    placeholder: t('What is the value of each message?'),
    choices: await Promise.all(
      columns.map(([label, column]) => {
        const more = { ...chosen, ...chooseColumn(chosen, csv, 'value', column) };
        const layout = withColumns(csv, numbers, more);
        return example(opened, label, { ...options, format: 'csv', csv: layout }, column);
      }),
    ),
    active: (column) => column === (csv.columns.value ?? -1),
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (column) => chooseColumn(chosen, csv, 'value', column)),
  );
}

async function askNumbers(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const csv = csvOf(opened);
  const { numbers = [], chosen } = opened;
  const names = listed(numbers.map((column) => columnLabel(csv, column)));
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
  const { header } = csv;
  const { at } = chosen.columns ? inHeader(chosen.columns, header) : { at: {} };
  return chooseAnswer(
    opened,
    mapAnswer(answer, (numbers): Chosen => ({ columns: { header, at, numbers } })),
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
  return chooseAnswer(
    opened,
    mapAnswer(answer, (empty) => ({ empty })),
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
    return chooseAnswer(
      opened,
      mapAnswer(answer, (column) => chooseColumn(opened.chosen, csv, name, column)),
    );
  };
}

/** Returns the layout of a file that is read as a table. */
function csvOf({ options }: OpenedFile): CsvLayout {
  if (options.format !== 'csv') throw new Error('Only a table has columns.');
  return options.csv;
}
