import * as vscode from 'vscode';
import { type ReadRequest, sinceOf } from '../../core/read/request';
import { formatTime } from '../../core/time/parse';
import { timeContext } from '../base/settings';

/** Says which messages a request asks for: "from offset 120 on, partition 2". */
export function describeRequest(request: ReadRequest): string {
  const t = vscode.l10n.t;
  const range = describeRange(request);
  const { partitions } = request;
  if (partitions === undefined) return range;
  return partitions.length === 1
    ? t('{0}, partition {1}', range, String(partitions[0]))
    : t('{0}, partitions {1}', range, partitions.join(', '));
}

function describeRange({ from, until, untilTime }: ReadRequest): string {
  const t = vscode.l10n.t;
  const { zone } = timeContext();
  const since = sinceOf(from);
  const [begin, end] = [since, untilTime].map(
    (time) => time !== undefined && formatTime(time, zone),
  );
  if (begin && end) return t('from {0} to {1}', begin, end);
  if (begin) return t('from {0} on', begin);
  if (end) return t('before {0}', end);
  if ('offset' in from) {
    return until === undefined
      ? t('from offset {0} on', String(from.offset))
      : t('offsets {0} to {1}', String(from.offset), String(until - 1n));
  }
  if ('latestMinus' in from) return t('the latest {0}', String(from.latestMinus));
  return 'at' in from ? t('from the beginning') : t('after those that were read');
}
