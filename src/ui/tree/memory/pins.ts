import type * as vscode from 'vscode';
import { array, knownMembers, string } from '../../../core/schema';

const KEY = 'kafkaRest.pinnedTopics';
const saved = knownMembers(string, array(string));

/** The topics that a person has pinned, by the name of their cluster. */
export class Pins {
  /** `changed` is told the cluster whose pins have changed. */
  constructor(
    private readonly state: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly changed: (cluster: string) => void,
  ) {}

  of(cluster: string): ReadonlySet<string> {
    return new Set(this.#all().get(cluster));
  }

  async set(cluster: string, topics: readonly string[], isPinned: boolean): Promise<void> {
    const pinned = new Set(this.of(cluster));
    for (const topic of topics) {
      if (isPinned) pinned.add(topic);
      else pinned.delete(topic);
    }
    const all = this.#all().set(cluster, [...pinned]);
    if (pinned.size === 0) all.delete(cluster);
    await this.state.update(KEY, Object.fromEntries(all));
    this.changed(cluster);
  }

  #all(): Map<string, readonly string[]> {
    const entries = Object.entries(saved(this.state.get(KEY)) ?? {});
    return new Map(entries.map(([cluster, topics]) => [cluster, topics ?? []]));
  }
}
