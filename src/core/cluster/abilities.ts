import type { Capabilities } from '../kafka';
import type { ClusterDefinition } from './definition';

/** What a person may want of a cluster, and not every one offers: its REST proxy or its protection. */
export type Ability = 'read' | 'produce' | 'createTopic';

/** Why a cluster does not offer something. */
export type Inability = 'read-only' | 'unsupported';

/** The cluster that is asked, and what its REST proxy can do. */
export interface Asked {
  readonly definition: Pick<ClusterDefinition, 'name' | 'protection'>;
  readonly capabilities: Capabilities;
}

/** Why a cluster does not offer an ability; nothing where it does. */
export function inabilityOf(
  { definition: { protection }, capabilities }: Asked,
  ability: Ability,
): Inability | undefined {
  if (capabilities[ability] === false) return 'unsupported';
  return ability !== 'read' && protection === 'readOnly' ? 'read-only' : undefined;
}
