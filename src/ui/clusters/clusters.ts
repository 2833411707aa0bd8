import * as vscode from 'vscode';
import {
  type ClusterDefinition,
  parseName,
  type Protection,
  toSetting,
} from '../../core/cluster/definition';
import {
  allowsAll,
  type ClusterSource,
  type DefinedCluster,
  type EntryPlace,
  type InvalidEntry,
  withMarks,
  withProtection,
} from '../../core/cluster/settings';
import { object, string } from '../../core/schema';
import type { Agreements } from './agreements';
import { isSameSource, ownSource, readSetting, writeSetting } from './clusterSettings';
import { definitionRules } from './definitionRules';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';

const named = object({ name: string });

/** A cluster that is not in the settings and disappears when it stops. */
export type Temporary = 'emulator' | 'gateway';

/** The icon of each. */
export const temporaryIcons = { emulator: 'beaker', gateway: 'plug' } as const;

export interface Cluster {
  /** Stays the same object until the definition changes. */
  readonly definition: ClusterDefinition;
  /** Missing for a cluster of the settings. */
  readonly temporary?: Temporary;
  /** Where the settings define it; missing for an emulator or a gateway. */
  readonly place?: EntryPlace;
}

/**
 * The clusters: those of the setting `kafkaRest.clusters`, wherever it stands, and the emulators
 * while they run.
 */
export class ClusterStore {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;
  /** The emulators and gateways that run. */
  #running: readonly (Cluster & { readonly temporary: Temporary })[] = [];
  #settings: ReturnType<typeof readSetting>;

  /** Fires with the cluster that changed, or with `undefined` when the list changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly agreements: Agreements) {
    this.#settings = this.#read();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.clusters')) this.#reload();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#reload();
      }),
      // A window that gets a second folder reads the settings of each.
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#reload();
      }),
    );
  }

  /**
   * Lists the clusters. While an emulator runs, it hides a cluster of the settings with its name.
   */
  list(): readonly Cluster[] {
    const own = this.#settings.clusters.map(({ definition, source, index }) => {
      return { definition, place: { source, index } };
    });
    if (this.#running.length === 0) return own;
    const names = new Set(this.#running.map(({ definition }) => definition.name));
    return [...this.#running, ...own.filter(({ definition }) => !names.has(definition.name))];
  }

  /** Lists the clusters of the settings, including those that an emulator hides. */
  defined(): readonly ClusterDefinition[] {
    return this.#settings.clusters.map(({ definition }) => definition);
  }

  /** Lists the entries of the setting that cannot be used. */
  invalid(): readonly InvalidEntry[] {
    return this.#settings.invalid;
  }

  /** Lists the clusters of the workspace that the person has not agreed to use. */
  offered(): readonly DefinedCluster[] {
    return this.#settings.offered;
  }

  /** Uses a cluster that was offered, now and whenever this workspace defines it in this way. */
  async use({ asWritten }: DefinedCluster): Promise<void> {
    await this.agreements.add(asWritten);
    this.#reload();
  }

  get(name: string): Cluster | undefined {
    return this.list().find(({ definition }) => definition.name === name);
  }

  /** Returns whether a cluster has the name, or an entry that is not used or cannot be used. */
  isTaken(name: string): boolean {
    return (
      this.get(name) !== undefined ||
      this.defined().some((definition) => definition.name === name) ||
      this.offered().some(({ definition }) => definition.name === name) ||
      this.invalid().some((entry) => entry.name === name)
    );
  }

  /** As `get`, but throws a `UserError` if there is no such cluster. */
  require(name: string): Cluster {
    const cluster = this.get(name);
    if (cluster) return cluster;
    throw this.notFound(name);
  }

  /** Returns the failure of whoever needs a cluster that there is not. */
  notFound(name: string): UserError {
    const t = vscode.l10n.t;
    if (this.offered().some(({ definition }) => definition.name === name)) {
      return new UserError(
        t('{0} of this workspace is not in use yet', name),
        t('Look at what it would connect to, and agree to use it'),
        runs(t('Use This Cluster...'), 'useCluster', { cluster: name }),
      );
    }
    return new UserError(
      t('there is no cluster {0}', name),
      t('Look at kafkaRest.clusters in the settings'),
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
   * Saves a definition in the settings of a place. Replaces the older definition there if that is
   * named. Members of the older one that this version does not know stay in the settings. The
   * person agrees to use what they save.
   */
  async save(
    definition: ClusterDefinition,
    source: ClusterSource,
    replaced?: string,
  ): Promise<void> {
    await this.#agree(source, definition);
    await writeSetting(source, (entries) => {
      const index = entries.findIndex((entry) => nameOf(entry) === replaced);
      return replaced === undefined || index < 0
        ? [...entries, toSetting(definition, definitionRules)]
        : entries.with(index, toSetting(definition, definitionRules, entries[index]));
    });
    await this.#markOwn(source, (entries) => {
      const marked = withMarks(entries, definition, definitionRules);
      return allowsAll(marked, definition, definitionRules)
        ? marked
        : [...marked, toSetting(definition, definitionRules)];
    });
    this.announce(definition.name);
  }

  /**
   * Changes the protection of a cluster, both where it is defined and in the user's own settings.
   */
  async protect(name: string, protection: Protection): Promise<void> {
    const { definition, place } = this.require(name);
    if (!place) return;
    await this.#agree(place.source, { ...definition, protection }, definition);
    await writeSetting(place.source, (entries) =>
      entries.map((entry) => (nameOf(entry) === name ? withProtection(entry, protection) : entry)),
    );
    await this.#markOwn(place.source, (entries) =>
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

  /** Removes a definition from where it stands. */
  async remove(name: string): Promise<void> {
    const { place } = this.require(name);
    if (!place) return;
    await writeSetting(place.source, (entries) =>
      entries.filter((entry) => nameOf(entry) !== name),
    );
    this.announce(name);
  }

  async #agree(
    source: ClusterSource,
    definition: ClusterDefinition,
    replaced?: ClusterDefinition,
  ): Promise<void> {
    if (!isSameSource(source, ownSource)) await this.agreements.add(definition, replaced);
  }

  /** Changes the user's own settings for what other settings may not decide. */
  async #markOwn(
    source: ClusterSource,
    change: (entries: readonly unknown[]) => readonly unknown[],
  ): Promise<void> {
    if (!isSameSource(source, ownSource)) await writeSetting(ownSource, change);
  }

  /** Shows an emulator or a gateway as a cluster until the result is disposed of. */
  showTemporary(definition: ClusterDefinition, temporary: Temporary): vscode.Disposable {
    const cluster = { definition, temporary };
    this.#running = [...this.#running, cluster];
    this.#changed.fire(undefined);
    return new vscode.Disposable(() => {
      if (!this.#running.includes(cluster)) return;
      this.#running = this.#running.filter((each) => each !== cluster);
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
    const read = this.#read();
    this.#settings = {
      ...read,
      clusters: read.clusters.map((each) => {
        return {
          ...each,
          definition: before.get(JSON.stringify(each.definition)) ?? each.definition,
        };
      }),
    };
    this.#changed.fire(undefined);
  }

  #read(): ReturnType<typeof readSetting> {
    return readSetting((asWritten) => this.agreements.has(asWritten));
  }
}

function nameOf(entry: unknown): string | undefined {
  const { name = '' } = named(entry) ?? {};
  return parseName(name).value;
}
