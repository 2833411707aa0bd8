import * as vscode from 'vscode';
import { boolean, fallback, lenient, literal, object, type Read, string } from '../../core/schema';
import type { ImportOptions } from '../../transfer/import/imported';
import type { SourceFile } from '../../transfer/bulk/produceFile';
import { onBad, type OnBad } from './askOnBad';
import { type Target, toTarget } from '../clusters/pick';

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

/** Each format of a file, in the order in which they are offered. */
export const importFormats = ['jsonl', 'json', 'csv', 'lines'] as const;

const fileFields = object({
  file: lenient(string),
  format: lenient(literal(...importFormats)),
  onBad: lenient(onBad),
  /** Whether messages get the timestamps that the file gives them; it is asked where both are possible. */
  timestamps: lenient(boolean),
  /** Whether to show what is to be sent first. */
  preview: fallback(boolean, true),
});

/** What a command is told beforehand. */
export type GivenFile = Pick<Target, 'cluster' | 'topic'> &
  Partial<Omit<Read<typeof fileFields>, 'file'>> & { readonly uri?: vscode.Uri };

/**
 * Reads what is given from the argument of a command: a file of the explorer, a node of the tree, or
 * the arguments of a keybinding, where `file` is a path or an address.
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
