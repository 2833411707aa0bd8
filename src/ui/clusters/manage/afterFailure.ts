import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { SetupStep } from '../../base/setupGuide';
import type { Action } from '../../dialogs/notify';
import { askPick, type Choice } from '../../dialogs/questions';
import { showResult } from '../../dialogs/result';
import { toRead } from '../../dialogs/toRead';
import { back, onlyStep } from '../../dialogs/wizard';
import { explain } from '../../words/report';
import { setupStepTitle } from '../../words/setupSteps';
import { sentences } from '../../words/sentences';
import { signInAnew, unlessCancelled } from '../azure/signIn';
import type { Verdict } from '../azure/verdict';
import { choiceQuestion, isOpen } from './choices';
import { askFieldAndMissing, type FieldRules } from './clusterFields';
import type { TestFailure, TestStep } from './connectionTest';
import { choices, type Draft, type Field, fieldsIn, toDefinition } from './draft';
import { labelOf } from './fieldQuestions';

/** The run of the wizard whose test has failed. */
interface FailedRun {
  readonly title: string;
  readonly rules: FieldRules;
  /** Looks a cluster up in Azure. Throws a `CancellationError` if the person gives up. */
  readonly judge: (definition: ClusterDefinition) => Promise<Verdict>;
  /** Continues with what was entered, once the person has left the wizard. */
  readonly resume: Action;
}

/**
 * Shows why the connection does not work. Returns what the person changes, which is nothing to test
 * again, or that the definition is to be saved as it is, or `back` to see all fields. Throws a
 * `CancellationError` if the person gives up, or goes to read the guide.
 */
export async function askAfterFailure(
  { title, rules, judge, resume }: FailedRun,
  draft: Draft,
  failure: TestFailure,
): Promise<'save' | typeof back | Partial<Draft>> {
  let verdict: Verdict | undefined;
  for (;;) {
    const next = await askNextStep(title, draft, failure, verdict);
    if (next === 'save' || next === back) return next;
    if (next === 'test') return {};
    if (next === 'log') {
      await vscode.commands.executeCommand('kafkaRest.showLog');
      continue;
    }
    if (next === 'azure') {
      verdict = await unlessCancelled(judge(toDefinition(draft)));
      continue;
    }
    if (next === 'person') {
      const signIn = signInAnew(draft.name, toDefinition(draft).signIn).then(() => ({}));
      const signedIn = await unlessCancelled(signIn);
      if (signedIn) return signedIn;
      continue;
    }
    if (typeof next === 'object') return readGuide(next.guide, resume);
    const answer = await askFieldAndMissing(next, draft, rules, onlyStep(title, true));
    if (answer !== back && answer !== undefined) return answer;
  }
}

/**
 * Opens the guide and leaves the wizard, which would cover it. What the guide says takes minutes
 * in Azure, so the person is told how to continue.
 */
async function readGuide(step: SetupStep, resume: Action): Promise<never> {
  await vscode.commands.executeCommand('kafkaRest.openSetupGuide', step);
  showResult(vscode.l10n.t('What you have entered is kept'), [resume]);
  throw new vscode.CancellationError();
}

/** What a person may do next. A field is to be changed; the guide opens at a step. */
type Next = 'test' | 'save' | 'log' | 'person' | 'azure' | Field | { readonly guide: SetupStep };

/** Says which step failed and why, and asks what to do about it. */
async function askNextStep(
  title: string,
  draft: Draft,
  { step, culprit, error }: TestFailure,
  verdict: Verdict | undefined,
): Promise<Next | typeof back> {
  const t = vscode.l10n.t;
  const { reason, advice, next = [] } = explain(error);
  const fields: readonly Field[] = [
    'endpoint',
    ...choices.filter(
      (choice) => isOpen(choiceQuestion(choice)) && !(draft.isRegistry && choice === 'dialect'),
    ),
    ...fieldsIn(draft, 'required'),
    ...fieldsIn(draft, 'optional'),
    'caFile',
  ];
  const change = (field: Field): Choice<Field> => ({
    label: t('Change: {0}', labelOf(draft, field)),
    iconPath: new vscode.ThemeIcon('edit'),
    choice: field,
  });
  const open = (step: { readonly guide: SetupStep }): Choice<Next> => ({
    label: t('Open setup guide: {0}', setupStepTitle(step.guide)),
    iconPath: new vscode.ThemeIcon('book'),
    choice: step,
  });
  const answer = await askPick<Next>(onlyStep(title, true), {
    placeholder: t('The connection does not work yet. What next?'),
    choices: [
      ...toRead(t('{0}: {1}', stepName(step), reason), sentences(advice), 'error'),
      ...(verdict ? inAzure(verdict) : []),
      ...(next.includes('checkInAzure')
        ? [
            {
              label: t('Check in Azure'),
              iconPath: new vscode.ThemeIcon('azure'),
              choice: 'azure' as const,
            },
          ]
        : []),
      ...(next.includes('signIn')
        ? [
            {
              label: t('Sign In'),
              iconPath: new vscode.ThemeIcon('sign-in'),
              choice: 'person' as const,
            },
          ]
        : []),
      ...(culprit ? [change(culprit)] : []),
      ...next.flatMap((step) => (typeof step === 'object' && 'guide' in step ? [open(step)] : [])),
      { label: t('Test again'), iconPath: new vscode.ThemeIcon('refresh'), choice: 'test' },
      { label: t('Save all the same'), iconPath: new vscode.ThemeIcon('save'), choice: 'save' },
      { label: t('Show Log'), iconPath: new vscode.ThemeIcon('output'), choice: 'log' },
      ...fields.filter((field) => field !== culprit).map(change),
    ],
    active: (choice) => choice === (next[0] === 'signIn' ? 'person' : (culprit ?? 'test')),
  });
  if (answer === undefined) throw new vscode.CancellationError();
  return answer;
}

function inAzure({ message, advice, severity }: Verdict): readonly Choice<never>[] {
  return toRead(message, sentences(advice), severity === 'information' ? 'info' : 'warning');
}

function stepName(step: TestStep): string {
  const t = vscode.l10n.t;
  switch (step) {
    case 'address':
      return t('Address');
    case 'tls':
      return t('TLS certificate');
    case 'signIn':
      return t('Sign-in');
    case 'permission':
      return t('Permission');
    case 'api':
      return t('REST API');
  }
}
