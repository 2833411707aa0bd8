import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Secrets } from '../../auth/methods/signInMethod';
import { ownersOf, type SecretOwner } from '../../auth/secretStore';
import { type ClusterDefinition, parseDefinition } from '../../core/cluster/definition';
import { unlessAborted } from '../../core/async/unlessAborted';
import { dialectOf, dialects } from '../../core/dialects/registry';
import { knownMembers, object, string } from '../../core/schema';
import type { FaceName, RequestLogEntry, Served, ServeOptions } from '../../emulator/server';
import { withProgress } from '../dialogs/progress';
import { dialectWords } from '../words/dialects/registry';
import { type ClusterStore, temporaryIcons } from './clusters';
import { definitionRules } from './definitionRules';
import { type ClusterSecrets, secretNames } from './secrets';

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

/** The members about the schema registry beside it. */
const registryInfo = object({ schemaRegistry: info });

/** The facts about an emulator that the extension needs. */
interface EmulatorAddress {
  readonly definition: ClusterDefinition;
  /** The secrets of the cluster and of its schema registry. */
  readonly secrets: readonly (readonly [SecretOwner, Secrets])[];
}

/** What a running emulator holds. */
export interface EmulatorTotals {
  readonly topics: number;
  readonly records: number;
}

/** An emulator that is shown as a cluster, or a gateway to a real Kafka. */
export interface RunningEmulator {
  readonly definition: ClusterDefinition;
  /** The kind of REST proxy; missing if it is not an emulator of this process. */
  readonly face?: FaceName;
  /** The brokers of the Kafka cluster behind it; missing if it is not a gateway. */
  readonly brokers?: readonly string[];
  /**
   * Counts what it holds; missing if it runs in another process, where it goes on, or is a gateway.
   */
  readonly totals?: () => EmulatorTotals;
  /** Returns whether anything was produced or created in it that is lost when it stops. */
  isWritten(): boolean;
}

type Shown = RunningEmulator & { readonly stop: () => Promise<void> };

/** A kind of REST proxy that the emulator can be. */
export interface EmulatorKind {
  readonly face: FaceName;
  readonly dialect: string;
  /** Its name in a list, such as "Strimzi HTTP Bridge 0.33" for the face `strimzi-0.33`. */
  readonly label: string;
  /** What it is, in a sentence for a list. */
  readonly detail?: string;
}

/** The kind that *Start Emulator* starts. */
const USUAL_FACE = 'hdinsight';

/**
 * Starts and stops the built-in emulators and gateways in this process, and shows each as a
 * cluster. Loads their code when the first one is started.
 */
export class EmulatorService implements vscode.Disposable {
  readonly #status = vscode.window.createStatusBarItem('kafkaRest.emulator');
  /** By the names of their clusters. */
  readonly #starting = new Map<string, Promise<void>>();
  readonly #running = new Map<string, Shown>();

  constructor(
    private readonly clusters: ClusterStore,
    private readonly secrets: ClusterSecrets,
  ) {
    this.#status.name = vscode.l10n.t('Kafka REST Emulator');
    this.#status.command = 'kafkaRest.emulatorMenu';
    this.#update();
  }

