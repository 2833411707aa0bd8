import * as vscode from 'vscode';
import type { karapace } from '../../../core/dialects/karapace/dialect';
import type { DialectWords } from './dialectWords';
import { explainLostInstance } from './lostInstance';

export function karapaceWords(): DialectWords<keyof typeof karapace.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Karapace REST'),
    detail: t('The REST proxy of Karapace, as in Aiven for Apache Kafka'),
    fields: {},
    endpoint: {
      prompt: t('The address of the REST proxy of Karapace'),
      placeholder: 'https://kafka-contoso.aivencloud.com:443',
      remarks: {},
    },
    explain: explainLostInstance,
  };
}
