import type { Capabilities } from '../kafka';
import type { ClusterDefinition } from './definition';

/** An action on a cluster that its REST proxy may not support or its protection may forbid. */
export type Ability =
  'read' | 'produce' | 'createTopic' | 'deleteTopic' | 'alterTopic' | 'addPartitions';

/** Why a cluster does not offer something. */
export type Inability = 'read-only' | 'unsupported';

/** A cluster, and the abilities of its REST proxy. */
export interface Asked {
  readonly definition: Pick<ClusterDefinition, 'name' | 'protection'>;
  readonly capabilities: Capabilities;
}

/** Returns why a cluster does not offer an ability; `undefined` if it does. */
export function inabilityOf(
  { definition: { protection }, capabilities }: Asked,
  ability: Ability,
): Inability | undefined {
  if (capabilities[ability] === false) return 'unsupported';
  return ability !== 'read' && protection === 'readOnly' ? 'read-only' : undefined;
}
