import * as vscode from 'vscode';
import type { RecordFormats } from '../../core/message/codec';
import { boolean, fallback, lenient, literal, object, type Read, string } from '../../core/schema';
import { importFormats, type ImportOptions } from '../../transfer/import/imported';
import type { SourceFile } from '../../transfer/bulk/produceFile';
import { onBad, type OnBad } from './askOnBad';
import { type Target, toTarget } from '../clusters/pick';
import type { MessageFormats } from '../produce/messageFormats';
import type { RestFormats } from './restFormats';
import type { BulkServices } from './runs/bulkServices';

/** The services for producing files. */
export interface FileServices extends BulkServices {
  readonly formats: MessageFormats;
  readonly restFormats: RestFormats;
}

/** A file to produce, and the options. */
export interface FileJob {
  readonly cluster: string;
  readonly topic: string;
  readonly uri: vscode.Uri;
  readonly file: SourceFile;
  readonly options: ImportOptions;
  readonly onBad: OnBad;
  /** The formats in which keys and values are encoded. */
  readonly formats: RecordFormats;
  /** The number of items in the file, if they were counted. */
  readonly total?: number | undefined;
}

const fileFields = object({
  file: lenient((file) => (file instanceof vscode.Uri ? file.toString() : string(file))),
  format: lenient(literal(...importFormats)),
  onBad: lenient(onBad),
  /** Whether messages keep the timestamps of the file; asked if both are possible. */
  timestamps: lenient(boolean),
  /** The formats of keys and values, such as `avro`. Missing: the usual ones. */
  keyFormat: lenient(string),
  valueFormat: lenient(string),
  /** Whether to show the messages before they are sent. */
  preview: fallback(boolean, true),
});

/** The arguments of the command. */
export type GivenFile = Pick<Target, 'cluster' | 'topic'> &
  Partial<Omit<Read<typeof fileFields>, 'file'>> & { readonly uri?: vscode.Uri };

/**
 * Reads the argument of a command: a file in the explorer, a node of the tree, or the arguments of
 * a keybinding, in which `file` is a path or a URI.
 */
export function toGivenFile(argument: unknown): GivenFile {
  if (argument instanceof vscode.Uri) return { uri: argument };
  const { cluster, topic } = toTarget(argument);
  const { file, ...given } = fileFields(argument) ?? {};
  return {
    ...(cluster !== undefined && { cluster }),
    ...(topic !== undefined && { topic }),
    ...(file !== undefined && {
      uri: /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file),
    }),
    ...given,
  };
}
