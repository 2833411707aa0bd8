import * as vscode from 'vscode';
import { signInMethods } from '../../../auth/methods/registry';
import { parseAskedEndpoint } from '../../../core/cluster/askedEndpoint';
import { kindOf } from '../../../core/cluster/kinds';
import type { Dialect } from '../../../core/dialects/dialect';
import { dialectOf, dialects } from '../../../core/dialects/registry';
import { askPick, type Choice } from '../../dialogs/questions';
import { type Answer, mapAnswer, type Step, type StepContext } from '../../dialogs/wizard';
import { dialectWords } from '../../words/dialects/registry';
import type { KindWords } from '../../words/kindWords';
import { signInWords } from '../../words/signIn/registry';
import type { ChoiceName, Draft, DraftKind } from './draft';

/** A question of the cluster wizard for one of several kinds. */
export interface ChoiceQuestion {
  readonly choice: ChoiceName;
  /** The label in a list of fields. */
  readonly label: string;
  readonly prompt: string;
  readonly kinds: readonly DraftKind[];
  /** Returns the words for a kind. */
  words(kind: string): KindWords | undefined;
  /** Returns the kinds in groups, those first that fit the draft best. */
  groups(draft: Draft): readonly KindGroup[];
  /** Returns what changes in the draft if another kind is chosen. */
  change(draft: Draft, kind: string): Partial<Draft>;
}

/** Some of the kinds, and what they have in common, if there are several groups. */
interface KindGroup {
  readonly heading?: string;
  readonly kinds: readonly DraftKind[];
}

/** Returns the question for a choice. */
export function choiceQuestion(choice: ChoiceName): ChoiceQuestion {
  return choice === 'signIn' ? signInQuestion() : dialectQuestion();
}

/**
 * Returns the question for one of these dialects. Each brings its usual way of signing in, unless
 * the person has changed that of the previous one, and reads the endpoint in its own way.
 */
export function dialectQuestion(all: readonly Dialect[] = dialects): ChoiceQuestion {
  const t = vscode.l10n.t;
  return {
    choice: 'dialect',
    label: t('REST proxy'),
    prompt: t('Which REST proxy does the cluster have?'),
    kinds: all,
    words: dialectWords,
    groups: () => [{ kinds: all }],
    change: (draft, kind) => {
      const { signIn, endpoint: rules } = kindOf(all, { kind });
      const before = all.find((each) => each.kind === draft.dialect.kind);
      const isUsual = draft.signIn.kind === before?.signIn;
      const { value = draft.endpoint, fields } = parseAskedEndpoint(draft.endpoint, rules);
      return {
        dialect: { ...draft.dialect, ...fields, kind },
        decidedBy: 'person',
        endpoint: value,
        ...(isUsual && withSignIn(draft, signIn)),
      };
    },
  };
}

function signInQuestion(): ChoiceQuestion {
  const t = vscode.l10n.t;
  return {
    choice: 'signIn',
    label: t('Sign-in'),
    prompt: t('How does the REST proxy know who you are?'),
    kinds: signInKinds,
    words: signInWords,
    groups: groupSignIns,
    change: withSignIn,
  };
}

/** Returns the ways of signing in that fit the REST proxy, the usual one first, and the others. */
function groupSignIns({ dialect, isRegistry }: Draft): readonly KindGroup[] {
  const t = vscode.l10n.t;
  const { signIn, signIns } = dialectOf(dialect);
  const common = [...new Set([signIn, ...signIns])].map((kind) => kindOf(signInKinds, { kind }));
  const heading = isRegistry
    ? t('Usual for schema registries')
    : t('Usual for {0}', dialectWords(dialect.kind)?.label ?? dialect.kind);
  return [
    { heading, kinds: common },
    { heading: t('Other ways'), kinds: signInKinds.filter((kind) => !common.includes(kind)) },
  ];
}

const signInKinds: readonly DraftKind[] = signInMethods.map((method) => ({
  ...method,
  secrets: method.secretsOf({}),
}));

/** Drops the typed secrets if the way of signing in changes. */
function withSignIn({ signIn }: Draft, kind: string): Partial<Draft> {
  return kind === signIn.kind ? {} : { signIn: { ...signIn, kind }, secrets: {} };
}

/** Returns whether there is anything to choose. */
export function isOpen({ kinds }: ChoiceQuestion): boolean {
  return kinds.length > 1;
}

/** Returns the page for a choice, which is skipped if there is nothing to choose. */
export function choiceStep(question: ChoiceQuestion): Step<Draft> {
  return {
    skip: () => !isOpen(question),
    ask: (draft, context) => askChoice(question, draft, context),
  };
}

function separator(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

export async function askChoice(
  question: ChoiceQuestion,
  draft: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const { kind: current } = draft[question.choice];
  const answer = await askPick<string>(context, {
    placeholder: draft.isRegistry
      ? vscode.l10n.t('How does the schema registry know who you are?')
      : question.prompt,
    choices: question.groups(draft).flatMap(({ heading, kinds }) => [
      ...(heading === undefined ? [] : [separator(heading)]),
      ...kinds.map(({ kind }): Choice<string> => {
        const { label = kind, detail } = question.words(kind) ?? {};
        return { label, ...(detail !== undefined && { detail }), choice: kind };
      }),
    ]),
    active: (kind) => kind === current,
  });
  return mapAnswer(answer, (kind) => {
    if (kind !== current) return question.change(draft, kind);
    return question.choice === 'dialect' ? { decidedBy: 'person' } : {};
  });
}
