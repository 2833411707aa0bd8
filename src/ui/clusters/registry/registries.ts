import { phrase } from '../../../core/phrase';
import * as vscode from 'vscode';
import type { SecretSource } from '../../../auth/methods/signInMethod';
import { registryOwner, type SecretOwner } from '../../../auth/secretStore';
import type { ClusterDefinition, RegistryDefinition } from '../../../core/cluster/definition';
import type { HttpOptions } from '../../../core/http/client';
import { REGISTRY_DIALECT } from '../../../core/schemaRegistry/client';
import { SchemaError, type SchemaLookup } from '../../../core/schemaRegistry/lookup';
import type { ReadingRegistry, SchemaRegistry } from '../../../core/schemaRegistry/registry';
import { RegistryLookup } from '../../../core/schemaRegistry/registryLookup';
import { runs } from '../../words/remedies';
import { explainRegistryFailure } from './registryFailure';
import { explainOthers } from '../../words/dialects/others';
import { UserError } from '../../words/report';
import type { ClusterStore } from '../clusters';
import { askName } from '../guard';
import { type ClusterSecrets, makeReady, ownerName } from '../secrets';
import { signInHost } from '../signInHost';
import { type ConnectToRegistry, connectToRegistryWith } from './connectToRegistry';

/** The open registry of a cluster, and the definition that it was opened for. */
interface OpenRegistry {
  readonly definition: RegistryDefinition;
  readonly registry: SchemaRegistry;
  readonly lookup: RegistryLookup;
}

/**
 * The schema registries of the clusters. One is opened when it is first used, and closed when its
 * definition or a secret of its cluster changes.
 */
