import * as vscode from 'vscode';
import type { SetupStep } from '../base/setupGuide';

/** Returns the heading of a step of the set-up guide in the language of the window. */
export function setupStepTitle(step: SetupStep): string {
  const t = vscode.l10n.t;
  const titles: Readonly<Record<SetupStep, string>> = {
    'register-the-application': t('Register the application'),
    'give-it-a-secret': t('Give it a secret'),
    'give-it-a-certificate': t('Give it a certificate'),
    'sign-in-without-a-secret': t('Sign in without a secret'),
    'sign-in-as-yourself': t('Sign in as yourself'),
    'make-the-security-group': t('Make the security group'),
    'create-the-cluster': t('Create the cluster'),
    'open-the-ports': t('Open the ports'),
    'find-the-endpoint': t('Find the endpoint'),
    'other-clouds': t('Other clouds'),
    'if-it-does-not-work': t('If it does not work'),
  };
  return titles[step];
}
