import * as vscode from 'vscode';
import type { hdinsight } from '../../../core/dialects/hdinsight/dialect';
import type { HdinsightRemark } from '../../../core/dialects/hdinsight/endpoint';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import type { DialectWords } from './dialectWords';

export function hdinsightWords(): DialectWords<keyof typeof hdinsight.fields, HdinsightRemark> {
  const t = vscode.l10n.t;
  return {
    label: t('Azure HDInsight'),
    detail: t('The Kafka REST proxy of an HDInsight cluster, behind Microsoft Entra ID'),
    fields: {},
    endpoint: {
      prompt: t('The address of its Kafka REST proxy, or the bare name of the HDInsight cluster'),
      placeholder: 'https://contoso-kafkarest.azurehdinsight.net',
      notAnAddress: t('This is not an address. Enter https://… or the bare name of the cluster.'),
      remarks: {
        gateway: (address) =>
          t('This is the gateway of the cluster, with Ambari. Its REST proxy is {0}.', address),
        ssh: (address) =>
          t('This is the address for SSH. The REST proxy of the cluster is {0}.', address),
        resource: (address) => t('The REST proxy of this cluster is {0}.', address),
        node: () =>
          t(
            'This is a node of the cluster. Enter the bare name of the cluster, or the address of its REST proxy.',
          ),
        scope: () =>
          t(
            'This belongs to the scope for signing in. Enter the bare name of the cluster, or the address of its REST proxy.',
          ),
        page: () =>
          t(
            'This is not the address of a cluster. Enter the bare name of the cluster, or the address of its REST proxy.',
          ),
        portal: () =>
          t(
            'This page of the Azure portal names no HDInsight cluster. Enter the bare name of the cluster.',
          ),
      },
    },
    explain: explainHdinsight,
  };
}

function explainHdinsight(error: KafkaError): Explanation<NextStep> | undefined {
  const { kind, status, host = '', detail } = error;
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'not-found': {
      reason: t('it is not there ({0})', clause(detail) || '404'),
      advice: t('Something that was just created can take half a minute to show up'),
      next: ['createTopic', 'tryAgain'],
    },
    unavailable: {
      reason: t(
        'the server is not available: {0} ({1})',
        host,
        [status, clause(detail)].join(' ').trim(),
      ),
      advice: t(
        'Try again; if that does not help, look at the cluster’s health in the Azure portal',
      ),
      next: ['tryAgain'],
    },
  };
  return explanations[kind] ?? explainUnreachable(error);
}

/** Explains why an address that Azure gave to a REST proxy cannot be reached. */
function explainUnreachable({
  kind,
  host = '',
  detail,
}: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  if (!/\.azurehdinsight\.[a-z]+$/.test(host)) return undefined;
  const ports: NextStep = { guide: 'open-the-ports' };
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'host-not-found': {
      reason: t('no such host: {0}', host),
      advice: t('Check the name, the VPN, and whether the cluster was created with a REST proxy'),
      next: ['tryAgain', 'editCluster', { guide: 'find-the-endpoint' }],
    },
    connection: {
      reason: t('no connection to {0} ({1})', host, detail),
      advice: t('Check your network, http.proxy, and the ports of the cluster (443 and 9400)'),
      next: ['tryAgain', ports, { setting: 'http.proxy' }],
    },
    timeout: {
      reason: t('no response in time from {0}', host),
      advice: t('Try again, and check the ports of the cluster (443 and 9400)'),
      next: ['tryAgain', ports, { setting: 'kafkaRest.request.timeout' }],
    },
  };
  return explanations[kind];
}
