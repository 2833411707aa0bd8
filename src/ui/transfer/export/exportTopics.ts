import * as vscode from 'vscode';
import type { View } from '../../../core/read/view';
import { fileName } from '../../../core/text/fileName';
import type { CsvStyle } from '../../../transfer/export/csv';
import { type ExportFormat, exportFormats } from '../../../transfer/export/exportFormats';
import { confirm } from '../../dialogs/notify';
import { type Page, runPage } from '../../dialogs/page';
import { askPick } from '../../dialogs/questions';
import { mapAnswer } from '../../dialogs/wizard';
import { requireBlockTopic } from '../../kafkaFiles/blocks';
import type { GivenSelection } from '../../messages/givenSelection';
import { toView } from '../../messages/selection';
import { emptySelection, rangeRows, type SelectionServices } from '../../messages/selectionPage';
import { describeRange } from '../../messages/selectionWords';
import type { ReadDraft } from '../../messages/topicFacts';
import { askCsvStyle } from './csvStyle';
import { formatNames } from './exportTarget';
import type { GivenTopics } from '../../targets/givenTopics';

/** Several topics to export, each to a file of a folder. */
export interface ExportOfTopics {
  readonly cluster: string;
  readonly folder: vscode.Uri;
  readonly files: readonly { readonly view: View; readonly uri: vscode.Uri }[];
  readonly format: ExportFormat;
  /** How CSV is written. */
  readonly csv?: CsvStyle;
}

interface Draft extends ReadDraft {
  readonly topics: readonly string[];
  readonly format: ExportFormat;
}

/**
 * Asks on a page which messages of each topic to export and in which format, then for a folder, and
 * whether to replace files that it holds. Returns `undefined` if the person gives up.
 */
export async function askExportOfTopics(
  services: SelectionServices,
  { cluster, topics }: GivenTopics,
  given: GivenSelection,
): Promise<ExportOfTopics | undefined> {
  const t = vscode.l10n.t;
  await services.connections.ready(cluster);
  const initial: Draft = {
    ...emptySelection(),
    ...given,
    ...{ cluster, topic: topics[0] ?? '', topics, partitions: 'all', format: 'jsonl' },
  };
  const draft = await runPage(t('Export Messages'), initial, page(services));
  const { format } = draft;
  if (format === 'kafka') topics.forEach(requireBlockTopic);
  const csv = format === 'csv' ? await askCsvStyle(`*.${format}`) : undefined;
  if (format === 'csv' && !csv) return undefined;
  const folder = await askFolder();
  if (!folder) return undefined;
  const files = topics.map((topic) => {
    const view = toView({ ...draft, topic });
    const name = `${fileName(topic + view.range)}.${format}`;
    return { view, uri: vscode.Uri.joinPath(folder, name), name };
  });
  const agreed = await agreesToReplace(files);
  return agreed ? { cluster, folder, files, format, ...(csv && { csv }) } : undefined;
}

function page({ connections }: SelectionServices): Page<Draft> {
  const t = vscode.l10n.t;
  return {
    placeholder: ({ topics, cluster }) =>
      t(
        'Enter goes on with {0} topics of {1}. Choose a line to change it.',
        topics.length,
        cluster,
      ),
    go: (state) => ({
      label: t('Export {0} of each of {1} topics', describeRange(state), state.topics.length),
      description: t('a file for each, in a folder'),
    }),
    rows: (state) => [
      ...rangeRows<Draft>(connections, state),
      {
        label: t('Format'),
        description: formatNames()[state.format],
        iconPath: new vscode.ThemeIcon('file-code'),
        ask: async ({ format: active }, context) =>
          mapAnswer(
            await askPick<ExportFormat>(context, {
              placeholder: t('In which format?'),
              choices: exportFormats.map((choice) => ({
                label: formatNames()[choice],
                description: `.${choice}`,
                choice,
              })),
              active: (choice) => choice === active,
            }),
            (format) => ({ format }),
          ),
      },
      { heading: t('Topics') },
      ...state.topics.map((label) => ({ label, iconPath: new vscode.ThemeIcon('inbox') })),
    ],
  };
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const t = vscode.l10n.t;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Export Messages'),
      openLabel: t('Export Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  return uri;
}

/** Asks whether to replace the files that exist, if there are any. */
async function agreesToReplace(
  files: readonly { readonly uri: vscode.Uri; readonly name: string }[],
): Promise<boolean> {
  const t = vscode.l10n.t;
  const exist = await Promise.all(
    files.map(({ uri }) =>
      vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
      ),
    ),
  );
  const names = files.filter((_, index) => exist[index]).map(({ name }) => name);
  if (names.length === 0) return true;
  const question =
    names.length === 1
      ? t('{0} exists. Replace it?', names.join())
      : t('{0} files exist. Replace them?', names.length);
  return confirm('warning', question, names.length === 1 ? '' : names.join('\n'), t('Replace'));
}
