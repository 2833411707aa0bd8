import type { Connections } from '../clusters/connections';
import type { Answer, StepContext } from '../dialogs/wizard';
import { pickTarget, type TargetQuestion } from '../targets/pickTarget';
import type { Targets, TopicTarget } from '../targets/targets';
import { isCancelled } from '../words/report';

/**
 * Asks for a topic, and for the secrets of its cluster that are not stored here, because a page
 * cannot ask for them. Giving up there leads back, as in the question itself.
 */
export async function askTarget(
  context: StepContext,
  connections: Connections,
  targets: Targets,
  question: TargetQuestion,
): Promise<Answer<TopicTarget>> {
  for (;;) {
    const answer = await pickTarget(context, connections, targets, question);
    if (typeof answer !== 'object') return answer;
    try {
      await connections.ready(answer.cluster);
      return answer;
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  }
}
