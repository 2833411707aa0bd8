import * as vscode from 'vscode';
import type { azureCli } from '../../../auth/methods/azureCli';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import { dateWords } from '../dateWords';
import { scopeWords, tenantWords } from './entra';
import { explainPerson } from './person';
import type { SignInWords } from './signInWords';

/** The setting with the path of the Azure CLI. */
const PATH_SETTING = 'kafkaRest.azureCli.path';

export function azureCliWords(): SignInWords<keyof typeof azureCli.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: Azure CLI'),
    detail: t('As yourself, where you use “az login” already. Experimental for HDInsight'),
    fields: {
      tenantId: tenantWords(
        t('The Microsoft Entra tenant: its ID or a domain name. Empty: that of the Azure CLI'),
      ),
      scope: scopeWords(),
    },
    secrets: {},
    explain: explainAzureCli,
  };
}

function explainAzureCli(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, detail, host } = error;
  // That of the REST proxy is not worded here.
  if (kind === 'timeout' && host !== undefined) return undefined;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'program-missing': {
      reason: t('the Azure CLI was not found: {0}', detail),
      advice: t('Install it, or set its path in kafkaRest.azureCli.path'),
      next: [{ setting: PATH_SETTING }, 'tryAgain'],
    },
    'signed-out': {
      reason: t('nobody is signed in to the Azure CLI'),
      advice: t('Sign in, or run “{0}” in a terminal', detail),
      next: ['signIn', 'tryAgain'],
    },
    'interaction-required': {
      reason: t('Microsoft Entra ID wants you to sign in to the Azure CLI again'),
      advice: t('Sign in, or run “{0}” in a terminal', detail),
      next: ['signIn', 'tryAgain'],
    },
    'consent-missing': {
      reason: t('consent is missing: the Azure CLI may not use this scope for you'),
      advice: t('Sign in to be asked, or ask an administrator of the tenant for consent'),
      next: ['signIn', 'tryAgain', { guide: 'sign-in-as-yourself' }],
    },
    timeout: {
      reason: t('the Azure CLI did not respond in time'),
      advice: t('Try again, and if that does not help, run “az account show” in a terminal'),
      next: ['tryAgain', { setting: PATH_SETTING }],
    },
    'credential-expired': {
      reason: t('the Azure CLI gave a token that expired on {0}', dateWords(Date.parse(detail))),
      advice: t('Sign in again, or check the clock of this computer'),
      next: ['signIn', 'tryAgain'],
    },
    'credential-unusable': {
      reason: t('the Azure CLI gave no usable token'),
      advice: t('Check kafkaRest.azureCli.path, and update the Azure CLI'),
      next: [{ setting: PATH_SETTING }, 'tryAgain'],
    },
    'sign-in-failed': {
      reason: t('the Azure CLI gave no token: {0}', clause(detail)),
      advice: t('Follow its advice, or ask the administrator of the tenant'),
      next: ['signIn', 'tryAgain', 'editCluster'],
    },
  };
  return explanations[kind] ?? explainPerson(error);
}
