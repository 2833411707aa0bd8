import * as vscode from 'vscode';
import {
  type Answer,
  back,
  mapAnswer,
  onlyStep,
  type Step,
  type StepContext,
} from '../../dialogs/wizard';
import { capitalise } from '../../words/sentences';
import { explain } from '../../words/report';
import { askChoice, choiceQuestion, choiceStep, isOpen } from './choices';
import { askField, type FieldRules } from './clusterFields';
import { type ChoiceName, type Draft, type Field, fieldsOf, suggestionFor } from './draft';
import { askBeginning } from './firstQuestion';
import type { Unfinished } from './unfinished';

/**
 * Returns the steps up to the page with all fields: `first`, the rest of kind and endpoint of the
 * REST proxy, the fields of the dialect, how to sign in, and
 * the fields for that. Skips those that were answered before, and the kind if it is recognised.
 */
export function stepsOf(
  rules: FieldRules,
  unfinished: Unfinished,
  first: Step<Draft>,
): readonly Step<Draft>[] {
  const answered = unfinished.answered();
  const isContinued = !unfinished.isEmpty;
  const kept = (field: Field, question: Step<Draft>): Step<Draft> => ({
    skip: (draft) => answered.has(field) || question.skip?.(draft) === true,
    ask: async (draft, context): Promise<Answer<Partial<Draft>>> => {
      const answer = await question.ask(draft, context);
      const isAnswer = answer !== back && answer !== undefined;
      if (isAnswer) unfinished.answer(field, { ...draft, ...answer });
      return answer;
    },
  });
  const step = (field: Field, skip: Step<Draft>['skip'] = () => false) =>
    kept(field, {
      skip,
      ask: (draft, context) => askField(field, draft, rules, context, unfinished),
    });
  const fieldSteps = (choice: ChoiceName) =>
    choiceQuestion(choice).kinds.flatMap((kind) => [
      ...fieldsOf(choice, kind, 'required').map((field) =>
        step(
          field,
          (draft) =>
            draft[choice].kind !== kind.kind || (field === 'signIn.tenantId' && isFound(draft)),
        ),
      ),
      ...fieldsOf(choice, kind, 'optional').map((field) =>
        step(
          field,
          (draft) => draft[choice].kind !== kind.kind || suggestionFor(draft, field) === undefined,
        ),
      ),
    ]);
  const isFound = ({ azure }: Draft) => azure !== undefined;
  const [endpoint, unrecognised] = untilDecided(step('endpoint', isFound), unfinished);
  return [
    // A person who continues with what they have begun has answered it.
    { ...first, skip: () => isContinued },
    endpoint,
    kept('dialect', {
      ...unrecognised,
      skip: (draft) => isFound(draft) || unrecognised.skip?.(draft) === true,
    }),
    ...fieldSteps('dialect'),
    kept('signIn', choiceStep(choiceQuestion('signIn'))),
    ...fieldSteps('signIn'),
  ];
}

/** Finds the cluster to add, and returns what is known of it. */
export type FindCluster = (context: StepContext) => Promise<Answer<Partial<Draft>>>;

/** Asks for the kind, the address or a cluster that is found. */
export function firstStep(unfinished: Unfinished, find: FindCluster): Step<Draft> {
  const found = foundStep(unfinished, find);
  const ask: Step<Draft>['ask'] = async (draft, context) => {
    const beginning = await askBeginning(draft, context, (address) => {
      unfinished.set('endpoint', address);
    });
    if (beginning === back || beginning === undefined) return beginning;
    if ('from' in beginning) {
      const answer = await found.ask(draft, { ...context, canGoBack: true });
      return answer === back ? ask(draft, context) : answer;
    }
    if ('address' in beginning) {
      unfinished.confirm('endpoint', beginning.address);
      return { decidedBy: 'nobody', azure: undefined };
    }
    const change = { ...choiceQuestion('dialect').change(draft, beginning.kind), azure: undefined };
    unfinished.answer('dialect', { ...draft, ...change });
    unfinished.forget('endpoint');
    return change;
  };
  return { ask };
}

/** Asks for a cluster that is found. */
export function foundStep(unfinished: Unfinished, find: FindCluster): Step<Draft> {
  return {
    ask: async (draft, context) =>
      // How many questions it takes is not known before, so they are not counted.
      mapAnswer(await find(onlyStep(context.title, context.canGoBack)), (found) => {
        unfinished.answer('endpoint', { ...draft, ...found });
        return found;
      }),
  };
}

/**
 * Returns the step for the endpoint, and one that asks for the kind if nobody has chosen it and
 * nothing at the endpoint was recognised.
 */
function untilDecided(
  endpoint: Step<Draft>,
  unfinished: Unfinished,
): readonly [endpoint: Step<Draft>, dialect: Step<Draft>] {
  const question = choiceQuestion('dialect');
  // The state does not tell whether to ask, because the answer changes it.
  let isDecided = unfinished.draft.decidedBy !== 'nobody';
  const ask: Step<Draft>['ask'] = async (draft, context) => {
    const answer = await endpoint.ask(draft, context);
    if (answer !== back && answer !== undefined) {
      isDecided = (answer.decidedBy ?? draft.decidedBy) !== 'nobody';
    }
    return answer;
  };
  return [
    { ...endpoint, ask },
    {
      skip: () => isDecided || !isOpen(question),
      ask: (draft, context) => {
        return askChoice({ ...question, prompt: whichKind(draft) }, draft, context);
      },
    },
  ];
}

/** Returns the question for the kind, with why it is asked. */
function whichKind({ endpoint, silence }: Draft): string {
  const t = vscode.l10n.t;
  const { host } = new URL(endpoint);
  if (!silence) return t('Which kind of REST proxy is at {0}? Its responses do not tell', host);
  const { reason } = explain(silence);
  return t('{0}. Go back to change the address, or choose the kind', capitalise(reason));
}