export class Registries implements vscode.Disposable {
  readonly #open = new Map<string, OpenRegistry>();
  /** Those with older request settings, which may still be in use. */
  readonly #older = new Map<SchemaRegistry, string>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires with the name of a cluster whose registry was closed, so that what is known is old. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly secrets: ClusterSecrets,
    private readonly connect: ConnectToRegistry,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      clusters.onDidChange((name) => {
        if (name !== undefined) this.#close(name);
        else this.#closeChanged();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('kafkaRest.request')) return;
        for (const [name, { registry }] of this.#open) this.#older.set(registry, name);
        this.#open.clear();
      }),
    );
  }

  /** Returns whether a cluster names a registry. */
  has(cluster: string): boolean {
    return this.clusters.get(cluster)?.definition.schemaRegistry !== undefined;
  }

  /**
   * Returns the registry of a cluster. Never asks the person anything. Rejects with a `UserError` if
   * the cluster names none.
   */
  async registryOf(cluster: string): Promise<ReadingRegistry> {
    return Promise.resolve(this.#opened(this.#require(cluster).definition).registry);
  }

  /** Returns whether `ready` would ask for a secret of the registry of a cluster. */
  async lacksSecret(cluster: string): Promise<boolean> {
    const definition = this.clusters.get(cluster)?.definition;
    const owner = definition && registryOwner(definition);
    return owner !== undefined && (await this.secrets.missing(owner)).length > 0;
  }

  /** As `registryOf`, but first asks for missing secrets, or has the person sign in. */
  async ready(cluster: string): Promise<ReadingRegistry> {
    const { definition, owner } = this.#require(cluster);
    await makeReady(owner, this.secrets);
    // A new secret opens the registry anew. After a sign-in of the person it is the same one, and
    // would still say for a while that nobody is signed in.
    this.forgetFailures(definition.name);
    return this.registryOf(definition.name);
  }

  /** Throws a `UserError` if the registry of a cluster is read-only. */
  refuseReadOnly(cluster: string): void {
    const t = vscode.l10n.t;
    const { owner, registry } = this.#require(cluster);
    if (registry.protection !== 'readOnly') return;
    throw new UserError(
      t('{0} is read-only', ownerName(owner)),
      t('Change its protection with “Kafka REST: Set Schema Registry...”'),
      runs(t('Set Schema Registry...'), 'setSchemaRegistry', { cluster }),
    );
  }

  /**
   * As `ready`, but to register schemas; this is the only way to do so. Refuses on a read-only
   * registry. For one that is for production, the person must type the name of the cluster to agree
   * to `what` is about to happen: "Register version 4 of orders-value".
   */
  async toWrite(cluster: string, what: string): Promise<SchemaRegistry> {
    const t = vscode.l10n.t;
    const { definition, registry } = this.#require(cluster);
    this.refuseReadOnly(cluster);
    await this.ready(cluster);
    if (registry.protection === 'production') {
      await askName(cluster, t('The schema registry of {0} is for production', cluster), what);
    }
    this.clusters.requireUnchanged(definition);
    return this.#opened(definition).registry;
  }

  /**
   * Returns what finds the schemas of a cluster's registry as it is at each call. It rejects with a
   * `SchemaError` of kind `no-registry` if the cluster names none. `files` finds those of files.
   */
  lookupOf(cluster: string, files?: SchemaLookup): SchemaLookup {
    return {
      find: async (address, use, options) => {
        if (address.by === 'file' && files) return files.find(address, use, options);
        const definition = this.clusters.get(cluster)?.definition;
        if (!definition?.schemaRegistry) {
          throw new SchemaError('no-registry', phrase('{0} has no schema registry', cluster));
        }
        return this.#opened(definition).lookup.find(address, use, options);
      },
    };
  }

  /** Has the registry of a cluster asked again for schemas that it could not tell. */
  forgetFailures(cluster: string): void {
    this.#open.get(cluster)?.lookup.forgetFailures();
  }

  /** Opens a registry that is not saved yet. The caller disposes of it. */
  trial(definition: RegistryDefinition, secret: SecretSource): ReadingRegistry {
    return this.connect(definition, secret);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { registry } of this.#open.values()) registry.dispose();
    for (const registry of this.#older.keys()) registry.dispose();
  }

  #require(cluster: string): {
    readonly definition: ClusterDefinition;
    readonly registry: RegistryDefinition;
    readonly owner: SecretOwner;
  } {
    const t = vscode.l10n.t;
    const { definition } = this.clusters.require(cluster);
    const owner = registryOwner(definition);
    const registry = definition.schemaRegistry;
    if (owner && registry) return { definition, registry, owner };
    throw new UserError(
      t('{0} has no schema registry', cluster),
      t('Give its address with “Kafka REST: Set Schema Registry...”'),
      runs(t('Set Schema Registry...'), 'setSchemaRegistry', { cluster }),
    );
  }

  #opened(definition: ClusterDefinition): OpenRegistry {
    const { name, schemaRegistry: registry } = definition;
    const owner = registryOwner(definition);
    if (!registry || !owner) throw new Error(`The cluster ${name} has no schema registry.`);
    const open = this.#open.get(name);
    if (open?.definition === registry) return open;
    if (open) this.#close(name);
    const opened = this.connect(registry, (secret) => this.secrets.get(owner, secret));
    const entry = { definition: registry, registry: opened, lookup: new RegistryLookup(opened) };
    this.#open.set(name, entry);
    return entry;
  }

  #closeChanged(): void {
    for (const [name, { definition }] of this.#open) {
      if (this.clusters.get(name)?.definition.schemaRegistry !== definition) this.#close(name);
    }
  }

  #close(name: string): void {
    for (const [registry, cluster] of this.#older) {
      if (cluster !== name) continue;
      registry.dispose();
      this.#older.delete(registry);
    }
    const open = this.#open.get(name);
    this.#open.delete(name);
    open?.registry.dispose();
    this.#changed.fire(name);
  }
}

/** Returns the registries of the clusters. `options` is called for each that is opened. */
export function openRegistries(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  options: () => HttpOptions,
): Registries {
  explainOthers(REGISTRY_DIALECT, explainRegistryFailure);
  const connect = connectToRegistryWith(options, { host: signInHost });
  return new Registries(clusters, secrets, connect);
}
