import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import { type ClusterDefinition, toSetting } from '../../core/cluster/definition';
import { fallback, known, string } from '../../core/schema';
import { definitionRules } from './definitionRules';

const AGREED_KEY = 'kafkaRest.agreedClusters';
const TOLD_KEY = 'kafkaRest.offeredClusters';

/** How many definitions are remembered, the last ones. */
const MAX_REMEMBERED = 500;

/**
 * The clusters of a workspace that the person has agreed to use, and those that were offered. Each
 * is remembered as a hash of its whole definition, so that a changed definition counts as another.
 */
export class Agreements {
  /** `state` is that of the workspace. */
  constructor(private readonly state: vscode.Memento) {}

  /** Returns whether the person has agreed to use a cluster with exactly this definition. */
  has(definition: ClusterDefinition): boolean {
    return this.#hashes(AGREED_KEY).includes(hashOf(definition));
  }

  /** Agrees to a definition, and no longer to the one that it replaces. */
  async add(definition: ClusterDefinition, replaced?: ClusterDefinition): Promise<void> {
    await this.#remember(AGREED_KEY, [definition], replaced);
  }

  /** Returns those of some definitions that were not offered before, and remembers them. */
  async newOf(definitions: readonly ClusterDefinition[]): Promise<readonly ClusterDefinition[]> {
    const told = this.#hashes(TOLD_KEY);
    const unknown = definitions.filter((definition) => !told.includes(hashOf(definition)));
    if (unknown.length > 0) await this.#remember(TOLD_KEY, unknown);
    return unknown;
  }

  #hashes(key: string): readonly string[] {
    return fallback(known(string), [])(this.state.get(key));
  }

  async #remember(
    key: string,
    definitions: readonly ClusterDefinition[],
    replaced?: ClusterDefinition,
  ): Promise<void> {
    const before = new Set(this.#hashes(key));
    if (replaced) before.delete(hashOf(replaced));
    const hashes = new Set([...before, ...definitions.map(hashOf)]);
    await this.state.update(key, [...hashes].slice(-MAX_REMEMBERED));
  }
}

/** What is left at its default does not count, so that a later version may add to definitions. */
function hashOf(definition: ClusterDefinition): string {
  const text = JSON.stringify(toSetting(definition, definitionRules), inOrder);
  return createHash('sha256').update(text).digest('hex');
}

/** Has the members of objects written in the order of their names. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members: readonly [string, unknown][] = Object.entries(value);
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
