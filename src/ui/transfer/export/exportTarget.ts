import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { KafkaRecord } from '../../../core/kafka';
import type { CsvStyle } from '../../../transfer/export/csv';
import { exportBytes, type Exported, exportFile } from '../../../transfer/export/exportFile';
import {
  type ExportFormat,
  exportFormats,
  type ExportLayout,
} from '../../../transfer/export/exportFormats';
import { UserError } from '../../words/report';
import { clause } from '../../words/sentences';
import { askCsvStyle } from './csvStyle';

/** Where to write, and in which format. */
export interface ExportTarget {
  readonly uri: vscode.Uri;
  readonly format: ExportFormat;
  /** How CSV is written. */
  readonly csv?: CsvStyle;
}

/** Returns the names of the formats. */
export function formatNames(): Readonly<Record<ExportFormat, string>> {
  const t = vscode.l10n.t;
  return {
    jsonl: t('JSON Lines'),
    json: t('JSON'),
    csv: t('CSV'),
    kafka: t('PRODUCER blocks'),
  };
}

/** The maximum size of a file that VS Code writes for us in one piece. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Asks for a file, whose extension selects the format, and for the style of CSV. Throws if the
 * extension is not known. Returns `undefined` if the person gives up.
 */
export async function askExportTarget(name: string): Promise<ExportTarget | undefined> {
  const t = vscode.l10n.t;
  const names = formatNames();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    title: t('Export Messages'),
    saveLabel: t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, `${name}.jsonl`),
    filters: {
      [names.jsonl]: ['jsonl'],
      [names.json]: ['json'],
      [names.csv]: ['csv'],
      [names.kafka]: ['kafka'],
    },
  });
  if (!uri) return undefined;
  const ending = path.posix.extname(uri.path).toLowerCase();
  const format = exportFormats.find((each) => `.${each}` === ending);
  if (format === 'csv') {
    const csv = await askCsvStyle(path.posix.basename(uri.path));
    return csv && { uri, format, csv };
  }
  if (format) return { uri, format };
  throw new UserError(
    t('the name of the file does not say its format'),
    t('End it with .jsonl, .json, .csv or .kafka'),
    'tryAgain',
  );
}

/**
 * Writes messages to a file. A file on the computer that runs the extension is written in constant
 * memory. A file of a virtual workspace is written in one piece, up to a maximum size.
 */
export async function writeExport(
  batches: AsyncIterable<readonly KafkaRecord[]>,
  uri: vscode.Uri,
  layout: ExportLayout,
  signal: AbortSignal,
): Promise<Exported> {
  if (uri.scheme === 'file') {
    try {
      return await exportFile(batches, uri.fsPath, layout, { signal });
    } catch (error) {
      throw isSystemError(error) ? cannotWrite(uri, error.code) : error;
    }
  }
  let exported: Exported = { records: 0, bytes: 0, leftOut: 0 };
  const parts: Uint8Array[] = [];
  const take = (now: Exported) => {
    exported = now;
    if (now.bytes <= MAX_BYTES) return;
    throw new UserError(
      vscode.l10n.t(
        'it is more than {0} MB, which is too much for this workspace',
        MAX_BYTES >> 20,
      ),
      vscode.l10n.t('Export fewer messages, or to a folder of this computer'),
    );
  };
  for await (const part of exportBytes(batches, layout, take)) parts.push(part);
  signal.throwIfAborted();
  if (exported.records > 0) {
    try {
      await vscode.workspace.fs.writeFile(uri, Buffer.concat(parts));
    } catch (error) {
      throw cannotWrite(uri, whyNot(error));
    }
  }
  return exported;
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** Returns the code of a failure of VS Code's files, or else what it says. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : clause(error.message);
}

function cannotWrite(uri: vscode.Uri, code: string): UserError {
  const name = path.posix.basename(uri.path);
  return code === 'ENOSPC'
    ? new UserError(
        vscode.l10n.t('the disk is full'),
        vscode.l10n.t('Choose another one'),
        'tryAgain',
      )
    : new UserError(
        vscode.l10n.t('{0} cannot be written ({1})', name, code),
        vscode.l10n.t('Choose another file or folder'),
        'tryAgain',
      );
}
