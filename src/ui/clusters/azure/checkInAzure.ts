import * as vscode from 'vscode';
import { azureClouds, cloudOf } from '../../../azure/clouds';
import type { FoundCluster } from '../../../azure/foundCluster';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import { KafkaError } from '../../../core/errors';
import { openHttp } from '../../../core/http/client';
import { notify } from '../../dialogs/notify';
import { type Answer, back, onlyStep, type StepContext } from '../../dialogs/wizard';
import { runs } from '../../words/remedies';
import { UserError } from '../../words/report';
import { sentences } from '../../words/sentences';
import { type AzureAccess, askAccess } from './azureAccess';
import { readAzureMemory } from './azureMemory';
import type { AzureServices } from './findInAzure';
import { reachWith } from './reach';
import { type Verdict, verdictOn } from './verdict';

/**
 * Looks a cluster up in Azure, and says whether it can respond. Throws what `judgeInAzure` throws.
 */
export async function checkInAzure(
  services: AzureServices,
  definition: ClusterDefinition,
): Promise<void> {
  const { severity, message, advice, actions } = await judgeInAzure(services, definition);
  await notify(severity, sentences(message, advice), actions);
}

/**
 * Looks a cluster up in Azure. Throws a `UserError` if it was not found there, and a
 * `CancellationError` if the person gives up.
 */
export async function judgeInAzure(
  services: AzureServices,
  definition: ClusterDefinition,
): Promise<Verdict> {
  const t = vscode.l10n.t;
  const { name, azure } = definition;
  if (!azure) {
    throw new UserError(
      t('{0} was not found in Azure', name),
      t('Add it from there to have it looked up'),
      runs(t('Add Cluster from Azure...'), 'addAzureCluster'),
    );
  }
  const context = onlyStep(t('Check {0} in Azure', name));
  const found = await lookUp(services, context, definition, azure.resourceId);
  if (found === back || found === undefined) throw new vscode.CancellationError();
  return verdictOn(definition, found);
}

/** Returns what Azure says of a cluster: `gone` if it knows no such one. */
async function lookUp(
  { globalState, httpOptions }: AzureServices,
  context: StepContext,
  definition: ClusterDefinition,
  resourceId: string,
): Promise<Answer<FoundCluster | 'gone'>> {
  const memory = readAzureMemory(globalState);
  const cloud =
    cloudOf(definition.endpoint) ?? azureClouds.find(({ name }) => name === memory.cloud);
  const access: Answer<AzureAccess> =
    memory.by && cloud
      ? { by: memory.by, cloud }
      : await askAccess(context, { ...memory, ...(cloud && { cloud: cloud.name }) });
  if (access === back || access === undefined) return access;
  const http = openHttp(httpOptions());
  try {
    const tenantId = definition.signIn['tenantId'] ?? memory.tenant ?? '';
    return await reachWith(access, http)(context, tenantId, async (management, signal) => {
      try {
        return await management.cluster(resourceId, signal);
      } catch (error) {
        if (error instanceof KafkaError && error.kind === 'not-found') return 'gone';
        throw error;
      }
    });
  } finally {
    http.dispose();
  }
}
