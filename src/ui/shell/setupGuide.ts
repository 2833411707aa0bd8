import * as vscode from 'vscode';
import { setupSteps } from '../base/setupGuide';

/**
 * Shows the set-up guide for Azure, at the step that the argument names, or at its beginning. The
 * package holds the guide, so that it fits the version and needs no network. `dist` is the folder of
 * the bundles.
 */
export async function openSetupGuide(dist: vscode.Uri, argument: unknown): Promise<void> {
  const guide = vscode.Uri.joinPath(dist, '../docs/azure-setup.md');
  const fragment = setupSteps.find((step) => step === argument) ?? '';
  await vscode.commands.executeCommand('markdown.showPreview', guide.with({ fragment }));
}
