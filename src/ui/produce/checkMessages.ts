import * as vscode from 'vscode';
import type { Capabilities, NewRecord } from '../../core/kafka';
import type { ParsedPayload } from '../../core/message/parse';
import { checkAll, type CheckedRecords, type Uncarried } from '../../core/produce/sendable';
import { UserError } from '../words/report';
import { describeObstacle, describePayloadProblem } from './payloadProblem';

/**
 * Records that may be sent, or the reason why they may not, as a clause: "line 3: …". If the reason
 * is that some of them cannot be carried, `others` may be sent once the person agrees to leave out
 * the `uncarried` ones.
 */
export type CheckedMessages =
  | { readonly records: CheckedRecords; readonly against?: never; readonly uncarried?: never }
  | {
      readonly records?: never;
      readonly against: string;
      readonly uncarried?: readonly Uncarried[];
      readonly others?: CheckedRecords;
    };

/**
 * Checks parsed records against what the REST proxy of a cluster can carry, and against the ids of
 * the topic's partitions, if they are known.
 */
export function checkMessages(
  { records, problem }: ParsedPayload,
  capabilities: Pick<Capabilities, 'produce'>,
  partitions?: ReadonlySet<number>,
): CheckedMessages {
  if (problem) return { against: describePayloadProblem(problem) };
  const { checked, uncarried, others } = checkAll(records, capabilities, partitions);
  if (checked) return { records: checked };
  return { against: describeUncarried(uncarried[0], records.length), uncarried, others };
}

/** As `checkMessages`, for records to send now. Throws a `UserError` if they may not be sent. */
export function requireMessages(
  parsed: ParsedPayload,
  capabilities: Pick<Capabilities, 'produce'>,
): CheckedRecords {
  const { records, against } = checkMessages(parsed, capabilities);
  if (records) return records;
  throw new UserError(against, vscode.l10n.t('Nothing was sent'), 'tryAgain');
}

/** Throws a `UserError` if one of the records is for a partition that the topic does not have. */
export function requirePartitions(
  records: readonly NewRecord[],
  partitions: ReadonlySet<number>,
): void {
  const index = records.findIndex(
    ({ partition }) => partition !== undefined && !partitions.has(partition),
  );
  const partition = records[index]?.partition;
  if (partition === undefined) return;
  const obstacle = { kind: 'no-partition', partition } as const;
  throw new UserError(
    describeUncarried({ index, obstacle }, records.length),
    vscode.l10n.t('Nothing was sent'),
    'tryAgain',
  );
}

/** Says which of the messages cannot be sent and why, as a clause. */
function describeUncarried({ index, obstacle }: Uncarried, total: number): string {
  const reason = describeObstacle(obstacle);
  return total === 1 ? reason : vscode.l10n.t('message {0}: {1}', index + 1, reason);
}
