import * as vscode from 'vscode';
import type { SourceFile } from '../../../transfer/bulk/produceFile';
import type { BinaryKind } from '../../../transfer/import/guess/contents';
import type { ImportGuess, ImportRefusal } from '../../../transfer/import/guess/guess';
import type { Chosen } from '../../../transfer/import/guess/chosen';
import { guessImport } from '../../../transfer/import/guess/guessImport';
import { type Head, readHead } from '../../../transfer/import/guess/head';
import { type Answer, back } from '../../dialogs/wizard';
import { UserError } from '../../words/report';
import { toSourceFile, unreadable } from './sourceFile';

/** A file to produce, with its beginning and how it is read: a guess with what a person chose. */
export interface OpenedFile extends ImportGuess {
  readonly uri: vscode.Uri;
  readonly file: SourceFile;
  readonly head: Head;
  readonly chosen: Chosen;
}

/** Reads the beginning of a file and guesses how to read it. Throws if it cannot be produced. */
export async function openFile(uri: vscode.Uri, chosen: Chosen = {}): Promise<OpenedFile> {
  const file = await toSourceFile(uri);
  const head = await readHead(file.read()).catch((error: unknown) => {
    throw unreadable(uri, error);
  });
  return { uri, file, head, chosen, ...(await guessOf(file, head, chosen)) };
}

/** Guesses again how to read a file, with something more that the person chose. */
export async function choose(opened: OpenedFile, more: Chosen): Promise<OpenedFile> {
  const { uri, file, head } = opened;
  const chosen = { ...opened.chosen, ...more };
  return { uri, file, head, chosen, ...(await guessOf(file, head, chosen)) };
}

/** Guesses again with an answer, as `choose` does; `back` and giving up stay as they are. */
export async function chooseAnswer(
  opened: OpenedFile,
  answer: Answer<Chosen>,
): Promise<Answer<OpenedFile>> {
  return answer === back || answer === undefined ? answer : choose(opened, answer);
}

async function guessOf({ name }: SourceFile, head: Head, chosen: Chosen): Promise<ImportGuess> {
  const guess = await guessImport(head, name, chosen);
  if (guess.kind === 'guess') return guess;
  throw refusal(name, guess);
}

function refusal(name: string, refused: ImportRefusal): UserError {
  const t = vscode.l10n.t;
  if (refused.kind === 'kafka-file') {
    return new UserError(
      t('{0} is a .kafka file, whose blocks are run one by one', name),
      t('Open it and run its blocks, or choose a file of messages'),
    );
  }
  if (refused.kind === 'http-response') {
    return new UserError(
      t('{0} begins with the header of an HTTP response', name),
      t('Remove all that stands before the body; curl leaves it out without “-i”'),
    );
  }
  if (refused.kind === 'carriage-returns') {
    return new UserError(
      t('The lines of {0} end with carriage returns alone', name),
      t('Open it in VS Code and save it with the line ends LF'),
    );
  }
  const [what, advice] = describeBinary(refused.what);
  return new UserError(t('{0} {1}, so nothing of it is sent', name, what), advice);
}

function describeBinary(what: BinaryKind): readonly [what: string, advice: string] {
  const t = vscode.l10n.t;
  const convert = t('Convert it to JSON Lines or CSV first');
  switch (what) {
    case 'gzip':
    case 'zstd':
      return [t('is compressed'), t('Decompress it first')];
    case 'zip':
      return [
        t('is a ZIP archive or an Excel workbook'),
        t('Unpack it, or save the sheet in Excel as “CSV UTF-8”'),
      ];
    case 'avro':
      return [t('is an Avro file'), convert];
    case 'parquet':
      return [t('is a Parquet file'), convert];
    case 'image':
      return [t('is an image'), t('Choose a file of messages')];
    case 'pdf':
      return [t('is a PDF document'), t('Choose a file of messages')];
    case 'utf-16':
      return [
        t('looks like UTF-16 without the mark that says so'),
        t('Save it as UTF-8, in VS Code with “Save with Encoding”'),
      ];
    case 'utf-32':
      return [t('is UTF-32'), t('Save it as UTF-8, in VS Code with “Save with Encoding”')];
    case 'other':
      return [t('holds binary data and no text'), t('Choose a file of messages')];
  }
}
