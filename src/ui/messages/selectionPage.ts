import * as vscode from 'vscode';
import type { View } from '../../core/read/view';
import { findsTimes } from '../../core/read/timeBounds';
import { numberSetting } from '../base/settings';
import type { Connections } from '../clusters/connections';
import { pickPartitions, withOnlyAble } from '../clusters/pick';
import { askPage, type GoRow, type PageHeading, type PageRow } from '../dialogs/page';
import { type Answer, mapAnswer, runWizard, type Step, type StepContext } from '../dialogs/wizard';
import { pickTarget } from '../targets/pickTarget';
import type { Targets } from '../targets/targets';
import { capitalise } from '../words/sentences';
import { countIn, messages } from '../words/counts';
import { type GivenSelection, saysWhich } from './givenSelection';
import { askCount, askRange } from './rangeQuestion';
import { isLimited, type Selection, toView } from './selection';
import { describePartitions, describeRange } from './selectionWords';
import { factsOf, loadFacts, type ReadDraft, readPartitions } from './topicFacts';

/** What the questions for a selection need. */
export interface SelectionServices {
  readonly connections: Connections;
  readonly targets: Targets;
}

/** A page on which a person sees and changes which messages to read, and more in `S`. */
export interface SelectionPage<S extends ReadDraft> {
  readonly title: string;
  /** Says what will happen. A topic that cannot be read is refused without asking this. */
  go(state: S): GoRow;
  /** Rows after those of the selection. */
  rows?(state: S): readonly (PageRow<S> | PageHeading)[];
  /** Whether to offer only messages that arrive from now on. */
  readonly offersNew?: boolean;
  /** Questions between that for the topic and the page, which have no likely answer. */
  readonly steps?: readonly Step<S>[];
  /** Whether the page shows although the arguments say which messages to read. */
  readonly always?: boolean;
  /** Loads more than the facts about the topic; see `Page`. */
  load?(state: S, signal: AbortSignal): Promise<Partial<S>>;
}

/**
 * Asks which messages to read: for the topic if it is neither given nor likely, and then on one
 * page, unless the arguments say everything. Throws a `CancellationError` if the person gives up.
 */
export async function askSelection<S extends ReadDraft>(
  services: SelectionServices,
  argument: GivenSelection,
  initial: S,
  page: SelectionPage<S>,
): Promise<S> {
  const { connections, targets } = services;
  const given = withOnlyAble(argument, connections, 'read');
  const complete = saysWhich(given) && !page.always;
  // A topic that no page would show must not be guessed.
  const likely = complete ? undefined : targets.likely('read', given);
  const { cluster = '', topic = '', partition } = { ...likely, ...given };
  const start: S = {
    ...initial,
    ...given,
    cluster,
    topic,
    ...(partition !== undefined && { partitions: [partition] }),
  };
  return runWizard<S>(page.title, start, [
    {
      skip: () => topic !== '',
      ask: async (state, context) => {
        const answer = await askTopic(context, services, state, given.cluster);
        return mapAnswer(answer, (change) => ({ ...state, ...change }));
      },
    },
    ...(page.steps ?? []),
    { skip: () => complete, ask: (state, context) => askOnPage(context, services, state, page) },
  ]);
}

/**
 * Asks which messages to read, where that is all there is to say. The page begins with `initial`
 * if it is given, and `go` says what will happen to which messages of which topic.
 */
export async function askView(
  services: SelectionServices,
  given: GivenSelection,
  page: {
    readonly title: string;
    readonly initial?: Partial<Selection>;
    go(range: string, topic: string): string;
  },
): Promise<View> {
  const draft: ReadDraft = { ...emptySelection(), ...page.initial };
  const selection = await askSelection(services, given, draft, {
    title: page.title,
    go: (state) => ({
      label: page.go(describeRange(state), state.topic),
      description: [describePartitions(state), state.cluster].join(' · '),
    }),
  });
  await services.targets.used(selection);
  return toView(selection);
}

