import * as vscode from 'vscode';
import type { WrittenRange } from '../../../transfer/bulk/bulkReport';

/** Returns a link that opens the messages of a partition between two offsets. */
export function messagesLink(
  cluster: string,
  topic: string,
  { partition, first, last }: WrittenRange,
): vscode.Uri {
  const range =
    first === undefined || last === undefined
      ? {}
      : { start: 'range', offset: String(first), last: String(last) };
  const argument = { cluster, topic, partition, ...range, ask: false };
  const query = encodeURIComponent(JSON.stringify([argument]));
  return vscode.Uri.parse(`command:kafkaRest.openMessages?${query}`);
}

/** Returns a link that opens a file at a line, counted from 1. */
export function lineLink(file: vscode.Uri, line: number): vscode.Uri {
  return file.with({ fragment: `L${line}` });
}
