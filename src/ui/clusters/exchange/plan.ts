import type { ClusterDefinition } from '../../../core/cluster/definition';
import { type DefinedCluster, strictest } from '../../../core/cluster/settings';
import { isSameSource, ownSource } from '../clusterSettings';
import type { ClusterStore } from '../clusters';

/** What happens to a cluster of a file. */
export type Fate =
  | { readonly kind: 'skip' }
  | { readonly kind: 'add'; readonly name: string }
  /** Takes the place of the person's own cluster with its name. */
  | { readonly kind: 'replace' };

/** A cluster of a file, and what the person wants with it. */
export interface Planned {
  readonly definition: ClusterDefinition;
  readonly fate: Fate;
}

/** Returns what is planned before the person says anything: what has a name to itself is added. */
export function planFor(
  imported: readonly DefinedCluster[],
  clusters: ClusterStore,
): readonly Planned[] {
  return imported.map(({ definition }) => {
    const { name } = definition;
    return { definition, fate: clusters.isTaken(name) ? { kind: 'skip' } : { kind: 'add', name } };
  });
}

/** Returns the person's own cluster with the name, which an imported one may replace. */
export function replaceable(name: string, clusters: ClusterStore): ClusterDefinition | undefined {
  const cluster = clusters.get(name);
  if (!cluster?.place || !isSameSource(cluster.place.source, ownSource)) return undefined;
  return cluster.definition;
}

/** Returns the definition to save, at least as protected as the one that it replaces. */
export function toSave(
  { definition, fate }: Planned,
  replaced: ClusterDefinition | undefined,
): ClusterDefinition {
  const name = fate.kind === 'add' ? fate.name : definition.name;
  const { schemaRegistry: registry } = definition;
  const before = replaced?.schemaRegistry;
  return {
    ...definition,
    name,
    ...atLeast(definition, replaced),
    ...(registry && { schemaRegistry: { ...registry, ...atLeast(registry, before) } }),
  };
}

function atLeast(
  { protection }: Pick<ClusterDefinition, 'protection'>,
  replaced: Pick<ClusterDefinition, 'protection'> | undefined,
): Pick<ClusterDefinition, 'protection'> {
  return { protection: strictest([protection, ...(replaced ? [replaced.protection] : [])]) };
}

/** Returns whether a name is free, in the settings and among what is to be added. */
export function isFree(name: string, plan: readonly Planned[], clusters: ClusterStore): boolean {
  const isPlanned = plan.some(({ fate }) => fate.kind === 'add' && fate.name === name);
  return !isPlanned && !clusters.isTaken(name);
}
