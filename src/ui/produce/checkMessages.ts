import * as vscode from 'vscode';
import type { Capabilities } from '../../core/kafka';
import type { ParsedPayload } from '../../core/message/parse';
import { checkAll, type CheckedRecords } from '../../core/produce/sendable';
import { UserError } from '../words/report';
import { describeFeature, describePayloadProblem } from './payloadProblem';

/** Records that may be sent, or the reason why they may not, as a clause: "line 3: …". */
export type CheckedMessages =
  | { readonly records: CheckedRecords; readonly against?: never }
  | { readonly records?: never; readonly against: string };

/** Checks parsed records against what the REST proxy of a cluster can carry. */
export function checkMessages(
  { records, problem }: ParsedPayload,
  capabilities: Pick<Capabilities, 'produce'>,
): CheckedMessages {
  if (problem) return { against: describePayloadProblem(problem) };
  const { checked, problem: uncarried } = checkAll(records, capabilities);
  if (checked) return { records: checked };
  const reason = describeFeature(uncarried.feature);
  return {
    against:
      records.length === 1
        ? reason
        : vscode.l10n.t('message {0}: {1}', uncarried.index + 1, reason),
  };
}

/** As `checkMessages`, for records to send now. Throws a `UserError` if they may not be sent. */
export function requireMessages(
  parsed: ParsedPayload,
  capabilities: Pick<Capabilities, 'produce'>,
): CheckedRecords {
  const { records, against } = checkMessages(parsed, capabilities);
  if (records) return records;
  throw new UserError(against, vscode.l10n.t('Nothing was sent'));
}
