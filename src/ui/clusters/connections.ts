import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { dialectOf } from '../../core/dialects/registry';
import type { Capabilities, KafkaProxy, ReadingProxy } from '../../core/kafka';
import type { ClusterStore } from './clusters';
import type { Connect } from './connect';
import { confirmOnProduction, refuseReadOnly } from './guard';
import { type ClusterSecrets, makeReady } from './secrets';

/** The open connection of a cluster, and the definition that it was opened for. */
interface OpenConnection {
  readonly definition: ClusterDefinition;
  readonly proxy: Promise<KafkaProxy>;
  /** The same proxy, once its dialect is loaded. */
  opened?: KafkaProxy;
}

/**
 * The connections to the clusters, one for each cluster in use. A connection is closed when the
 * definition or the secret of its cluster changes.
 */
export class Connections {
  readonly #open = new Map<string, OpenConnection>();
  /** Connections with older request settings. Runs that began with them may still use them. */
  readonly #older = new Set<OpenConnection>();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    readonly clusters: ClusterStore,
    private readonly secrets: ClusterSecrets,
    private readonly connect: Connect,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      clusters.onDidChange((name) => {
        if (name === undefined) this.#closeChanged();
        else this.#close(name);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.request')) this.#renew();
      }),
    );
  }

  /** Returns the proxy of a cluster, opened at the first call. Never asks the person anything. */
  proxy(name: string): Promise<ReadingProxy> {
    return this.#connected(name).proxy;
  }

  /** Returns what the proxy of a cluster offers, as far as that is known by now. */
  capabilities(name: string): Capabilities {
    const { definition } = this.clusters.require(name);
    const open = this.#open.get(name);
    const opened = open?.definition === definition ? open.opened : undefined;
    return (opened ?? dialectOf(definition.dialect)).capabilities;
  }

  /** Returns whether `ready` would ask for a secret of a cluster. */
  async lacksSecret(name: string): Promise<boolean> {
    const cluster = this.clusters.get(name);
    return cluster !== undefined && (await this.secrets.missing(cluster.definition)).length > 0;
  }

  /**
   * As `proxy`, but first asks for the secrets that the cluster needs and that are not stored here,
   * or has the person sign in.
   */
  async ready(name: string): Promise<ReadingProxy> {
    const { definition } = this.clusters.require(name);
    await makeReady(definition, this.secrets);
    return this.#connected(name).proxy;
  }

  /**
   * As `ready`, but to write to the cluster; this is the only way to do so. Every run that writes
   * begins here, because here a read-only cluster refuses, and for a production cluster the person
   * must type its name to agree to `what` is about to happen: "Produce 3 messages to orders on
   * contoso".
   */
  async toWrite(name: string, what: string): Promise<KafkaProxy> {
    const { definition } = this.clusters.require(name);
    refuseReadOnly(definition);
    await this.ready(name);
    await confirmOnProduction(definition, what);
    this.clusters.requireUnchanged(definition);
    return this.#connected(name).proxy;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { definition } of this.#all()) this.#close(definition.name);
  }

  #connected(name: string): OpenConnection {
    const { definition } = this.clusters.require(name);
    const open = this.#open.get(name);
    if (open?.definition === definition) return open;
    if (open) this.#close(name);
    const proxy = this.connect(definition, (secret) => this.secrets.get(definition, secret));
    const connection: OpenConnection = { definition, proxy };
    this.#open.set(name, connection);
    proxy.then(
      (opened) => {
        connection.opened = opened;
      },
      () => {
        // So that the next call tries again.
        if (this.#open.get(name) === connection) this.#open.delete(name);
      },
    );
    return connection;
  }

  /**
   * Has the next call to each cluster open a new connection. Requests under way continue on the
   * older one, because aborting them would leave their outcome unclear.
   */
  #renew(): void {
    for (const connection of this.#open.values()) this.#older.add(connection);
    this.#open.clear();
  }

  #closeChanged(): void {
    for (const { definition } of this.#all()) {
      const { name } = definition;
      if (this.clusters.get(name)?.definition !== definition) this.#close(name);
    }
  }

  #all(): readonly OpenConnection[] {
    return [...this.#open.values(), ...this.#older];
  }

  /** Closes the connections to a cluster and aborts their requests. */
  #close(name: string): void {
    for (const connection of this.#all()) {
      if (connection.definition.name !== name) continue;
      void connection.proxy.then((proxy) => proxy.dispose()).catch(() => undefined);
      this.#older.delete(connection);
    }
    this.#open.delete(name);
  }
}
