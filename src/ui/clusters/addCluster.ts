import * as vscode from 'vscode';
import { methodOf } from '../../auth/methods/registry';
import type { Secrets, SecretSource } from '../../auth/methods/signInMethod';
import { isSameOwner } from '../../auth/secretStore';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { withProgress } from '../dialogs/progress';
import { askPick, type Choice } from '../dialogs/questions';
import { showResult } from '../dialogs/result';
import {
  type Answer,
  back,
  mapAnswer,
  onlyStep,
  runWizard,
  type Step,
  type StepContext,
} from '../dialogs/wizard';
import { clusterSize } from '../words/counts';
import { explain } from '../words/report';
import { sentences } from '../words/sentences';
import { choiceQuestion, choiceStep, isOpen } from './choices';
import { askField, type FieldRules, labelOf } from './clusterFields';
import type { Cluster, ClusterStore } from './clusters';
import { type TestFailure, testConnection, type TestResult, type TestStep } from './connectionTest';
import type { ConnectToRead } from './connect';
import {
  type ChoiceName,
  choices,
  chosenKind,
  type Draft,
  emptyDraft,
  type Field,
  fieldsOf,
  secretOf,
  textOf,
  toDefinition,
} from './draft';
import { askProtection, confirmLowering, describeProtection } from './protectCluster';
import type { ClusterSecrets } from './secrets';

/**
 * Asks for a cluster, tests the connection, asks again for fields that the person wants to change,
 * and saves it. `edited` is the cluster to edit: its fields are the defaults, and its
 * secrets are kept while they go to the same host for the same identity.
 */
export async function addCluster(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  connect: ConnectToRead,
  edited?: Cluster,
): Promise<void> {
  const replaced = edited?.definition;
  const stored = replaced ? await secrets.known(replaced) : {};
  const rules: FieldRules = {
    isTaken: (name) => name !== replaced?.name && clusters.get(name) !== undefined,
    keepsSecret: (draft, name) =>
      stored[name] !== undefined && !!replaced && isSameOwner(toDefinition(draft), replaced),
  };
  const title = replaced
    ? vscode.l10n.t('Edit Cluster {0}', replaced.name)
    : vscode.l10n.t('Add Cluster');
  let draft = await runWizard(title, { ...emptyDraft, ...replaced }, stepsOf(rules));

  for (;;) {
    draft = await askMissing(title, draft, rules);
    const definition = toDefinition(draft);
    const given = secretsOf(draft, rules, stored);
    const result = await testWithProgress(connect, definition, given);
    const next = result.ok ? 'save' : await askAfterFailure(title, draft, result.failure, rules);
    if (next === 'save') {
      if (replaced) await confirmLowering(clusters, replaced, definition.protection);
      await secrets.set(definition, given);
      await clusters.save(definition, replaced?.name);
      if (replaced) await secrets.remove(replaced, definition);
      showResult(savedMessage(definition, result));
      return;
    }
    draft = { ...draft, ...next };
  }
}

/**
 * The steps: the dialect, the name, the endpoint, the fields of the dialect, how to sign in, the
 * fields for that, and the rest on one page.
 */
function stepsOf(rules: FieldRules): readonly Step<Draft>[] {
  const step = (field: Field, skip?: (draft: Draft) => boolean): Step<Draft> => ({
    ...(skip && { skip }),
    ask: (draft, context) => askField(field, draft, rules, context),
  });
  const fieldSteps = (choice: ChoiceName) =>
    choiceQuestion(choice).kinds.flatMap((kind) =>
      fieldsOf(choice, kind, 'required').map((field) =>
        step(field, (draft) => draft[choice].kind !== kind.kind),
      ),
    );
  return [
    choiceStep(choiceQuestion('dialect')),
    step('name'),
    step('endpoint'),
    ...fieldSteps('dialect'),
    choiceStep(choiceQuestion('signIn')),
    ...fieldSteps('signIn'),
    { ask: (draft, context) => askOptions(draft, rules, context) },
  ];
}

/** Returns the fields of the chosen kinds that must be filled in, or those with a fallback. */
function fieldsIn(draft: Draft, which: 'required' | 'optional'): readonly Field[] {
  return choices.flatMap((choice) => fieldsOf(choice, chosenKind(choice, draft), which));
}

/** Returns the secrets that the draft needs: the typed ones, or the stored ones that it keeps. */
function secretsOf(draft: Draft, rules: FieldRules, stored: Secrets): Secrets {
  const names = Object.keys(methodOf(draft.signIn).secrets);
  return Object.fromEntries(
    names.map((name) => [
      name,
      draft.secrets[name] || (rules.keepsSecret(draft, name) ? stored[name] : undefined),
    ]),
  );
}

