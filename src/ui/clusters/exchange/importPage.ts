import * as vscode from 'vscode';
import { parseName } from '../../../core/cluster/definition';
import type { InvalidEntry } from '../../../core/cluster/settings';
import type { Page, PageRow } from '../../dialogs/page';
import { askPick, askText, type Choice } from '../../dialogs/questions';
import { type Answer, back, mapAnswer, onlyStep, type StepContext } from '../../dialogs/wizard';
import { markWordsOf } from '../../words/clusterMarks';
import { definitionLines } from '../../words/definitionRows';
import { fieldProblem } from '../../words/fieldProblem';
import type { ClusterStore } from '../clusters';
import { type Fate, isFree, type Planned, replaceable } from './plan';

/** The clusters of a file, and what happens to each. */
export interface ImportDraft {
  readonly plan: readonly Planned[];
}

/** Returns the page that shows what a file holds, and asks what to do with each cluster. */
export function importPage(
  invalid: readonly InvalidEntry[],
  clusters: ClusterStore,
): Page<ImportDraft> {
  const t = vscode.l10n.t;
  return {
    placeholder: () => t('Nothing is sent to the clusters. Choose a line to change it.'),
    go: ({ plan }) => {
      const count = plan.filter(({ fate }) => fate.kind !== 'skip').length;
      const label = count === 1 ? t('Import 1 cluster') : t('Import {0} clusters', count);
      return count > 0 ? { label } : { label, refused: t('Every cluster is skipped.') };
    },
    rows: ({ plan }) => [
      ...plan.map((planned, at): PageRow<ImportDraft> => rowOf(planned, at, clusters)),
      ...invalid.map(({ name, index, field, problem }): PageRow<ImportDraft> => ({
        label: name ?? t('Cluster {0} of the file', index + 1),
        description: t('cannot be imported'),
        detail: `${field}: ${importProblem(problem)}`,
        iconPath: new vscode.ThemeIcon('warning'),
      })),
    ],
  };
}

function importProblem(problem: InvalidEntry['problem']): string {
  const t = vscode.l10n.t;
  if (problem === 'http-not-yours') {
    return t('A file cannot allow plain http. Add the cluster with “Add Cluster”.');
  }
  return problem === 'duplicate' ? t('The file has this name twice.') : fieldProblem(problem);
}

function rowOf(planned: Planned, at: number, clusters: ClusterStore): PageRow<ImportDraft> {
  const { definition, fate } = planned;
  const icons = { add: 'add', replace: 'replace', skip: 'circle-slash' } as const;
  return {
    label: definition.name,
    description: [describe(planned, clusters), ...markWordsOf(definition)].join(' · '),
    detail: definitionLines(definition).join(' · '),
    iconPath: new vscode.ThemeIcon(icons[fate.kind]),
    ask: async ({ plan }, context) => {
      const others = plan.filter((each) => each !== plan[at]);
      const answer = await askFate(planned, others, clusters, context);
      return mapAnswer(answer, (fate) => ({ plan: plan.with(at, { definition, fate }) }));
    },
  };
}

function describe({ definition, fate }: Planned, clusters: ClusterStore): string {
  const t = vscode.l10n.t;
  if (fate.kind === 'replace') return t('replaces yours');
  if (fate.kind === 'skip') {
    return clusters.isTaken(definition.name) ? t('skipped: you have this name') : t('skipped');
  }
  return fate.name === definition.name ? t('new') : t('new, as {0}', fate.name);
}

async function askFate(
  planned: Planned,
  others: readonly Planned[],
  clusters: ClusterStore,
  context: StepContext,
): Promise<Answer<Fate>> {
  const t = vscode.l10n.t;
  const { name } = planned.definition;
  const rename = { kind: 'add', name: '' } as const;
  const choices: readonly Choice<Fate>[] = [
    ...(isFree(name, others, clusters)
      ? [{ label: t('Import'), choice: { kind: 'add', name } } as const]
      : []),
    { label: t('Import under Another Name...'), choice: rename },
    ...(replaceable(name, clusters)
      ? [{ label: t('Replace Your Cluster'), choice: { kind: 'replace' } } as const]
      : []),
    { label: t('Skip'), choice: { kind: 'skip' } },
  ];
  const answer = await askPick<Fate>(context, {
    placeholder: t('What is to happen with {0}?', name),
    choices,
  });
  if (answer !== rename) return answer;
  const typed = await askText(onlyStep(context.title, true), {
    prompt: t('A name for the cluster'),
    value: name,
    validate: (text) => {
      const { value, problem } = parseName(text);
      if (problem !== undefined) return fieldProblem(problem);
      return isFree(value, others, clusters) ? undefined : fieldProblem('duplicate');
    },
  });
  if (typed === back) return askFate(planned, others, clusters, context);
  return mapAnswer(typed, (text): Fate => ({ kind: 'add', name: parseName(text).value ?? name }));
}
