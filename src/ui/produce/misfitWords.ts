import * as vscode from 'vscode';
import { formatText, type RecordFormats } from '../../core/message/codec';
import { atPath } from '../../core/message/decoders/schemas/problems';
import type { MisfitReason, PartMisfit } from '../../core/produce/encodeRecords';
import { inWords } from '../../l10n/inWords';
import { joinSentences } from '../../l10n/joinSentences';
import { explain } from '../words/report';
import { clause } from '../words/sentences';
import type { Unencoded } from './draft';
import { describeObstacle } from './payloadProblem';

/** Says why messages are not encoded in these formats, as sentences. `total`: how many they are. */
export function whyUnencoded(unencoded: Unencoded, formats: RecordFormats, total: number): string {
  const t = vscode.l10n.t;
  if (unencoded.kind === 'pending') return t('The messages are being encoded');
  if (unencoded.kind === 'failed') {
    const { reason, advice } = explain(unencoded.error);
    return t('The messages cannot be encoded: {0}. {1}.', clause(reason), clause(advice));
  }
  const [{ index, part, reason }, ...others] = unencoded.misfits;
  const format = formatText(formats[part]);
  if (reason.kind === 'no-schema') {
    // All of them lack it.
    const why = reason.detail ? inWords(reason.detail) : '';
    return t('There is no schema for the format "{0}": {1}', format, why);
  }
  const why = describeReason(reason);
  const number = index + 1;
  const first = {
    one: {
      key: () => t('The key does not fit {0}: {1}.', format, why),
      value: () => t('The value does not fit {0}: {1}.', format, why),
    },
    many: {
      key: () => t('The key of message {0} does not fit {1}: {2}.', number, format, why),
      value: () => t('The value of message {0} does not fit {1}: {2}.', number, format, why),
    },
  }[total === 1 ? 'one' : 'many'][part]();
  if (others.length === 0) return first;
  const more =
    others.length === 1
      ? t('1 other message does not fit either.')
      : t('{0} other messages do not fit either.', others.length);
  return joinSentences(first, more);
}

/** Says that a key or value does not fit a format, and why, as a clause. */
export function describeMisfit({ part, reason }: PartMisfit, format: string): string {
  const t = vscode.l10n.t;
  const why = describeReason(reason);
  return part === 'key'
    ? t('the key does not fit {0}: {1}', format, why)
    : t('the value does not fit {0}: {1}', format, why);
}

/** Says why a key or value does not fit its format, as a clause. */
function describeReason(reason: MisfitReason): string {
  const t = vscode.l10n.t;
  switch (reason.kind) {
    case 'inexact':
      return t('only “{0}” of it would be sent', reason.used);
    case 'bytes':
      return t('it is given as bytes, not as text');
    case 'text-only':
      return describeObstacle({ kind: 'unsupported', feature: 'binary' });
    case 'out-of-range':
      return t('the number is too large or too small');
    case 'no-schema':
    case 'not-in-format':
    case 'not-in-schema': {
      const { detail, path = [] } = reason;
      if (detail === undefined) return t('its text cannot be read in this format');
      return inWords(atPath(detail, path));
    }
  }
}