/** Asks for fields that a change made necessary, such as those of another way to sign in. */
async function askMissing(title: string, draft: Draft, rules: FieldRules): Promise<Draft> {
  const isMissing = (field: Field): boolean => {
    const secret = secretOf(draft, field);
    const isKept = secret !== undefined && rules.keepsSecret(draft, secret);
    return textOf(draft, field) === '' && !isKept;
  };
  let filled = draft;
  for (const field of fieldsIn(draft, 'required').filter(isMissing)) {
    const context = onlyStep(title);
    const answer = await askField(field, filled, rules, context);
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    filled = { ...filled, ...answer };
  }
  return filled;
}

/** Offers to continue, or to change fields that have a good default. */
async function askOptions(
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  let options: Partial<Draft> = {};
  for (;;) {
    const current = { ...draft, ...options };
    const fields: readonly Field[] = [...fieldsIn(current, 'optional'), 'caFile'];
    const choice = await askPick<'go' | 'protection' | Field>(context, {
      placeholder: vscode.l10n.t('These defaults fit most clusters'),
      choices: [
        {
          label: vscode.l10n.t('Test the connection and save'),
          iconPath: new vscode.ThemeIcon('check'),
          choice: 'go',
        },
        ...fields.map((field): Choice<Field> => ({
          label: labelOf(current, field),
          description: textOf(current, field) || vscode.l10n.t('none'),
          iconPath: new vscode.ThemeIcon('edit'),
          choice: field,
        })),
        {
          label: vscode.l10n.t('Protection'),
          description: describeProtection(current.protection).label,
          iconPath: new vscode.ThemeIcon('edit'),
          choice: 'protection',
        },
      ],
    });
    if (choice === back || choice === undefined) return choice;
    if (choice === 'go') return options;
    const inside = { ...context, canGoBack: true };
    const answer =
      choice === 'protection'
        ? await changeProtection(inside, current)
        : await askField(choice, current, rules, inside);
    if (answer === undefined) return undefined;
    if (answer !== back) options = { ...options, ...answer };
  }
}

async function changeProtection(
  context: StepContext,
  { protection }: Draft,
): Promise<Answer<Partial<Draft>>> {
  const answer = await askProtection(context, protection);
  return mapAnswer(answer, (protection) => ({ protection }));
}

function testWithProgress(
  connect: ConnectToRead,
  definition: ClusterDefinition,
  secrets: Secrets,
): Promise<TestResult> {
  const title = vscode.l10n.t('Testing the connection to {0}', definition.name);
  const secret: SecretSource = (name) => Promise.resolve(secrets[name]);
  return withProgress(title, (signal) => testConnection(connect, definition, secret, signal));
}

/**
 * Shows why the connection does not work. Returns what the person changes, which is nothing to test
 * again, or that the definition is to be saved as it is.
 */
async function askAfterFailure(
  title: string,
  draft: Draft,
  failure: TestFailure,
  rules: FieldRules,
): Promise<'save' | Partial<Draft>> {
  for (;;) {
    const next = await askNextStep(title, draft, failure);
    if (next === 'save') return next;
    if (next === 'test') return {};
    const answer = await askField(next, draft, rules, onlyStep(title, true));
    if (answer === undefined) throw new vscode.CancellationError();
    if (answer !== back) return answer;
  }
}

/** Says which step failed and why, and asks what to do about it. Throws if the person gives up. */
async function askNextStep(
  title: string,
  draft: Draft,
  { step, culprit, error }: TestFailure,
): Promise<'test' | 'save' | Field> {
  const t = vscode.l10n.t;
  const { reason, advice } = explain(error);
  const fields: readonly Field[] = [
    'endpoint',
    ...choices.filter((choice) => isOpen(choiceQuestion(choice))),
    ...fieldsIn(draft, 'required'),
    ...fieldsIn(draft, 'optional'),
    'caFile',
  ];
  const change = (field: Field): Choice<Field> => ({
    label: t('Change: {0}', labelOf(draft, field)),
    iconPath: new vscode.ThemeIcon('edit'),
    choice: field,
  });
  const answer = await askPick<'test' | 'save' | Field>(onlyStep(title), {
    placeholder: t('The connection does not work yet. What next?'),
    choices: [
      {
        label: t('{0}: {1}', stepName(step), reason),
        detail: sentences(advice),
        iconPath: new vscode.ThemeIcon('error'),
      },
      ...(culprit ? [change(culprit)] : []),
      { label: t('Test again'), iconPath: new vscode.ThemeIcon('refresh'), choice: 'test' },
      { label: t('Save all the same'), iconPath: new vscode.ThemeIcon('save'), choice: 'save' },
      ...fields.filter((field) => field !== culprit).map(change),
    ],
    active: (choice) => choice === (culprit ?? 'test'),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

function savedMessage({ name }: ClusterDefinition, result: TestResult): string {
  return result.ok
    ? vscode.l10n.t('Connected to {0}: {1}.', name, clusterSize(result.topics, result.brokers))
    : vscode.l10n.t('Saved {0}, which cannot be reached yet.', name);
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
