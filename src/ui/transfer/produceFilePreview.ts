import * as vscode from 'vscode';
import type { ReadingProxy } from '../../core/kafka';
import { countImport, type ImportCount } from '../../transfer/bulk/countImport';
import { previewImport } from '../../transfer/import/guess/guessImport';
import { importRecords } from '../../transfer/import/importRecords';
import { EncodingError, type TextEncoding } from '../../transfer/import/textEncoding';
import type { Connections } from '../clusters/connections';
import { askPick, type Choice } from '../dialogs/questions';
import type { Answer, StepContext } from '../dialogs/wizard';
import { messages } from '../words/counts';
import type { FileJob } from './fileJob';
import { describeLine } from './layout/importProblem';
import type { Change } from './layout/layoutRows';
import { encodingName } from './layout/layoutWords';
import { capitalised, messageItem, warning } from './layout/messageItem';
import type { OpenedFile } from './layout/openFile';

/** How many of the first messages a preview shows. */
const SHOWN = 20;
const REFRESH_MS = 300;

/** The person agrees. The number of messages is given if they were counted by then. */
type Agreed = Pick<FileJob, 'total'> & { readonly change?: never };

/**
 * Shows the first messages as they will be sent and how the file is read, and counts all messages
 * in the meantime. The person need not wait for the count.
 */
export async function askPreview<A extends string>(
  context: StepContext,
  connections: Connections,
  job: FileJob,
  { head }: OpenedFile,
  rows: readonly Choice<Change<A>>[],
): Promise<Answer<Agreed | Change<A>>> {
  const t = vscode.l10n.t;
  const { cluster, topic, file, options } = job;
  const proxy = await connections.ready(cluster);
  const first = (await previewImport(head, options, SHOWN)).map(messageItem);
  // Nothing is ever put in above these, so that a click hits what it aims at.
  const fixed: readonly Choice<Agreed | Change<A>>[] = [
    ...unsaved(job),
    separator(t('How the file is read')),
    ...rows,
  ];
  const preview = [separator(t('The first messages')), ...first];
  return askPick<Agreed | Change<A>>(context, {
    placeholder: t('Produce {0} to {1} on {2}?', file.name, topic, cluster),
    choices: async (signal, showMeanwhile) => {
      showMeanwhile([counting(job), ...fixed, ...preview]);
      const notes = new ImportNotes();
      let told = performance.now();
      let last: ImportCount = { records: 0, beforeBad: 0, bad: 0, examples: [] };
      try {
        for await (const count of await countAll(proxy, job, notes, signal)) {
          last = count;
          signal.throwIfAborted();
          if (performance.now() - told < REFRESH_MS) continue;
          told = performance.now();
          showMeanwhile([counting(job, count), ...fixed, ...preview]);
        }
      } catch (error) {
        if (!(error instanceof EncodingError)) throw error;
        return [wrongEncoding(error.encoding), ...fixed, ...preview];
      }
      return [counted(job, last), ...fixed, ...problems(last), ...notes.rows(), ...preview];
    },
  });
}

function wrongEncoding(encoding: TextEncoding): Choice<never> {
  return warning(
    vscode.l10n.t('It holds bytes that {0} does not have', encodingName(encoding)),
    vscode.l10n.t('Choose its encoding below'),
  );
}

function separator(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** What is in the file and is not sent, which is told once. */
class ImportNotes {
  readonly #members = new Set<string>();
  #statusLines = 0;

  readonly extras = {
    leftOut: (member: string) => {
      this.#members.add(member);
    },
    statusLine: () => {
      this.#statusLines += 1;
    },
  };

  rows(): readonly Choice<never>[] {
    const t = vscode.l10n.t;
    const iconPath = new vscode.ThemeIcon('info');
    const members = [...this.#members].slice(0, 10).join(', ');
    return [
      ...(members ? [{ label: t('Not sent: {0}', members), iconPath }] : []),
      ...(this.#statusLines > 0
        ? [{ label: t('Status lines left out: {0}', this.#statusLines), iconPath }]
        : []),
    ];
  }
}

async function countAll(
  proxy: ReadingProxy,
  { topic, file, options }: FileJob,
  notes: ImportNotes,
  signal: AbortSignal,
) {
  const partitions = await proxy.partitions(topic, { signal });
  const ids = new Set(partitions.map(({ id }) => id));
  const can = proxy.capabilities.produce;
  const batches = importRecords(file.read(), options, notes.extras);
  return can ? countImport(batches, can, ids) : [];
}

/** Returns the choice while the file is being counted. */
function counting({ topic }: FileJob, count?: ImportCount): Choice<Agreed> {
  const t = vscode.l10n.t;
  return {
    label: t('Produce all messages to {0}', topic),
    iconPath: new vscode.ThemeIcon('send'),
    detail: count ? t('Counting: {0} so far', messages(count.records)) : t('Counting…'),
    choice: {},
  };
}

/** Returns the choice once the file is counted. It is as high as before. */
function counted(job: FileJob, count: ImportCount): Choice<Agreed> {
  const t = vscode.l10n.t;
  const { records, beforeBad, bad } = count;
  const detail = describeBad(job, count);
  const sent = job.onBad === 'stop' ? beforeBad : records;
  if (sent === 0) {
    const label =
      records === 0
        ? t('There is no message to send')
        : t('There is no message before the first bad line');
    return { label, detail, iconPath: new vscode.ThemeIcon('info') };
  }
  const all = messages(records);
  const some = t('{0} of {1}', sent.toLocaleString(vscode.env.language), all);
  return {
    label: t('Produce {0} to {1}', sent === records ? all : some, job.topic),
    iconPath: new vscode.ThemeIcon('send'),
    detail,
    choice: { total: records + bad },
  };
}

/** Says what becomes of the items of a file that cannot be sent. */
function describeBad({ file, onBad }: FileJob, { records, bad, examples }: ImportCount): string {
  const t = vscode.l10n.t;
  const [first] = examples;
  if (!first) {
    return records === 0
      ? t('{0} holds no messages', file.name)
      : t('All that is in {0}', file.name);
  }
  return onBad === 'setAside'
    ? t('{0} will be set aside.', messages(bad))
    : t('{0} cannot be sent. It will stop at line {1}.', messages(bad), first.item.line);
}

/** Returns the first items that cannot be sent, with the reasons. */
function problems({ bad, examples }: ImportCount): readonly Choice<never>[] {
  if (bad === 0) return [];
  const wrong = examples.map((example) => warning(capitalised(describeLine(example))));
  return [separator(vscode.l10n.t('{0} cannot be sent', messages(bad))), ...wrong];
}

/** Returns a hint if the file has unsaved edits, because the version on disk is sent. */
function unsaved({ uri, file }: FileJob): readonly Choice<never>[] {
  const isDirty = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (!isDirty) return [];
  return [warning(vscode.l10n.t('Save {0}: changes are not sent', file.name))];
}
