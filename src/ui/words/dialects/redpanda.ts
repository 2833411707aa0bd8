import * as vscode from 'vscode';
import type { redpanda } from '../../../core/dialects/redpanda/dialect';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { DialectWords } from './dialectWords';

export function redpandaWords(): DialectWords<keyof typeof redpanda.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Redpanda HTTP Proxy'),
    detail: t('Pandaproxy; it does not tell offsets, so they are found by trying'),
    fields: {},
    endpoint: {
      prompt: t('The address of the HTTP proxy of Redpanda, usually with the port 8082'),
      placeholder: 'https://redpanda.contoso.com:8082',
      remarks: {},
    },
    explain: explainRedpanda,
  };
}

function explainRedpanda({ kind, detail }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  if (kind !== 'rejected' || !/offset_out_of_range/.test(detail)) return undefined;
  return {
    reason: t('there is no such offset any more, and Redpanda does not tell which there are'),
    advice: t('Give an offset that you know, to read from there'),
    next: ['openMessages', 'tryAgain'],
  };
}
