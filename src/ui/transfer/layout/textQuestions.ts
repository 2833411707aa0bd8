import * as vscode from 'vscode';
import type { Chosen } from '../../../transfer/import/guess/chosen';
import { keySeparators } from '../../../transfer/import/guess/guessLines';
import { inUtf8 } from '../../../transfer/import/guess/head';
import {
  type ImportFormat,
  importFormats,
  type JsonItems,
} from '../../../transfer/import/imported';
import { type TextEncoding, textEncodings } from '../../../transfer/import/textEncoding';
import { askPick, askText } from '../../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { askWithDoubt, example } from './layoutQuestion';
import { delimiterName, describeFormat, encodingName } from './layoutWords';
import { shortened } from './messageItem';
import { choose, chooseAnswer, type OpenedFile } from './openFile';

/** The questions about text in any format, JSON and lines. */
export const textQuestions = {
  format: askFormat,
  encoding: askEncoding,
  items: askItems,
  base64: askBase64,
  keyed: askKeyed,
  nulls: askNulls,
};

async function askFormat(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const answer = await askWithDoubt<ImportFormat>(context, doubt, {
    placeholder: vscode.l10n.t('What is in {0}?', opened.file.name),
    choices: importFormats.map((choice) => {
      const [label, detail] = describeFormat(choice);
      return { label, detail, choice };
    }),
    active: (format) => format === opened.options.format,
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (format) => ({ format })),
  );
}

async function askEncoding(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const { encoding: active = 'utf-8' } = opened.options;
  const answer = await askWithDoubt<TextEncoding>(context, doubt, {
    placeholder: vscode.l10n.t('In which encoding is {0}?', opened.file.name),
    choices: textEncodings.map((choice) => ({
      label: encodingName(choice),
      description: sampleIn(opened, choice),
      choice,
    })),
    active: (encoding) => encoding === active,
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (encoding) => ({ encoding })),
  );
}

/** Returns the first line of a file with a character beyond ASCII, as it is in an encoding. */
function sampleIn({ head }: OpenedFile, encoding: TextEncoding): string {
  const text = Buffer.from(inUtf8(head, encoding).bytes).toString();
  return shortened(text.split('\n').find((line) => /[^\0-\u007f]/.test(line)) ?? '');
}

async function askItems(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const { options } = opened;
  if (options.format !== 'json' && options.format !== 'jsonl') return opened;
  const choice = (items: JsonItems, label: string) =>
    example(opened, label, { ...options, items }, items);
  const answer = await askWithDoubt<JsonItems>(context, doubt, {
    placeholder: t('What is each JSON value of {0}?', opened.file.name),
    choices: [
      await choice(
        'records',
        t('A message, with its value and perhaps key, headers and partition'),
      ),
      await choice('values', t('The value of a message, as it is')),
    ],
    active: (items) => items === options.items,
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (items) => ({ items })),
  );
}

async function askBase64(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const { options } = opened;
  const answer = await askPick<boolean>(context, {
    placeholder: t('How are keys and values written in {0}?', opened.file.name),
    choices: [
      await example(opened, t('As text'), { ...options, base64: false }, false),
      await example(opened, t('As Base64 of their bytes'), { ...options, base64: true }, true),
    ],
    active: (base64) => base64 === (options.base64 ?? false),
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (base64) => ({ base64 })),
  );
}

type Separator = Required<Pick<Chosen, 'separator'>>;

async function askKeyed(
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const { options } = opened;
  if (options.format !== 'lines') return opened;
  const current = options.keyed?.separator ?? null;
  const head = inUtf8(opened.head, options.encoding ?? 'utf-8');
  const text = Buffer.from(head.bytes);
  const lines = async (label: string, separator: string | null) => {
    const { options } = await choose(opened, { separator });
    return example<Separator>(opened, label, options, { separator });
  };
  const own = { label: t('Another separator...'), choice: 'own' as const };
  const answer = await askWithDoubt<Separator | 'own'>(context, doubt, {
    placeholder: t('What is each line of {0}?', opened.file.name),
    choices: [
      await lines(t('The value of a message'), null),
      ...(await Promise.all(
        keySeparators
          .filter((separator) => text.includes(separator))
          .map((separator) =>
            lines(t('Key and value, separated by: {0}', delimiterName(separator)), separator),
          ),
      )),
      own,
    ],
    active: (choice) => choice !== 'own' && choice.separator === current,
  });
  if (answer !== 'own') return chooseAnswer(opened, answer);
  const typed = await askText(context, {
    prompt: t('The text between key and value'),
    value: current ?? '',
    validate: (text) => (text === '' ? t('Enter at least one character') : undefined),
  });
  return chooseAnswer(
    opened,
    mapAnswer(typed, (separator) => ({ separator })),
  );
}

async function askNulls(context: StepContext, opened: OpenedFile): Promise<Answer<OpenedFile>> {
  const t = vscode.l10n.t;
  const { options } = opened;
  if (options.format !== 'lines' || !options.keyed) return opened;
  const { keyed } = options;
  const answer = await askPick<boolean>(context, {
    placeholder: t('What does the word “null” stand for?'),
    choices: [
      {
        label: t('Nothing: no key, or a tombstone'),
        description: t('as console consumers write it'),
        choice: true,
      },
      { label: t('The text “null”'), choice: false },
    ],
    active: (nulls) => nulls === keyed.nulls,
  });
  return chooseAnswer(
    opened,
    mapAnswer(answer, (nulls) => ({ nulls })),
  );
}
