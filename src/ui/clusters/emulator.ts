import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Secrets } from '../../auth/methods/signInMethod';
import { type ClusterDefinition, parseDefinition } from '../../core/cluster/definition';
import { knownMembers, string } from '../../core/schema';
import type { ClusterStore } from './clusters';
import { definitionRules } from './definitionRules';
import { type ClusterSecrets, secretNames } from './secrets';
import { withProgress } from '../dialogs/progress';

/**
 * Names a file with the line that the emulator's command prints, to show an emulator that already
 * runs.
 */
const ATTACH_VARIABLE = 'KAFKA_REST_EMULATOR';

/**
 * The members that an emulator prints and that are texts, such as the fields and secrets of its
 * sign-in.
 */
const info = knownMembers(string, string);

/** The facts about an emulator that the extension needs. */
interface EmulatorAddress {
  readonly definition: ClusterDefinition;
  readonly secrets: Secrets;
}

/**
 * Starts and stops the built-in emulator in this process, and shows it as a cluster. Loads its
 * code when it is first started.
 */
export class EmulatorService implements vscode.Disposable {
  readonly #status = vscode.window.createStatusBarItem('kafkaRest.emulator');
  #starting: Promise<void> | undefined;
  #stop: (() => Promise<void>) | undefined;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly secrets: ClusterSecrets,
  ) {
    this.#status.name = vscode.l10n.t('Kafka REST Emulator');
    this.#update();
    this.#status.show();
  }

  /** Shows an emulator that already runs, if the environment names one. */
  async attach(): Promise<void> {
    const file = process.env[ATTACH_VARIABLE];
    if (!file) return;
    this.#show(toAddress(JSON.parse(await readFile(file, 'utf8'))), () => Promise.resolve());
  }

  async start(): Promise<void> {
    if (this.#stop) return;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  async #start(): Promise<void> {
    await withProgress(vscode.l10n.t('Starting the emulator'), async () => {
      const { startEmulator } = await import('../../emulator/server');
      const emulator = await startEmulator({ samples: true });
      try {
        this.#show(toAddress(emulator.info), () => emulator.stop());
      } catch (error) {
        await emulator.stop();
        throw error;
      }
    });
  }

  async stop(): Promise<void> {
    await Promise.allSettled([this.#starting]);
    await this.#stop?.();
  }

  #show({ definition, secrets }: EmulatorAddress, end: () => Promise<void>): void {
    this.secrets.keepInMemory(definition, secrets);
    const shown = this.clusters.showEmulator(definition);
    this.#stop = async () => {
      this.#stop = undefined;
      shown.dispose();
      this.#update();
      await end();
    };
    this.#update();
  }

  #update(): void {
    const t = vscode.l10n.t;
    const running = this.#stop !== undefined;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.emulatorRunning', running);
    this.#status.text = running
      ? `$(debug-stop) ${t('Kafka Emulator')}`
      : `$(beaker) ${t('Kafka Emulator')}`;
    this.#status.tooltip = running
      ? t('The emulator of the Kafka REST proxy is running. Click to stop it.')
      : t('Start the built-in emulator of the Kafka REST proxy.');
    this.#status.command = running ? 'kafkaRest.stopEmulator' : 'kafkaRest.startEmulator';
  }

  dispose(): void {
    this.#status.dispose();
    void this.stop();
  }
}

/** Reads what an emulator printed about itself. Throws if it is something else. */
function toAddress(printed: unknown): EmulatorAddress {
  const { endpoint, caFile, signIn: kind, ...fields } = info(printed) ?? {};
  const name = vscode.l10n.t('Emulator');
  const parsed = parseDefinition(
    { name, endpoint, caFile, signIn: { ...fields, kind } },
    definitionRules,
  );
  if ('problem' in parsed) {
    throw new Error(vscode.l10n.t('this is not the address of an emulator'));
  }
  const { definition } = parsed;
  const names = secretNames(definition);
  const secrets = Object.fromEntries(names.map((secret) => [secret, fields[secret]]));
  return { definition, secrets };
}
