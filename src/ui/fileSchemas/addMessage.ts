import * as vscode from 'vscode';
import type { SchemaAnswer, SchemaQuery } from '../../language/protocol';
import { clause } from '../words/sentences';
import { UserError } from '../words/report';

/** A message as JSON. */
interface Parts {
  readonly key?: string;
  readonly value: string;
}

/** What adding a message needs to know. */
interface Sources {
  readonly describe: (query: SchemaQuery) => Promise<SchemaAnswer | undefined>;
  /** Returns the text to insert for a message, its offset, and where in it the message begins. */
  readonly placeOf: (
    document: vscode.TextDocument,
    parts: Parts,
  ) => Promise<{ readonly at: number; readonly text: string; readonly begin: number } | undefined>;
}

/** Adds an example of a message that fits the schemas of a file, and puts the cursor into it. */
export async function addFileMessage(
  editor: vscode.TextEditor,
  queries: readonly SchemaQuery[],
  { describe, placeOf }: Sources,
): Promise<void> {
  const t = vscode.l10n.t;
  const parts = new Map<string, string>();
  for (const query of queries) parts.set(query.part, exampleOf(await describe(query)));
  const [key, value = 'null'] = [parts.get('key'), parts.get('value')];
  const { document } = editor;
  const place = await placeOf(document, { value, ...(key !== undefined && { key }) });
  if (!place) {
    throw new UserError(
      t('this file has no place for a message'),
      t('Correct its JSON, or use a .kafka file'),
    );
  }
  const { at, text, begin } = place;
  await editor.edit((edit) => {
    edit.insert(document.positionAt(at), text);
  });
  const caret = caretAfter(document.positionAt(at), text.slice(0, begin + 1));
  editor.selection = new vscode.Selection(caret, caret);
  editor.revealRange(new vscode.Range(caret, caret));
}

/** Offsets change with the line ends of the document, and positions do not. */
function caretAfter(start: vscode.Position, inserted: string): vscode.Position {
  const lines = inserted.split('\n');
  const { length } = lines.at(-1) ?? '';
  return lines.length === 1
    ? start.translate(0, length)
    : new vscode.Position(start.line + lines.length - 1, length);
}

function exampleOf(answer: SchemaAnswer | undefined): string {
  if (answer && answer.problem === undefined) return answer.description.example;
  const t = vscode.l10n.t;
  throw new UserError(
    answer ? clause(answer.detail) : t('the schema of the file is not known at the moment'),
    t('See the schema beside the language of the file, in the status bar'),
  );
}
