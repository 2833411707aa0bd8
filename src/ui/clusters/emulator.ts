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

/** What a running emulator holds. */
export interface EmulatorTotals {
  readonly topics: number;
  readonly records: number;
}

/** The emulator that is shown as a cluster. */
export interface RunningEmulator {
  readonly definition: ClusterDefinition;
  /** Counts what it holds; missing if it runs in another process, where it goes on. */
  readonly totals?: () => EmulatorTotals;
  /** Returns whether anything was produced or created in it, which is lost when it stops. */
  isWritten(): boolean;
}

/**
 * Starts and stops the built-in emulator in this process, and shows it as a cluster. Loads its
 * code when it is first started.
 */
export class EmulatorService implements vscode.Disposable {
  readonly #status = vscode.window.createStatusBarItem('kafkaRest.emulator');
  #starting: Promise<void> | undefined;
  #running: (RunningEmulator & { readonly stop: () => Promise<void> }) | undefined;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly secrets: ClusterSecrets,
  ) {
    this.#status.name = vscode.l10n.t('Kafka REST Emulator');
    this.#status.text = `$(beaker) ${vscode.l10n.t('Kafka Emulator')}`;
    this.#status.tooltip = vscode.l10n.t('The emulator of the Kafka REST proxy is running.');
    this.#status.command = 'kafkaRest.emulatorMenu';
    this.#update();
  }

  /** The emulator while it runs. */
  get running(): RunningEmulator | undefined {
    return this.#running;
  }

  /** Shows an emulator that already runs, if the environment names one. */
  async attach(): Promise<void> {
    const file = process.env[ATTACH_VARIABLE];
    if (!file) return;
    const address = toAddress(JSON.parse(await readFile(file, 'utf8')));
    this.#show(address, { isWritten: () => false, stop: () => Promise.resolve() });
  }

  /** Starts it unless it runs, with sample topics unless `samples` is false. */
  async start({ samples = true } = {}): Promise<void> {
    if (this.#running) return;
    this.#starting ??= this.#start(samples).finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  async #start(samples: boolean): Promise<void> {
    await withProgress(vscode.l10n.t('Starting the emulator'), async () => {
      const { startEmulator } = await import('../../emulator/server');
      let written = false;
      const emulator = await startEmulator({
        samples,
        onRequest: ({ server, method, status }) => {
          written ||= server === 'proxy' && method !== 'GET' && status < 300;
        },
      });
      const { stop, totals } = emulator;
      try {
        this.#show(toAddress(emulator.info), { isWritten: () => written, stop, totals });
      } catch (error) {
        await stop();
        throw error;
      }
    });
  }

  async stop(): Promise<void> {
    await Promise.allSettled([this.#starting]);
    await this.#running?.stop();
  }

  #show(
    { definition, secrets }: EmulatorAddress,
    { stop, ...emulator }: Omit<RunningEmulator, 'definition'> & { stop: () => Promise<void> },
  ): void {
    this.secrets.keepInMemory(definition, secrets);
    const shown = this.clusters.showEmulator(definition);
    this.#running = {
      ...emulator,
      definition,
      stop: async () => {
        this.#running = undefined;
        shown.dispose();
        this.#update();
        await stop();
      },
    };
    this.#update();
  }

  #update(): void {
    const running = this.#running !== undefined;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.emulatorRunning', running);
    if (running) this.#status.show();
    else this.#status.hide();
  }

  dispose(): void {
    this.#status.dispose();
    void this.stop();
  }
}

/** Reads what an emulator printed about itself. Throws if it is something else. */
function toAddress(printed: unknown): EmulatorAddress {
  const { dialect, endpoint, caFile, signIn: kind, ...fields } = info(printed) ?? {};
  const name = vscode.l10n.t('Emulator');
  const parsed = parseDefinition(
    { name, dialect, endpoint, caFile, signIn: { ...fields, kind } },
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
