import * as vscode from 'vscode';
import type { Doubt } from '../../transfer/import/guess/guess';
import type { ImportFormat } from '../../transfer/import/imported';
import type { Connections } from '../clusters/connections';
import { pickAble, pickTopic } from '../clusters/pick';
import { type Answer, back, onlyStep, runWizard, type StepContext } from '../dialogs/wizard';
import type { OnBad } from './askOnBad';
import type { FileJob, GivenFile } from './fileJob';
import { askAspect, askDoubt } from './layout/layoutQuestions';
import { layoutRows } from './layout/layoutRows';
import { openFile, type OpenedFile } from './layout/openFile';
import { askPreview } from './produceFilePreview';
import { askSending, isSending, sendingRows } from './sendingChoices';

/** What the wizard finds out. */
interface Draft {
  readonly cluster: string;
  readonly topic: string;
  readonly opened?: OpenedFile;
  /** What the guesses have left open so far. */
  readonly doubts: readonly Doubt[];
  /** Whether messages keep the timestamps of the file. */
  readonly timestamps: boolean;
  readonly onBad: OnBad;
  readonly total?: number | undefined;
}

/** The doubts in the order in which they are asked; an answer may lead to those after it. */
const doubts: readonly Doubt[] = ['encoding', 'format', 'items', 'keyed', 'header', 'value'];

/**
 * Asks for what is not given: cluster, topic, file, and what its guess leaves open. Then shows how
 * the file is read and the first messages, where all of that can be changed.
 */
export async function askFileJob(connections: Connections, given: GivenFile): Promise<FileJob> {
  const title = vscode.l10n.t('Produce File');
  const { format, uri, preview: hasPreview, ...others } = given;
  const initial: Draft = {
    cluster: '',
    topic: '',
    doubts: [],
    timestamps: false,
    onBad: 'stop',
    ...(uri && (await open(uri, format))),
    ...others,
  };
  const draft = await runWizard(title, initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'produce'),
    },
    {
      skip: () => given.topic !== undefined,
      ask: (state, context) => pickTopic(context, connections, state),
    },
    { skip: () => uri !== undefined, ask: (_, context) => askFile(context, format) },
    ...doubts.map((doubt) => ({
      skip: (state: Draft) => !state.doubts.includes(doubt),
      ask: async (state: Draft, context: StepContext) =>
        withOpened(state, await askDoubt(doubt, context, required(state))),
    })),
    {
      skip: () => hasPreview === false,
      ask: (state, context) => preview(connections, state, context),
    },
  ]);
  return toJob(draft);
}

/** Shows the preview again and again until the person agrees or goes back. */
async function preview(
  connections: Connections,
  initial: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  let state = initial;
  for (;;) {
    const opened = required(state);
    const rows = [...layoutRows(opened), ...sendingRows(connections, state)];
    const answer = await askPreview(context, connections, toJob(state), opened, rows);
    if (answer === back || answer === undefined) return answer;
    if (answer.change === undefined) return { ...state, ...answer };
    const { change } = answer;
    const step = onlyStep(context.title, true);
    const changed = isSending(change)
      ? await askSending(change, step, state)
      : withOpened(state, await askAspect(change, step, opened));
    if (changed === back || changed === undefined) continue;
    const settled = await settle({ ...state, ...changed }, state.doubts, step);
    if (settled) state = settled;
  }
}

/** Asks for what a change has left open. Returns `undefined` if the person takes it back. */
async function settle(
  state: Draft,
  before: readonly Doubt[],
  context: StepContext,
): Promise<Draft | undefined> {
  let settled = state;
  for (const doubt of doubts) {
    if (before.includes(doubt) || !settled.doubts.includes(doubt)) continue;
    const answer = withOpened(settled, await askDoubt(doubt, context, required(settled)));
    if (answer === back || answer === undefined) return undefined;
    settled = { ...settled, ...answer };
  }
  return settled;
}

function withOpened(
  { doubts }: Draft,
  answer: Answer<OpenedFile>,
): Answer<Pick<Draft, 'opened' | 'doubts'>> {
  if (answer === back || answer === undefined) return answer;
  return { opened: answer, doubts: [...new Set([...doubts, ...answer.guess.doubts])] };
}

async function open(
  uri: vscode.Uri,
  format: ImportFormat | undefined,
): Promise<Pick<Draft, 'opened' | 'doubts'>> {
  // A format that the arguments of a command name means messages, as it always did.
  const opened = await openFile(uri, format && { format, items: 'records' });
  return { opened, doubts: opened.guess.doubts };
}

function required({ opened }: Pick<Draft, 'opened'>): OpenedFile {
  if (!opened) throw new Error('The file is asked for first.');
  return opened;
}

function toJob(draft: Draft): FileJob {
  const { cluster, topic, timestamps, onBad, total } = draft;
  const { uri, file, options } = required(draft);
  return { cluster, topic, uri, file, options: { ...options, timestamps }, onBad, total };
}

async function askFile(
  context: StepContext,
  format: ImportFormat | undefined,
): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Produce File'),
      openLabel: t('Produce'),
      filters: {
        [t('Messages')]: ['jsonl', 'ndjson', 'json', 'csv', 'tsv', 'txt'],
        [t('All files')]: ['*'],
      },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (!uri) return context.canGoBack ? back : undefined;
  return open(uri, format);
}
