import * as vscode from 'vscode';
import { type ClusterDefinition, type Protection, toSetting } from '../../core/cluster/definition';
import { isUnencrypted } from '../../core/cluster/endpoint';
import { type InvalidEntry, withMarks, withProtection } from '../../core/cluster/settings';
import { object, string } from '../../core/schema';
import { readSetting, writeOwnSetting, writeSetting } from './clusterSettings';
import { definitionRules } from './definitionRules';
import { UserError } from '../words/report';

const named = object({ name: string });

export interface Cluster {
  /** Stays the same object until the definition changes. */
  readonly definition: ClusterDefinition;
  /** Whether this is the emulator, which is not in the settings and disappears when it stops. */
  readonly emulator: boolean;
}

/** The clusters: those of the setting `kafkaRest.clusters`, and the emulator while it runs. */
export class ClusterStore {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;
  #emulator: ClusterDefinition | undefined;
  #settings = readSetting();

  /** Fires with the cluster that changed, or with `undefined` when the list changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.clusters')) this.#reload();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#reload();
      }),
    );
  }

  /**
   * Lists the clusters. While the emulator runs, it hides a cluster of the settings with its name.
   */
  list(): readonly Cluster[] {
    const own = this.defined().map((definition) => ({ definition, emulator: false }));
    const definition = this.#emulator;
    if (!definition) return own;
    const others = own.filter((each) => each.definition.name !== definition.name);
    return [{ definition, emulator: true }, ...others];
  }

  /** Lists the clusters of the settings, including one that the emulator hides. */
  defined(): readonly ClusterDefinition[] {
    return this.#settings.definitions;
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
      { setting: 'kafkaRest.clusters' },
      'addCluster',
    );
  }

  /**
   * Throws a `UserError` if a definition has been changed or removed, so that an answer that a
   * person gave for it no longer counts.
   */
  requireUnchanged(definition: ClusterDefinition): void {
    const { name } = definition;
    if (this.get(name)?.definition === definition) return;
    throw new UserError(
      vscode.l10n.t('the definition of {0} has changed meanwhile', name),
      vscode.l10n.t('Look at kafkaRest.clusters in the settings, and try again'),
      'tryAgain',
      { setting: 'kafkaRest.clusters' },
    );
  }

  /**
   * Saves a definition. Replaces the older definition if that is named. Members of the older one
   * that this version does not know stay in the settings.
   */
  async save(definition: ClusterDefinition, replaced?: string): Promise<void> {
    await writeSetting((entries) => {
      const index = entries.findIndex((entry) => nameOf(entry) === replaced);
      return replaced === undefined || index < 0
        ? [...entries, toSetting(definition, definitionRules)]
        : entries.with(index, toSetting(definition, definitionRules, entries[index]));
    });
    await writeOwnSetting((entries) => {
      const marked = withMarks(entries, definition, definitionRules);
      const isThere = marked.some((entry, index) => entry !== entries[index]);
      return isUnencrypted(definition.endpoint) && !isThere
        ? [...entries, toSetting(definition, definitionRules)]
        : marked;
    });
    this.announce(definition.name);
  }

  /**
   * Changes the protection of a cluster, both where it is defined and in the user's own settings.
   */
  async protect(name: string, protection: Protection): Promise<void> {
    const { definition } = this.require(name);
    await writeSetting((entries) =>
      entries.map((entry) => (nameOf(entry) === name ? withProtection(entry, protection) : entry)),
    );
    await writeOwnSetting((entries) =>
      withMarks(entries, { ...definition, protection }, definitionRules),
    );
    this.#reload();
    if (this.get(name)?.definition.protection === protection) return;
    throw new UserError(
      vscode.l10n.t('your own settings protect the host of {0}', name),
      vscode.l10n.t('Look at kafkaRest.clusters in the user settings'),
      { setting: 'kafkaRest.clusters' },
    );
  }

  /** Removes a definition. */
  async remove(name: string): Promise<void> {
    await writeSetting((entries) => entries.filter((entry) => nameOf(entry) !== name));
    this.announce(name);
  }

  /** Shows the emulator as a cluster until the result is disposed of. */
  showEmulator(definition: ClusterDefinition): vscode.Disposable {
    this.#emulator = definition;
    this.#changed.fire(undefined);
    return new vscode.Disposable(() => {
      if (this.#emulator !== definition) return;
      this.#emulator = undefined;
      this.announce(definition.name);
      this.#changed.fire(undefined);
    });
  }

  /** Tells the listeners that a cluster has changed, for example its secret. */
  announce(name: string): void {
    this.#changed.fire(name);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #reload(): void {
    const before = new Map(this.defined().map((each) => [JSON.stringify(each), each]));
    const { definitions, invalid } = readSetting();
    this.#settings = {
      definitions: definitions.map((each) => before.get(JSON.stringify(each)) ?? each),
      invalid,
    };
    this.#changed.fire(undefined);
  }
}

function nameOf(entry: unknown): string | undefined {
  return named(entry)?.name;
}
