import * as vscode from 'vscode';
import { extraNames, usesExtras } from '../../../auth/methods/extras';
import type { ClusterSource } from '../../../core/cluster/settings';
import type { Page, PageHeading, PageRow } from '../../dialogs/page';
import { askPick } from '../../dialogs/questions';
import { type Answer, back, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { sourceWords } from '../../words/clusterSource';
import { isSameSource, ownSource } from '../clusterSettings';
import { choiceQuestion, isOpen } from './choices';
import {
  askFieldAndMissing,
  type FieldRules,
  isKept,
  missingFields,
  type Typing,
} from './clusterFields';
import {
  chosenKind,
  type Draft,
  type Field,
  fieldOf,
  fieldsOf,
  isChoice,
  isExtraField,
  secretOf,
  textOf,
} from './draft';
import { labelOf, questionFor } from './fieldQuestions';
import { evidenceFor } from './recognise';
import { askProtection, describeProtection } from './protectCluster';
import type { Unfinished } from './unfinished';

/**
 * Returns the page with all fields of a cluster, which tests the connection and saves it.
 * `unfinished` keeps what the person has changed and typed.
 */
export function clusterPage(
  rules: FieldRules,
  isNew: boolean,
  unfinished: Unfinished,
): Page<Draft> {
  const t = vscode.l10n.t;
  return {
    placeholder: (draft) => {
      unfinished.draft = draft;
      return isNew ? t('These defaults fit most clusters') : t('What is to be changed?');
    },
    go: (draft) => ({
      label: draft.isRegistry
        ? t('Test the connection and use it')
        : t('Test the connection and save'),
      iconPath: new vscode.ThemeIcon('check'),
      refused: refusalOf(draft, rules),
    }),
    rows: (draft) => rowsOf(draft, rules, isNew, unfinished),
  };
}

function refusalOf(draft: Draft, rules: FieldRules): string | undefined {
  const [missing] = missingFields(draft, rules);
  return missing && vscode.l10n.t('This is missing: {0}', labelOf(draft, missing));
}

function rowsOf(
  draft: Draft,
  rules: FieldRules,
  isNew: boolean,
  typing: Typing,
): readonly (PageRow<Draft> | PageHeading)[] {
  const t = vscode.l10n.t;
  const row = (field: Field): PageRow<Draft> => ({
    label: labelOf(draft, field),
    description: describe(draft, field, rules),
    ask: (draft, context) => askFieldAndMissing(field, draft, rules, context, typing),
  });
  const rows = (fields: readonly Field[]) => fields.map(row);
  const kindFields = (choice: 'dialect' | 'signIn', which: 'required' | 'optional') =>
    fieldsOf(choice, chosenKind(choice, draft), which);
  const required = kindFields('signIn', 'required');
  const signInFields = [...required, ...kindFields('signIn', 'optional')];
  const hasExtraRows = usesExtras(draft.signIn) || required.some(isExtraField);
  const ofProxy: readonly Field[] = [
    ...(isOpen(choiceQuestion('dialect')) ? ['dialect' as const] : []),
    ...kindFields('dialect', 'required'),
    ...kindFields('dialect', 'optional'),
  ];
  return [
    ...rows(draft.isRegistry ? ['endpoint'] : ['name', 'endpoint', ...ofProxy]),
    { heading: labelOf(draft, 'signIn') },
    ...rows(['signIn', ...signInFields.filter((field) => !isExtraField(field))]),
    ...(hasExtraRows ? rows(extraFields(draft)) : [extrasRow(rules, typing)]),
    { heading: t('More') },
    row('caFile'),
    {
      label: t('Protection'),
      description: describeProtection(draft.protection).label,
      ask: async ({ protection, isRegistry }, context) =>
        mapAnswer(await askProtection(context, protection, isRegistry), (protection) => ({
          protection,
        })),
    },
    ...(draft.isRegistry ? [] : [registryRow(draft, rules), ...sourceRow(draft, isNew)]),
  ];
}

function registryRow({ schemaRegistry }: Draft, rules: FieldRules): PageRow<Draft> {
  const t = vscode.l10n.t;
  return {
    label: t('Schema registry'),
    description: schemaRegistry?.endpoint ?? t('none'),
    ask: rules.askRegistry,
  };
}

/** Returns the fields and secrets of the client certificate and the extra headers, in order. */
function extraFields({ signIn }: Draft): readonly Field[] {
  return extraNames(signIn).map((name) => fieldOf('signIn', name));
}

/** Returns the row that stands for the extras as long as none is used, to keep the page short. */
function extrasRow(rules: FieldRules, typing: Typing): PageRow<Draft> {
  const t = vscode.l10n.t;
  return {
    label: t('Client certificate, extra headers'),
    description: t('none'),
    ask: async (draft, context) => {
      const chosen = await askPick<Field>(context, {
        placeholder: t('What else does a gateway in front of it ask for?'),
        choices: [
          {
            label: t('A client certificate'),
            detail: t('Mutual TLS: a certificate and its private key, as files'),
            choice: fieldOf('signIn', 'certificateFile'),
          },
          {
            label: t('Extra headers'),
            detail: t('Such as an API key. Their values are kept in VS Code’s secret storage'),
            choice: fieldOf('signIn', 'headers'),
          },
        ],
      });
      if (chosen === undefined || chosen === back) return chosen;
      const first = await askFieldAndMissing(chosen, draft, rules, context, typing);
      if (first === undefined || first === back || chosen === 'signIn.headers') return first;
      const changed = { ...draft, ...first };
      if (!usesExtras(changed.signIn)) return first;
      const key = await askFieldAndMissing('signIn.keyFile', changed, rules, context, typing);
      return key === undefined || key === back ? first : { ...first, ...key };
    },
  };
}

/** Returns what a field holds. Never shows a secret. */
function describe(draft: Draft, field: Field, rules: FieldRules): string {
  const t = vscode.l10n.t;
  const text = textOf(draft, field);
  if (isChoice(field)) {
    const label = choiceQuestion(field).words(text)?.label ?? text;
    const evidence = field === 'dialect' ? evidenceFor(draft) : undefined;
    return evidence === undefined ? label : `${label} · ${evidence}`;
  }
  if (secretOf(draft, field) === undefined) {
    const { options = [] } = questionFor(field, draft);
    return options.find(({ choice }) => choice === text)?.label ?? (text || t('none'));
  }
  if (text !== '') return t('entered');
  return isKept(draft, field, rules) ? t('stored') : t('none');
}

/** Returns the row for where the cluster is saved, if there is a choice or something to know. */
function sourceRow(draft: Draft, isNew: boolean): readonly PageRow<Draft>[] {
  const t = vscode.l10n.t;
  const { source } = draft;
  const look = { label: t('Saved in'), description: sourceWords(source) };
  if (!isNew) return isSameSource(source, ownSource) ? [] : [look];
  const { isTrusted, workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const hasWorkspace = workspaceFile !== undefined || workspaceFolders.length > 0;
  return isTrusted && hasWorkspace ? [{ ...look, ask: askSource }] : [];
}

async function askSource(draft: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const answer = await askPick<ClusterSource>(context, {
    placeholder: t('Who is the cluster for?'),
    choices: [
      {
        label: t('For me'),
        detail: t('In {0}, in every window.', sourceWords(ownSource)),
        iconPath: new vscode.ThemeIcon('account'),
        choice: ownSource,
      },
      {
        label: t('For this workspace'),
        detail: t(
          'In {0}, for everyone who opens it. Secrets are not saved there.',
          sourceWords(workspaceSource),
        ),
        iconPath: new vscode.ThemeIcon('root-folder'),
        choice: workspaceSource,
      },
    ],
    active: (source) => isSameSource(source, draft.source),
  });
  return mapAnswer(answer, (source) => ({ source }));
}

const workspaceSource: ClusterSource = { scope: 'workspace' };
