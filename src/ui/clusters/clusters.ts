import * as vscode from 'vscode';
import { type SecretStore } from '../../auth/secretStore';
import {
  type ClusterDefinition,
  isUnencrypted,
  type Protection,
  toSetting,
} from '../../core/cluster/definition';
import { type InvalidEntry, withMarks, withProtection } from '../../core/cluster/settings';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';
import { oneLine } from '../../core/text/visible';
import { readSetting, writeOwnSetting, writeSetting } from './clusterSettings';
import type { Connect } from './connection';
import { confirmOnProduction, refuseReadOnly } from './guard';
import { UserError } from '../words/report';

export interface Cluster {
  readonly definition: ClusterDefinition;
  /** Whether it is the emulator: not in the settings, gone when the emulator stops. */
  readonly emulator: boolean;
}

/**
 * The clusters: those of the setting `kafkaRest.clusters`, whose client secrets live in VS Code's
 * secret storage, and the emulator while it runs. Owns the open connection of each.
 */
export class ClusterStore {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #proxies = new Map<string, KafkaProxy>();
  readonly #subscriptions: vscode.Disposable;
  #emulator: { readonly definition: ClusterDefinition; readonly secret: string } | undefined;
  #settings = readSetting();

  /** Fires with the cluster that changed, or with nothing when the list did. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly secrets: SecretStore,
    secretChanges: vscode.Event<vscode.SecretStorageChangeEvent>,
    private readonly connect: Connect,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        // For what begins from now on; what is under way would have no clear end.
        if (event.affectsConfiguration('kafkaRest.request')) this.#proxies.clear();
        if (event.affectsConfiguration('kafkaRest.clusters')) this.#reload();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#reload();
      }),
      secretChanges(({ key }) => {
        for (const definition of this.#settings.definitions) {
          if (secrets.key(definition) === key) this.#drop(definition.name);
        }
      }),
    );
  }

  /** A cluster of the settings that is called like the emulator is not there while that runs. */
  list(): readonly Cluster[] {
    const own = this.#settings.definitions.map((definition) => ({ definition, emulator: false }));
    if (!this.#emulator) return own;
    const { definition } = this.#emulator;
    const others = own.filter((each) => each.definition.name !== definition.name);
    return [{ definition, emulator: true }, ...others];
  }

  /** Entries of the setting that cannot be used. */
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

  /** The proxy of a cluster, opened at the first call. Never asks anything. */
  proxy(name: string): ReadingProxy {
    return this.#open(name);
  }

  /** As `proxy`, but asks for the client secret first if it is not stored here. */
  async ready(name: string): Promise<ReadingProxy> {
    const cluster = this.get(name);
    if (cluster && (await this.secretOf(cluster)) === undefined) {
      const secret = await askSecret(cluster.definition);
      if (secret === undefined) throw new vscode.CancellationError();
      await this.setSecret(cluster.definition, secret);
    }
    return this.#open(name);
  }

  /**
   * As `ready`, to write to the cluster, and the only way to do so. Each run begins with it, for here
   * a read-only cluster refuses, and the person types the name of a production cluster to agree to
   * `what` is about to happen: "Produce 3 messages to orders on contoso".
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
    let proxy = this.#proxies.get(name);
    if (!proxy) {
      const cluster = this.require(name);
      proxy = this.connect(cluster.definition, () => this.secretOf(cluster));
      this.#proxies.set(name, proxy);
    }
    return proxy;
  }

  async secretOf({ definition, emulator }: Cluster): Promise<string | undefined> {
    return emulator ? this.#emulator?.secret : this.secrets.get(definition);
  }

  async setSecret(definition: ClusterDefinition, secret: string): Promise<void> {
    await this.secrets.set(definition, secret);
    this.#drop(definition.name);
  }

  /** Saves a definition and its secret, in place of an older one if that is named. */
  async save(definition: ClusterDefinition, secret: string, replaced?: string): Promise<void> {
    const old = replaced === undefined ? undefined : this.get(replaced)?.definition;
    await this.secrets.set(definition, secret);
    if (old && this.secrets.key(old) !== this.secrets.key(definition)) {
      await this.secrets.remove(old);
    }
    const setting = toSetting(definition);
    await writeSetting((entries) => {
      const index = entries.findIndex((entry) => nameOf(entry) === replaced);
      return replaced === undefined || index < 0
        ? [...entries, setting]
        : entries.with(index, setting);
    });
    await writeOwnSetting((entries) => {
      const marked = withMarks(entries, definition);
      const isThere = marked.some((entry, index) => entry !== entries[index]);
      return isUnencrypted(definition.endpoint) && !isThere ? [...entries, setting] : marked;
    });
    this.#drop(definition.name);
  }

  /** Changes the protection of a cluster, where it is defined and in the user's own settings. */
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
    if (cluster) await this.secrets.remove(cluster.definition);
    await writeSetting((entries) => entries.filter((entry) => nameOf(entry) !== name));
    this.#drop(name);
  }

  /** Shows the emulator as a cluster until it is disposed of. Its secret stays in memory. */
  adoptEmulator(definition: ClusterDefinition, secret: string): vscode.Disposable {
    const adopted = { definition, secret };
    // A cluster of the settings may have had the name: nothing for the emulator may go there.
    this.#close(definition.name);
    this.#emulator = adopted;
    this.#changed.fire(undefined);
    return new vscode.Disposable(() => {
      if (this.#emulator !== adopted) return;
      this.#emulator = undefined;
      this.#drop(definition.name);
      this.#changed.fire(undefined);
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const name of this.#proxies.keys()) this.#close(name);
  }

  #reload(): void {
    const before = this.#settings.definitions;
    this.#settings = readSetting();
    for (const definition of before) {
      const { name } = definition;
      if (JSON.stringify(this.get(name)?.definition) !== JSON.stringify(definition)) {
        this.#close(name);
      }
    }
    this.#changed.fire(undefined);
  }

  #drop(name: string): void {
    this.#close(name);
    this.#changed.fire(name);
  }

  #close(name: string): void {
    void this.#proxies.get(name)?.dispose();
    this.#proxies.delete(name);
  }
}

function nameOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}

/**
 * Asks for a client secret, and says where it goes: a workspace may have given a well-known name to
 * another place. Returns nothing when the person gives up.
 */
export async function askSecret({
  name,
  endpoint,
  authority,
}: ClusterDefinition): Promise<string | undefined> {
  const secret = await vscode.window.showInputBox({
    title: oneLine(vscode.l10n.t('Client Secret of {0}', name)),
    prompt: vscode.l10n.t(
      'The secret’s value. It is sent to {0}, to sign in for {1}, and kept in VS Code’s secret storage.',
      new URL(authority).host,
      new URL(endpoint).host,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? vscode.l10n.t('Enter the secret’s value.') : undefined,
  });
  return secret?.trim();
}
