import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { notify } from '../dialogs/notify';
import {
  askField,
  type Draft,
  emptyDraft,
  type Field,
  fieldQuestions,
  type FieldRules,
  toDefinition,
} from './clusterFields';
import type { Cluster, ClusterStore } from './clusters';
import type { ConnectToRead } from './connection';
import { type TestFailure, testConnection, type TestResult, type TestStep } from './connectionTest';
import { withProgress } from '../dialogs/progress';
import { askProtection, confirmLowering, describeProtection } from './protectCluster';
import { explain } from '../words/report';
import {
  type Answer,
  askPick,
  back,
  type Choice,
  runWizard,
  type Step,
  type StepContext,
} from '../dialogs/wizard';

/**
 * Asks for a cluster, tests the connection, mends what the person changes, and saves it.
 * `edited` is the cluster to edit: its fields are the defaults, and its secret may stay as
 * long as it goes to the same address and identity.
 */
export async function addCluster(
  clusters: ClusterStore,
  connect: ConnectToRead,
  edited?: Cluster,
): Promise<void> {
  const replaced = edited?.definition;
  const stored = edited && (await clusters.secretOf(edited));
  const rules: FieldRules = {
    isTaken: (name) => name !== replaced?.name && clusters.get(name) !== undefined,
    keepsSecret: (draft) => stored !== undefined && sameIdentity(toDefinition(draft), replaced),
  };
  const title = replaced
    ? vscode.l10n.t('Edit Cluster {0}', replaced.name)
    : vscode.l10n.t('Add Cluster');
  const field = (name: Field): Step<Draft> => ({
    ask: (draft, context) => askField(name, draft, rules, context),
  });
  const steps = [
    field('name'),
    field('endpoint'),
    field('tenantId'),
    field('clientId'),
    field('secret'),
    { ask: (draft: Draft, context: StepContext) => askOptions(draft, rules, context) },
  ];
  let draft = await runWizard(title, { ...emptyDraft, ...replaced }, steps);

  for (;;) {
    const definition = toDefinition(draft);
    const secret = draft.secret || (rules.keepsSecret(draft) ? (stored ?? '') : '');
    const result = await testWithProgress(connect, definition, secret);
    const next = result.ok ? 'save' : await askAfterFailure(title, result.failure);
    if (next === 'save') {
      if (replaced) await confirmLowering(replaced, definition.protection);
      await clusters.save(definition, secret, replaced?.name);
      void notify('information', savedMessage(definition, result));
      return;
    }
    if (next !== 'test') {
      const context = { title, step: 1, totalSteps: 1, canGoBack: true };
      const answer = await askField(next, draft, rules, context);
      if (answer !== back) draft = { ...draft, ...answer };
    }
  }
}

/** Whether two definitions send the secret to the same place for the same application. */
function sameIdentity(a: ClusterDefinition, b: ClusterDefinition | undefined): boolean {
  const identity = (d: ClusterDefinition) =>
    [new URL(d.endpoint).origin, d.authority, d.tenantId, d.clientId].join(' ');
  return b !== undefined && identity(a) === identity(b);
}

const optionFields = ['authority', 'scope', 'caFile'] as const;

/** Offers to go on, or to change what has a good default. */
async function askOptions(
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  let options: Partial<Draft> = {};
  for (;;) {
    const current = { ...draft, ...options };
    const questions = fieldQuestions();
    const choice = await askPick<'go' | 'protection' | Field>(context, {
      placeholder: vscode.l10n.t('These defaults fit most clusters'),
      choices: [
        {
          label: vscode.l10n.t('Test the connection and save'),
          iconPath: new vscode.ThemeIcon('check'),
          choice: 'go',
        },
        ...optionFields.map((field): Choice<Field> => ({
          label: questions[field].label,
          description: current[field] || vscode.l10n.t('none'),
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
  return answer === back || answer === undefined ? answer : { protection: answer };
}

function testWithProgress(
  connect: ConnectToRead,
  definition: ClusterDefinition,
  secret: string,
): Promise<TestResult> {
  const title = vscode.l10n.t('Testing the connection to {0}', definition.name);
  return withProgress(title, (signal) => testConnection(connect, definition, secret, signal));
}

/** Says which step failed and why, and asks what to do about it. Throws if the person gives up. */
async function askAfterFailure(
  title: string,
  { step, culprit, error }: TestFailure,
): Promise<'test' | 'save' | Field> {
  const t = vscode.l10n.t;
  const { reason, advice } = explain(error);
  const fields: readonly Field[] = [
    'endpoint',
    'tenantId',
    'clientId',
    'secret',
    'authority',
    'scope',
    'caFile',
  ];
  const questions = fieldQuestions();
  const change = (field: Field): Choice<Field> => ({
    label: t('Change: {0}', questions[field].label),
    iconPath: new vscode.ThemeIcon('edit'),
    choice: field,
  });
  const answer = await askPick<'test' | 'save' | Field>(
    { title, step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: t('The connection does not work yet. What next?'),
      choices: [
        {
          label: t('{0}: {1}', stepName(step), reason),
          detail: t('{0}.', advice),
          iconPath: new vscode.ThemeIcon('error'),
        },
        ...(culprit ? [change(culprit)] : []),
        { label: t('Test again'), iconPath: new vscode.ThemeIcon('refresh'), choice: 'test' },
        { label: t('Save all the same'), iconPath: new vscode.ThemeIcon('save'), choice: 'save' },
        ...fields.filter((field) => field !== culprit).map(change),
      ],
      active: (choice) => choice === (culprit ?? 'test'),
    },
  );
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

function savedMessage({ name }: ClusterDefinition, result: TestResult): string {
  return result.ok
    ? vscode.l10n.t(
        'Connected to {0}: {1} topics, {2} brokers.',
        name,
        result.topics,
        result.brokers,
      )
    : vscode.l10n.t('Saved {0}, which cannot be reached yet.', name);
}

function stepName(step: TestStep): string {
  const t = vscode.l10n.t;
  switch (step) {
    case 'address':
      return t('Address');
    case 'tls':
      return t('TLS certificate');
    case 'token':
      return t('Token');
    case 'membership':
      return t('Group membership');
    case 'api':
      return t('REST API');
  }
}