/** The selection that a page begins with. */
export function emptySelection(): Selection {
  return {
    cluster: '',
    topic: '',
    partitions: 'all',
    start: 'latest',
    offset: 0n,
    last: 0n,
    time: '',
    untilTime: '',
    byEnds: false,
    count: numberSetting('consume.count'),
  };
}

async function askTopic(
  context: StepContext,
  { connections, targets }: SelectionServices,
  { cluster, topic }: Selection,
  only?: string,
): Promise<Answer<Pick<Selection, 'cluster' | 'topic' | 'partitions'>>> {
  const answer = await pickTarget(context, connections, targets, {
    placeholder: vscode.l10n.t('Which topic?'),
    ability: 'read',
    cluster: only,
    active: { cluster, topic },
  });
  return mapAnswer(answer, ({ cluster, topic, partition }) => ({
    cluster,
    topic,
    partitions: partition === undefined ? 'all' : [partition],
  }));
}

/** Shows the page. Asks for a missing secret first. */
async function askOnPage<S extends ReadDraft>(
  context: StepContext,
  services: SelectionServices,
  initial: S,
  page: SelectionPage<S>,
): Promise<Answer<S>> {
  await services.connections.ready(initial.cluster);
  return askPage<S>(context, initial, {
    placeholder: ({ topic }) =>
      vscode.l10n.t('Enter goes on with {0}. Choose a line to change it.', topic),
    go: (state) => {
      const problem = factsOf(state)?.problem;
      if (!problem) return page.go(state);
      return {
        label: vscode.l10n.t('{0} cannot be read', state.topic),
        refused: capitalise(problem.reason),
      };
    },
    rows: (state) => [
      ...selectionRows(services, state, page.offersNew),
      ...(page.rows?.(state) ?? []),
    ],
    load: async (state, signal, show) => {
      const loaded = { ...state, ...(await loadFacts(services.connections, state, signal)) };
      show(loaded);
      return { ...loaded, ...(await page.load?.(loaded, signal)) };
    },
  });
}

/** Returns the rows of a page that change which messages are read. */
export function selectionRows<S extends ReadDraft>(
  services: SelectionServices,
  draft: S,
  offersNew = false,
): readonly PageRow<S>[] {
  const t = vscode.l10n.t;
  const { connections } = services;
  return [
    row(t('Topic'), t('{0} on {1}', draft.topic, draft.cluster), 'inbox', (state, context) =>
      askTopic(context, services, state),
    ),
    ...rangeRows<S>(connections, draft, offersNew),
    row(t('Partitions'), describePartitions(draft), 'symbol-array', (state, context) =>
      pickPartitions(context, connections, state),
    ),
  ];
}

/** Returns those rows that are not about the topic or its partitions. */
export function rangeRows<S extends ReadDraft>(
  connections: Connections,
  draft: S,
  offersNew = false,
): readonly PageRow<S>[] {
  const t = vscode.l10n.t;
  const byTime = findsTimes(connections.capabilities(draft.cluster));
  return [
    row(t('Which messages'), describeRange(draft), 'list-selection', (state, context) =>
      askRange(context, state, { byTime, offersNew }),
    ),
    ...(isLimited(draft)
      ? [
          row<S>(t('How many'), howMany(draft), 'symbol-number', (state, context) =>
            askCount(context, state),
          ),
        ]
      : []),
  ];
}

function row<S extends ReadDraft>(
  label: string,
  description: string,
  icon: string,
  ask: (state: ReadDraft, context: StepContext) => Promise<Answer<Partial<Selection>>>,
): PageRow<S> {
  return {
    label,
    description,
    iconPath: new vscode.ThemeIcon(icon),
    ask: async (state, context) =>
      mapAnswer(await ask(state, context), (change) => ({ ...state, ...change })),
  };
}

function howMany(draft: ReadDraft): string {
  const t = vscode.l10n.t;
  const { count } = draft;
  const most = count === 'all' ? t('all') : t('at most {0}', messages(count));
  if (factsOf(draft)?.partitions === undefined) return most;
  const held = countIn(readPartitions(draft));
  if (held === undefined) return most;
  return t('{0} · the topic holds {1}', most, messages(held));
}
