import * as vscode from 'vscode';
import type { strimzi } from '../../../core/dialects/strimzi/dialect';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import type { DialectWords } from './dialectWords';
import { explainLostInstance } from './lostInstance';

export function strimziWords(): DialectWords<keyof typeof strimzi.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Strimzi'),
    detail: t('The HTTP bridge of Strimzi and Red Hat Streams, in Kubernetes or elsewhere'),
    fields: {
      isolation: {
        label: t('Isolation'),
        prompt: t(
          'Whether to read messages of aborted and unfinished transactions too: read_uncommitted does, read_committed does not',
        ),
        placeholder: 'read_uncommitted',
      },
    },
    endpoint: {
      prompt: t('The address of the bridge'),
      placeholder: 'https://my-bridge.example.com',
      remarks: {},
    },
    explain: explainStrimzi,
  };
}

function explainStrimzi(error: KafkaError): Explanation<NextStep> | undefined {
  const { kind, status, host = '', detail } = error;
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    timeout: {
      reason: t('{0} did not respond in time', host),
      advice: t(
        'The bridge never responds about a topic of which a partition has no leader: check the topic’s brokers, or try again',
      ),
      next: ['tryAgain'],
    },
    unavailable: {
      reason: t(
        'the server is not available: {0} ({1})',
        host,
        [status, clause(detail)].join(' ').trim(),
      ),
      advice: t('Try again; if that does not help, look at the log of the bridge'),
      next: ['tryAgain'],
    },
  };
  return explanations[kind] ?? explainLostInstance(error);
}
