import * as vscode from 'vscode';
import { setupSteps } from '../base/setupGuide';

/**
 * Shows the set-up guide for Azure in the language of the window, at the step that the argument
 * names, or at its beginning. The package holds the guide, so that it fits the version and needs no
 * network. `dist` is the folder of the bundles.
 */
export async function openSetupGuide(dist: vscode.Uri, argument: unknown): Promise<void> {
  const language = vscode.env.language === 'zh-cn' ? '.zh-cn' : '';
  const guide = vscode.Uri.joinPath(dist, `../docs/azure-setup${language}.md`);
  const fragment = setupSteps.find((step) => step === argument) ?? '';
  await vscode.commands.executeCommand('markdown.showPreview', guide.with({ fragment }));
}
