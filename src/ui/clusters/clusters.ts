import * as vscode from 'vscode';
import { signInRules } from '../../auth/methods/registry';
import { secretKey, type SecretStore } from '../../auth/secretStore';
import {
  type ClusterDefinition,
  isUnencrypted,
  type Protection,
  toSetting,
} from '../../core/cluster/definition';
import { type InvalidEntry, withMarks, withProtection } from '../../core/cluster/settings';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';
import { readSetting, writeOwnSetting, writeSetting } from './clusterSettings';
import { type Connect, Connections } from './connections';
import { confirmOnProduction, refuseReadOnly } from './guard';
import { askSecret, ClusterSecrets } from './secrets';
import { UserError } from '../words/report';

export interface Cluster {
  readonly definition: ClusterDefinition;
  /** Whether this is the emulator, which is not in the settings and disappears when it stops. */
  readonly emulator: boolean;
}

/** The clusters: those of the setting `kafkaRest.clusters`, and the emulator while it runs. */
export class ClusterStore {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly #secrets: ClusterSecrets;
  readonly #connections: Connections;
  #emulator: ClusterDefinition | undefined;
  #settings = readSetting();

  /** Fires with the cluster that changed, or with `undefined` when the list changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    secrets: SecretStore,
    secretChanges: vscode.Event<vscode.SecretStorageChangeEvent>,
    connect: Connect,
  ) {
    this.#secrets = new ClusterSecrets(secrets, () => this.#settings.definitions);
    this.#connections = new Connections(connect);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.request')) this.#connections.renew();
        if (event.affectsConfiguration('kafkaRest.clusters')) this.#reload();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#reload();
      }),
      secretChanges(({ key }) => {
        for (const definition of this.#settings.definitions) {
          if (secretKey(definition) === key) this.#drop(definition.name);
        }
      }),
    );
  }

  /**
   * Lists the clusters. While the emulator runs, it hides a cluster of the settings with its name.
   */
  list(): readonly Cluster[] {
    const own = this.#settings.definitions.map((definition) => ({ definition, emulator: false }));
    const definition = this.#emulator;
    if (!definition) return own;
    const others = own.filter((each) => each.definition.name !== definition.name);
    return [{ definition, emulator: true }, ...others];
  }

  /** Lists the entries of the setting that cannot be used. */
  invalid(): readonly InvalidEntry[] {
    return this.#settings.invalid;
  }

  get(name: string): Cluster | undefined {
    return this.list().find(({ definition }) => definition.name === name);
  }

  /** As `get`, but throws a `UserError` if there is no such cluster. */
  require(name: string): Cluster {
    const cluster = this.get(name);
    if (cluster) return cluster;
    throw new UserError(
      vscode.l10n.t('there is no cluster {0}', name),
      vscode.l10n.t('Look at kafkaRest.clusters in the settings'),
    );
  }

  /** Returns the proxy of a cluster, opened at the first call. Never asks the person anything. */
  proxy(name: string): ReadingProxy {
    return this.#open(name);
  }

  /** As `proxy`, but first asks for the secret if the cluster needs one that is not stored here. */
  async ready(name: string): Promise<ReadingProxy> {
    const cluster = this.get(name);
    if (cluster && (await this.lacksSecret(cluster))) {
      const secret = await askSecret(cluster.definition);
      if (secret === undefined) throw new vscode.CancellationError();
      await this.setSecret(cluster.definition, secret);
    }
    return this.#open(name);
  }

  /**
   * As `ready`, but to write to the cluster; this is the only way to do so. Every run that writes
   * begins here, because here a read-only cluster refuses, and for a production cluster the person
   * must type its name to agree to `what` is about to happen: "Produce 3 messages to orders on
   * contoso".
   */
  async toWrite(name: string, what: string): Promise<KafkaProxy> {
    const { definition } = this.require(name);
    refuseReadOnly(definition);
    await this.ready(name);
    await confirmOnProduction(definition, what);
    if (this.get(name)?.definition === definition) return this.#open(name);
    throw new UserError(
      vscode.l10n.t('the definition of {0} has changed meanwhile', name),
      vscode.l10n.t('Look at kafkaRest.clusters in the settings, and try again'),
    );
  }

