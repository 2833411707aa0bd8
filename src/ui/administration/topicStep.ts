import type { Ability } from '../../core/cluster/abilities';
import { type Target, withOnlyAble } from '../clusters/pick';
import type { Step } from '../dialogs/wizard';
import { pickTarget } from '../targets/pickTarget';
import type { AdministrationServices } from './services';

/** A topic to change; its texts are empty until it is chosen. */
export interface ChosenTopic {
  readonly cluster: string;
  readonly topic: string;
}

/**
 * Returns the topic that a command was called on, as far as it is given. Throws if its cluster does
 * not offer the ability.
 */
export function givenTopic(
  { connections }: Pick<AdministrationServices, 'connections'>,
  given: Target,
  ability: Ability,
): ChosenTopic {
  const { cluster = '', topic = '' } = withOnlyAble(given, connections, ability);
  return { cluster, topic };
}

/** Asks for the topic unless it is given. */
export function topicStep(
  { connections, targets }: AdministrationServices,
  given: ChosenTopic,
  question: { readonly ability: Ability; readonly placeholder: string },
): Step<ChosenTopic> {
  return {
    skip: () => given.topic !== '' && given.cluster !== '',
    ask: (state, context) =>
      pickTarget(context, connections, targets, {
        ...question,
        ...(given.cluster !== '' && { cluster: given.cluster }),
        ...(state.topic !== '' && { active: state }),
      }),
  };
}
