import * as vscode from 'vscode';
import type { DecodedRecord } from '../../core/message/decoded';
import { payloadText } from '../../core/message/parse';
import { anyOf, termForLeaf, termForWhole } from '../../viewer/advice/onlyThis';
import { MAX_FILTER_LENGTH, jsonLeaf } from '../../viewer/session/toHost';
import { UserError } from '../words/report';

/**
 * Returns the term of a filter for what a command was called on: something inside of JSON, or else
 * the keys or values of messages. Throws a `UserError` if no filter can find it.
 */
export function onlyThis(
  argument: unknown,
  part: 'key' | 'value',
  records: () => readonly DecodedRecord[],
): string {
  const leaf = jsonLeaf(argument);
  const term = leaf
    ? termForLeaf(leaf)
    : anyOf(records().map((record) => termForWhole(part, textOf(record, part))));
  if (term !== undefined && term.length <= MAX_FILTER_LENGTH) return term;
  throw new UserError(
    vscode.l10n.t('this is too long for a filter'),
    vscode.l10n.t('Copy a part of it, and filter for that'),
  );
}

/** Returns the text of a key or value as the table shows it; `null`: Kafka's null. */
function textOf({ raw, shown }: DecodedRecord, part: 'key' | 'value'): string | null {
  const payload = raw[part];
  if (payload === null) return null;
  const text = shown?.[part]?.text ?? payloadText(payload);
  if (text !== undefined) return text;
  throw new UserError(
    vscode.l10n.t('a filter cannot find bytes that are no text'),
    vscode.l10n.t('Choose a format that shows them as text when you read the messages'),
  );
}
