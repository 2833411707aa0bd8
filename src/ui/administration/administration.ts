import * as vscode from 'vscode';
import type { Target } from '../clusters/pick';
import { runWizard } from '../dialogs/wizard';
import type { GivenTopics } from '../targets/givenTopics';
import { addPartitions } from './addPartitions';
import { ConfigurationLanguage } from './configuration/configurationLanguage';
import { Configurations } from './configuration/configurations';
import { configuredTopic } from './configuration/configurationUri';
import { deleteTopic } from './deleteTopic';
import { deleteTopics } from './deleteTopics';
import type { AdministrationServices } from './services';
import { givenTopic, topicStep } from './topicStep';

/** The commands that change topics, and the documents of their configurations. */
export class Administration implements vscode.Disposable {
  readonly configurations: Configurations;
  readonly #language: ConfigurationLanguage;

  constructor(private readonly services: AdministrationServices) {
    this.configurations = new Configurations(services);
    this.#language = new ConfigurationLanguage(this.configurations);
  }

  async deleteTopic(given: Target): Promise<void> {
    await deleteTopic(this.services, given);
  }

  async deleteTopics(given: GivenTopics): Promise<void> {
    await deleteTopics(this.services, given);
  }

  async addPartitions(given: Target): Promise<void> {
    await addPartitions(this.services, given);
  }

  /** Opens the configuration of a topic as a document to edit. */
  async changeConfiguration(given: Target): Promise<void> {
    const t = vscode.l10n.t;
    const initial = givenTopic(this.services, given, 'alterTopic');
    const chosen = await runWizard(t('Change Configuration'), initial, [
      topicStep(this.services, initial, {
        ability: 'alterTopic',
        placeholder: t('The configuration of which topic?'),
      }),
    ]);
    await this.configurations.open(chosen);
  }

  /** Makes the changes of the configuration in the active editor, and saves it. */
  async saveConfiguration(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document && configuredTopic(document.uri)) await this.configurations.save(document);
  }

  dispose(): void {
    this.#language.dispose();
    this.configurations.dispose();
  }
}
