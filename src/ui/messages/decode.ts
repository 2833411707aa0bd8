import * as vscode from 'vscode';
import type { KafkaRecord } from '../../core/kafka';
import { type DecodeProblem, decodeRecord, type RecordFormats } from '../../core/message/codec';

export type Decode = (records: readonly KafkaRecord[]) => readonly KafkaRecord[];

/** Shows keys and values in these formats; without any, as they are. */
export function decodeWith(formats: RecordFormats | undefined): Decode {
  if (!formats) return (records) => records;
  return (records) => records.map((record) => decodeRecord(record, formats, decodeProblem));
}

/** What stands in place of a key or value that its format does not fit. */
export function decodeProblem(problem: DecodeProblem): string {
  switch (problem.kind) {
    case 'wrong-size':
      return vscode.l10n.t(
        '({0} bytes, where the format has {1})',
        problem.actual,
        problem.expected,
      );
    case 'lossy':
      return vscode.l10n.t('(the REST proxy did not hand on its bytes as they are)');
  }
}