  #open(name: string): KafkaProxy {
    const { definition } = this.require(name);
    return this.#connections.open(definition, () => this.#secrets.get(definition));
  }

  /** Returns the secret of a cluster, or `undefined` if it is not stored here or none is needed. */
  secretOf({ definition }: Cluster): Promise<string | undefined> {
    return this.#secrets.get(definition);
  }

  /** Returns whether a cluster needs a secret that is not stored here. */
  lacksSecret({ definition }: Cluster): Promise<boolean> {
    return this.#secrets.lacks(definition);
  }

  async setSecret(definition: ClusterDefinition, secret: string): Promise<void> {
    await this.#secrets.set(definition, secret);
    this.#drop(definition.name);
  }

  /**
   * Saves a definition and its secret, if it has one. Replaces the older definition if that is
   * named. Members of the older one that this version does not know stay in the settings.
   */
  async save(
    definition: ClusterDefinition,
    secret: string | undefined,
    replaced?: string,
  ): Promise<void> {
    const old = replaced === undefined ? undefined : this.get(replaced)?.definition;
    if (secret !== undefined) await this.#secrets.set(definition, secret);
    if (old) await this.#secrets.remove(old, definition);
    await writeSetting((entries) => {
      const index = entries.findIndex((entry) => nameOf(entry) === replaced);
      return replaced === undefined || index < 0
        ? [...entries, toSetting(definition, signInRules)]
        : entries.with(index, toSetting(definition, signInRules, entries[index]));
    });
    await writeOwnSetting((entries) => {
      const marked = withMarks(entries, definition);
      const isThere = marked.some((entry, index) => entry !== entries[index]);
      return isUnencrypted(definition.endpoint) && !isThere
        ? [...entries, toSetting(definition, signInRules)]
        : marked;
    });
    this.#drop(definition.name);
  }

  /**
   * Changes the protection of a cluster, both where it is defined and in the user's own settings.
   */
  async protect(name: string, protection: Protection): Promise<void> {
    const { definition } = this.require(name);
    await writeSetting((entries) =>
      entries.map((entry) => (nameOf(entry) === name ? withProtection(entry, protection) : entry)),
    );
    await writeOwnSetting((entries) => withMarks(entries, { ...definition, protection }));
    this.#reload();
    if (this.get(name)?.definition.protection === protection) return;
    throw new UserError(
      vscode.l10n.t('your own settings protect the host of {0}', name),
      vscode.l10n.t('Look at kafkaRest.clusters in the user settings'),
    );
  }

  /** Removes a definition and its secret. */
  async remove(name: string): Promise<void> {
    const cluster = this.get(name);
    if (cluster) await this.#secrets.remove(cluster.definition);
    await writeSetting((entries) => entries.filter((entry) => nameOf(entry) !== name));
    this.#drop(name);
  }

  /** Shows the emulator as a cluster until it is disposed of. Its secret stays in memory. */
  adoptEmulator(definition: ClusterDefinition, secret: string | undefined): vscode.Disposable {
    if (secret !== undefined) this.#secrets.keepInMemory(definition, secret);
    // A cluster of the settings may have this name. Nothing meant for the emulator may go there.
    this.#connections.close(definition.name);
    this.#emulator = definition;
    this.#changed.fire(undefined);
    return new vscode.Disposable(() => {
      if (this.#emulator !== definition) return;
      this.#emulator = undefined;
      this.#drop(definition.name);
      this.#changed.fire(undefined);
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#connections.dispose();
  }

  #reload(): void {
    const before = this.#settings.definitions;
    this.#settings = readSetting();
    for (const definition of before) {
      const { name } = definition;
      if (JSON.stringify(this.get(name)?.definition) !== JSON.stringify(definition)) {
        this.#connections.close(name);
      }
    }
    this.#changed.fire(undefined);
  }

  #drop(name: string): void {
    this.#connections.close(name);
    this.#changed.fire(name);
  }
}

function nameOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}