  /** Those that run, in the order in which they were started. */
  get running(): readonly RunningEmulator[] {
    return [...this.#running.values()];
  }

  /** Shows an emulator that already runs, if the environment names one. */
  async attach(): Promise<void> {
    const file = process.env[ATTACH_VARIABLE];
    if (!file) return;
    const name = vscode.l10n.t('Emulator');
    const address = toAddress(name, JSON.parse(await readFile(file, 'utf8')));
    this.#show(address, { isWritten: () => false, stop: () => Promise.resolve() });
  }

  /** Returns the kinds that can be started: those whose dialect this version has. */
  async kinds(): Promise<readonly EmulatorKind[]> {
    const { faceNames, faces } = await import('../../emulator/server');
    return faceNames
      .map((face) => {
        const { dialect } = faces[face];
        const words = dialectWords(dialect);
        const version = /-(\d[\d.]*)$/.exec(face)?.[1];
        const label = [words?.label ?? face, version].filter(Boolean).join(' ');
        const detail =
          version === undefined
            ? words?.detail
            : vscode.l10n.t('An older version, which some clusters still run');
        return { face, dialect, label, ...(detail !== undefined && { detail }) };
      })
      .filter(({ dialect }) => dialects.some(({ kind }) => kind === dialect));
  }

  /** Starts one of a kind unless it runs, with sample topics unless `samples` is false. */
  async start({ face = USUAL_FACE, samples = true }: StartOptions = {}): Promise<void> {
    const kind = (await this.kinds()).find((each) => each.face === face);
    if (!kind) throw new Error(`There is no kind of emulator '${face}'.`);
    const { startEmulator } = await import('../../emulator/server');
    const { dialect } = kind;
    const name = emulatorName(kind);
    await this.#startOnce(name, vscode.l10n.t('Starting the emulator'), async () => {
      let written = false;
      const emulator = await startEmulator({
        face,
        samples,
        auth: authOf(dialect),
        onRequest: (entry) => {
          written ||= isWrite(entry);
        },
      });
      const { stop, totals } = emulator;
      return { served: emulator, shown: { face, isWritten: () => written, stop, totals } };
    });
  }

  /**
   * Shows a gateway to a real Kafka, which `open` starts, unless one to the same brokers runs.
   * Returns the name of its cluster. Rejects as `open` does.
   */
  async startGateway(
    brokers: readonly string[],
    open: (options: ServeOptions) => Promise<Served>,
  ): Promise<string> {
    const name = vscode.l10n.t('Gateway to {0}', brokers.join(','));
    await this.#startOnce(name, vscode.l10n.t('Connecting to {0}', brokers.join(',')), async () => {
      const served = await open({});
      return { served, shown: { brokers, isWritten: () => false, stop: served.stop } };
    });
    return name;
  }

  async #startOnce(
    name: string,
    title: string,
    begin: () => Promise<{ served: Served; shown: Omit<Shown, 'definition'> }>,
  ): Promise<void> {
    if (this.#running.has(name)) return;
    const starting =
      this.#starting.get(name) ??
      withProgress(title, async (signal) => {
        const beginning = begin();
        signal.addEventListener('abort', () => {
          // The person no longer waits for it.
          beginning.then(
            ({ served }) => served.stop(),
            () => undefined,
          );
        });
        const { served, shown } = await unlessAborted(beginning, signal);
        try {
          this.#show(toAddress(name, served.info), shown);
        } catch (error) {
          await served.stop();
          throw error;
        }
      }).finally(() => {
        this.#starting.delete(name);
      });
    this.#starting.set(name, starting);
    await starting;
  }

  /** Stops the one whose cluster has the name. */
  async stop(name: string): Promise<void> {
    await Promise.allSettled([this.#starting.get(name)]);
    await this.#running.get(name)?.stop();
  }

  #show({ definition, secrets }: EmulatorAddress, emulator: Omit<Shown, 'definition'>): void {
    const { name } = definition;
    for (const [owner, its] of secrets) this.secrets.keepInMemory(owner, its);
    const temporary = emulator.brokers ? 'gateway' : 'emulator';
    const shown = this.clusters.showTemporary(definition, temporary);
    const stop = async () => {
      this.#running.delete(name);
      shown.dispose();
      this.#update();
      await emulator.stop();
    };
    this.#running.set(name, { ...emulator, definition, stop });
    this.#update();
  }

  #update(): void {
    const { running } = this;
    const contexts = {
      emulatorRunning: running.length > 0,
      usualEmulatorRunning: this.#running.has(vscode.l10n.t('Emulator')),
    };
    for (const [key, value] of Object.entries(contexts)) {
      void vscode.commands.executeCommand('setContext', `kafkaRest.${key}`, value);
    }
    if (running.length === 0) {
      this.#status.hide();
      return;
    }
    const t = vscode.l10n.t;
    const isGateway = running.every(({ brokers }) => brokers !== undefined);
    const icon = temporaryIcons[isGateway ? 'gateway' : 'emulator'];
    this.#status.text = `$(${icon}) ${isGateway ? t('Kafka Gateway') : t('Kafka Emulator')}`;
    this.#status.tooltip =
      running.length > 1
        ? t('These are running: {0}', running.map(({ definition }) => definition.name).join(' · '))
        : isGateway
          ? t('A gateway to a Kafka cluster is running.')
          : t('The emulator of the Kafka REST proxy is running.');
    this.#status.show();
  }

  dispose(): void {
    this.#status.dispose();
    const names = new Set([...this.#running.keys(), ...this.#starting.keys()]);
    for (const name of names) void this.stop(name);
  }
}

export interface StartOptions {
  readonly face?: FaceName;
  readonly samples?: boolean;
}

/** Returns the name of the cluster of an emulator: "Emulator", or "Emulator (Strimzi)". */
function emulatorName({ face, label }: EmulatorKind): string {
  const t = vscode.l10n.t;
  return face === USUAL_FACE ? t('Emulator') : t('Emulator ({0})', label);
}

/** Returns how clients sign in to an emulator: as they usually do to such a REST proxy. */
function authOf(kind: string): 'entra' | 'basic' | 'none' {
  const { signIn } = dialectOf({ kind });
  if (signIn === 'clientSecret') return 'entra';
  return signIn === 'basic' ? 'basic' : 'none';
}

/** Returns whether a request changed what the emulator holds. */
function isWrite({ server, method, path, status }: RequestLogEntry): boolean {
  // The instances of consumers hold nothing that anybody would miss.
  const isRead = method === 'GET' || path.includes('/consumers/');
  return server === 'proxy' && !isRead && status < 300;
}

/** Reads what an emulator printed about itself. Throws if it is something else. */
function toAddress(name: string, printed: unknown): EmulatorAddress {
  const facts = info(printed) ?? {};
  const registry = registryInfo(printed)?.schemaRegistry;
  const { dialect, caFile } = facts;
  const schemaRegistry = registry && accessIn({ ...registry, caFile });
  const parsed = parseDefinition(
    { name, dialect, ...accessIn(facts), ...(schemaRegistry && { schemaRegistry }) },
    definitionRules,
  );
  if ('problem' in parsed) {
    throw new Error(vscode.l10n.t('this is not the address of an emulator'));
  }
  const { definition } = parsed;
  const secrets = ownersOf(definition).map((owner) => {
    const known = owner.isRegistry ? registry : facts;
    const names = secretNames(owner);
    return [owner, Object.fromEntries(names.map((each) => [each, known?.[each]]))] as const;
  });
  return { definition, secrets };
}

/** Returns how to reach and sign in to a server of an emulator. */
function accessIn({ endpoint, caFile, signIn: kind, ...fields }: Secrets) {
  return { endpoint, caFile, signIn: { ...fields, kind } };
}
