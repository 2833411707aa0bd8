import * as vscode from 'vscode';
import type { confluent } from '../../../core/dialects/confluent/dialect';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { DialectWords } from './dialectWords';
import { explainLostInstance } from './lostInstance';

export function confluentWords(): DialectWords<keyof typeof confluent.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Confluent REST Proxy'),
    detail: t('Confluent Server and Confluent Cloud too, but those cannot read messages'),
    fields: {
      clusterId: {
        label: t('Cluster ID'),
        prompt: t('The ID of the Kafka cluster. Only Confluent Cloud needs it.'),
        placeholder: 'lkc-abc123',
      },
    },
    endpoint: {
      prompt: t('The address at which its API begins, without /v3'),
      placeholder: 'https://rest-proxy.contoso.com:8082',
      remarks: {},
    },
    explain: explainConfluent,
  };
}

function explainConfluent(error: KafkaError): Explanation<NextStep> | undefined {
  const { kind, detail, host = '' } = error;
  const t = vscode.l10n.t;
  if (kind === 'unsupported' && detail === 'read') {
    return {
      reason: t('{0} offers only API v3, which cannot read messages', host),
      advice: t('Use a REST Proxy with API v2, or switch that API on'),
      next: ['editCluster'],
    };
  }
  if (kind === 'unsupported' && detail === 'administration') {
    return {
      reason: t('{0} offers only API v2, which does not administer', host),
      advice: t('Switch API v3 on in the REST Proxy'),
      next: ['editCluster'],
    };
  }
  if (kind === 'not-found' && detail === 'no-api') {
    return {
      reason: t('neither API v2 nor API v3 is there: {0}', host),
      advice: t('Check the path of the address; Confluent Cloud also needs the cluster ID'),
      next: ['editCluster', { field: 'dialect.clusterId' }],
    };
  }
  return explainLostInstance(error);
}
