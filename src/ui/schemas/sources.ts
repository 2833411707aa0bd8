import * as vscode from 'vscode';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';
import { oneLine } from '../../core/text/visible';
import { UserError } from '../words/report';
import type { Candidate } from './candidate';
import type { ChosenSubject } from './openSchema';
import type { SchemaDocuments } from './schemaDocuments';
import { schemaPlace, typeOfName } from './schemaUri';

/** A text in an editor, or a file, that may hold a schema of its own. */
export interface SchemaSource {
  readonly document: vscode.TextDocument;
  readonly type: Candidate['type'];
  readonly name: string;
}

/** Returns the schema in the active editor, if it is in a file and not of a registry. */
export function activeSource(): SchemaSource | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && sourceOf(document);
}

/** Returns the schema in a file. Throws a `UserError` if its name does not tell its type. */
export async function sourceIn(uri: vscode.Uri): Promise<SchemaSource> {
  const source = sourceOf(await vscode.workspace.openTextDocument(uri));
  if (source) return source;
  const t = vscode.l10n.t;
  throw new UserError(
    t('the name of the file does not say what type the schema is'),
    t('Choose a file with the ending .avsc, .proto or .json'),
  );
}

function sourceOf(document: vscode.TextDocument): SchemaSource | undefined {
  const { uri } = document;
  const type = schemaPlace(uri) ? undefined : typeOfName(uri.path);
  return type && { document, type, name: uri.path.split('/').pop() ?? '' };
}

/** Returns a document as the candidate for the next version of a subject. */
export function candidateOf(
  documents: SchemaDocuments,
  { document, type }: Pick<SchemaSource, 'document' | 'type'>,
  { cluster, subject }: ChosenSubject,
): Candidate {
  return {
    cluster,
    subject,
    type,
    text: document.getText(),
    compare: (latest: SubjectVersion) => {
      const title = vscode.l10n.t('{0}: version {1} ↔ edited', subject, latest.version);
      return vscode.commands.executeCommand(
        'vscode.diff',
        documents.address(cluster, latest),
        document.uri,
        oneLine(title),
      );
    },
  };
}

/** Returns the draft that is in the active editor, or at an address. */
export async function draftIn(uri: vscode.Uri | undefined): Promise<SchemaDraft | undefined> {
  const place = uri && schemaPlace(uri);
  if (!place || place.version !== undefined) return undefined;
  return { document: await vscode.workspace.openTextDocument(uri), ...place };
}

export interface SchemaDraft extends ChosenSubject {
  readonly document: vscode.TextDocument;
  readonly type: Candidate['type'];
}
