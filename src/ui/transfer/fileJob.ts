import * as vscode from 'vscode';
import type { ImportFormat, ImportOptions } from '../../transfer/import/imported';
import type { SourceFile } from '../../transfer/bulk/produceFile';
import { type OnBad, toOnBad } from './askOnBad';
import { argumentFields, type Target, toTarget } from '../clusters/pick';

/** A file to produce, and how. */
export interface FileJob {
  readonly cluster: string;
  readonly topic: string;
  readonly uri: vscode.Uri;
  readonly file: SourceFile;
  readonly options: ImportOptions;
  readonly onBad: OnBad;
  /** How many items it gives, if they were counted. */
  readonly total?: number | undefined;
}

/** What a command is told beforehand. */
export type GivenFile = Target & {
  readonly uri?: vscode.Uri;
  readonly format?: ImportFormat;
  readonly onBad?: OnBad;
  /** Whether to show what is to be sent first. Default: true. */
  readonly preview?: boolean;
};

/** Each format of a file, in the order in which they are offered. */
export const importFormats = ['jsonl', 'json', 'csv', 'lines'] as const;

/**
 * Reads what is given from the argument of a command: a file of the explorer, a node of the tree, or
 * the arguments of a keybinding, where `file` is a path or an address.
 */
export function toGivenFile(argument: unknown): GivenFile {
  if (argument instanceof vscode.Uri) return { uri: argument };
  const fields = argumentFields(argument);
  const file = fields.get('file');
  const format = importFormats.find((name) => name === fields.get('format'));
  const onBad = toOnBad(fields.get('onBad'));
  const { cluster, topic } = toTarget(argument);
  return {
    ...(cluster !== undefined && { cluster }),
    ...(topic !== undefined && { topic }),
    ...(typeof file === 'string' && {
      uri: /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file),
    }),
    ...(format && { format }),
    ...(onBad && { onBad }),
    ...(fields.get('preview') === false && { preview: false }),
  };
}
