import * as vscode from 'vscode';
import type { ImportFormat } from '../../transfer/import/imported';
import { runPage } from '../dialogs/page';
import { type Answer, back, runWizard, type StepContext } from '../dialogs/wizard';
import { askTarget } from './askTarget';
import { usualFormats } from './fileFormats';
import type { FileJob, FileServices, GivenFile } from './fileJob';
import { askDoubts } from './layout/layoutQuestions';
import { openFile, type OpenedFile } from './layout/openFile';
import { filePage, type FileDraft, toJob } from './produceFilePage';

type Draft = Omit<FileDraft, 'opened' | 'formats'> & { readonly opened?: OpenedFile };

/**
 * Asks for the topic if none is likely, for the file, and for what its guess leaves open. Then
 * shows a page with how the file is read and the first messages, where all of that can be changed.
 */
export async function askFileJob(services: FileServices, given: GivenFile): Promise<FileJob> {
  const { connections, targets } = services;
  const title = vscode.l10n.t('Produce File');
  const { format, uri, preview: hasPage = true, ...others } = given;
  // Without the page, nobody would see a topic that was only likely.
  const likely = hasPage ? targets.likely('produce', given) : undefined;
  const initial: Draft = {
    ...{ cluster: '', topic: '', timestamps: false, onBad: 'stop' },
    ...(likely && { cluster: likely.cluster, topic: likely.topic }),
    ...(uri && { opened: await open(uri, format) }),
    ...others,
  };
  const { opened, ...draft } = await runWizard(title, initial, [
    {
      skip: () =>
        likely !== undefined || (given.cluster !== undefined && given.topic !== undefined),
      ask: ({ cluster, topic }, context) =>
        askTarget(context, connections, targets, {
          placeholder: vscode.l10n.t('Produce to which topic?'),
          ability: 'produce',
          active: { cluster, topic },
          cluster: given.cluster,
        }),
    },
    { skip: () => uri !== undefined, ask: (_, context) => askFile(context, format) },
    {
      skip: ({ opened }) => opened?.doubts.length === 0,
      ask: async ({ opened }, context) => {
        const answer = await askDoubts(context, required(opened));
        return answer === back || answer === undefined ? answer : { opened: answer };
      },
    },
  ]);
  await connections.ready(draft.cluster);
  const file = required(opened);
  const formats = usualFormats(services, draft, file.uri, given);
  // A page cannot ask for the secrets of a registry either.
  await services.formats.ready({ cluster: draft.cluster, formats });
  const asked: FileDraft = { ...draft, opened: file, formats };
  return toJob(hasPage ? await runPage(title, asked, filePage(services)) : asked);
}

async function open(uri: vscode.Uri, format: ImportFormat | undefined): Promise<OpenedFile> {
  // A format that the arguments of a command name means messages, as it always did.
  return openFile(uri, format && { format, items: 'records' });
}

function required(opened: OpenedFile | undefined): OpenedFile {
  if (!opened) throw new Error('The file is asked for first.');
  return opened;
}

async function askFile(
  context: StepContext,
  format: ImportFormat | undefined,
): Promise<Answer<{ readonly opened: OpenedFile }>> {
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
  return { opened: await open(uri, format) };
}
