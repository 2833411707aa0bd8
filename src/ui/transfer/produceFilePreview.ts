import * as vscode from 'vscode';
import type { Payload, ReadingProxy } from '../../core/kafka';
import { payloadText } from '../../core/message/parse';
import { countImport, type ImportCount } from '../../transfer/bulk/countImport';
import { previewImport } from '../../transfer/import/guessImport';
import type { Head } from '../../transfer/import/head';
import type { Imported } from '../../transfer/import/imported';
import { importRecords } from '../../transfer/import/importRecords';
import type { Connections } from '../clusters/connections';
import type { FileJob } from './fileJob';
import { describeLine } from './importProblem';
import { messages } from '../words/counts';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, type StepContext } from '../dialogs/wizard';

/** How many of the first messages a preview shows, and how much of each. */
const SHOWN = 20;
const SHOWN_CHARACTERS = 120;
const REFRESH_MS = 300;

/** The result of the preview: the number of messages, if they were counted by then. */
type Agreed = Pick<FileJob, 'total'>;

/**
 * Shows the first messages as they will be sent, and counts all of them in the meantime. The
 * person need not wait for the count.
 */
export async function askPreview(
  context: StepContext,
  connections: Connections,
  job: FileJob & { readonly head: Head },
): Promise<Answer<Agreed>> {
  const t = vscode.l10n.t;
  const { cluster, topic, file, options, head } = job;
  const proxy = await connections.ready(cluster);
  const first = (await previewImport(head, options, SHOWN)).map(toItem);
  const shown: readonly Choice<Agreed>[] = [
    ...unsaved(job),
    { label: t('The first messages'), kind: vscode.QuickPickItemKind.Separator },
    ...first,
  ];
  return askPick<Agreed>(context, {
    placeholder: t('Produce {0} to {1} on {2}?', file.name, topic, cluster),
    choices: async (signal, showMeanwhile) => {
      showMeanwhile([counting(job), ...shown]);
      let told = performance.now();
      let last: ImportCount = { records: 0, bad: 0, examples: [] };
      for await (const count of await countAll(proxy, job, signal)) {
        last = count;
        signal.throwIfAborted();
        if (performance.now() - told < REFRESH_MS) continue;
        told = performance.now();
        showMeanwhile([counting(job, count), ...shown]);
      }
      return [...counted(job, last), ...shown];
    },
  });
}

async function countAll(
  proxy: ReadingProxy,
  { topic, file, options }: FileJob,
  signal: AbortSignal,
) {
  const partitions = await proxy.partitions(topic, { signal });
  const ids = new Set(partitions.map(({ id }) => id));
  const can = proxy.capabilities.produce;
  const batches = importRecords(file.read(), options);
  return can ? countImport(batches, can, ids) : [];
}

/** Returns the choice while the file is being counted. */
function counting({ topic }: FileJob, count?: ImportCount): Choice<Agreed> {
  const t = vscode.l10n.t;
  return {
    label: t('Produce all messages to {0}', topic),
    iconPath: new vscode.ThemeIcon('send'),
    description: count ? t('{0} so far', messages(count.records)) : t('counting…'),
    choice: {},
  };
}

/** Returns the choices once the file is counted, with what is wrong with it. */
function counted({ topic, onBad }: FileJob, count: ImportCount): readonly Choice<Agreed>[] {
  const t = vscode.l10n.t;
  const { records, bad, examples } = count;
  const wrong = examples.map((example) => warning(capitalised(describeLine(example))));
  const problems: Choice<Agreed>[] =
    bad === 0
      ? []
      : [
          {
            label: t('{0} cannot be sent', messages(bad)),
            kind: vscode.QuickPickItemKind.Separator,
          },
          ...wrong,
        ];
  if (records === 0) {
    const label = t('There is no message to send');
    return [{ label, iconPath: new vscode.ThemeIcon('info') }, ...problems];
  }
  const [firstBad] = examples;
  const detail =
    bad === 0
      ? undefined
      : onBad === 'setAside'
        ? t('{0} will be set aside.', messages(bad))
        : t('It will stop at line {0}.', firstBad?.item.line ?? 0);
  const choice: Choice<Agreed> = {
    label: t('Produce {0} to {1}', messages(records), topic),
    iconPath: new vscode.ThemeIcon('send'),
    ...(detail !== undefined && { detail }),
    choice: { total: records + bad },
  };
  return [choice, ...problems];
}

/** Returns a hint if the file has unsaved edits, because the version on disk is sent. */
function unsaved({ uri, file }: FileJob): readonly Choice<Agreed>[] {
  const isDirty = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (!isDirty) return [];
  return [warning(vscode.l10n.t('Save {0}: changes are not sent', file.name))];
}

function warning(label: string): Choice<Agreed> {
  return { label, iconPath: new vscode.ThemeIcon('warning') };
}

function toItem(item: Imported): Choice<Agreed> {
  const t = vscode.l10n.t;
  if (item.kind === 'bad') {
    return warning(capitalised(describeLine({ item, reason: { kind: 'bad' } })));
  }
  const { key = null, value, partition, headers = [], timestamp } = item.record;
  const text = value === null ? t('null (a tombstone)') : shortened(value) || t('(an empty text)');
  const place = [
    ...(key === null ? [] : [shortened(key) || t('(an empty key)')]),
    ...(partition === undefined ? [] : [t('partition {0}', partition)]),
    ...(timestamp === undefined ? [] : [new Date(timestamp).toISOString()]),
    ...(headers.length === 0
      ? []
      : [t('headers: {0}', headers.map(({ name }) => name).join(', '))]),
  ].join(' · ');
  return place === '' ? { label: text } : { label: place, description: text };
}

/** Returns the beginning of a key or value on one line. */
function shortened(payload: Payload): string {
  const head = payload.slice(0, 4 * SHOWN_CHARACTERS);
  const text = payloadText(head) ?? `0x${Buffer.from(head).toString('hex')}`;
  const line = text.replace(/\s+/g, ' ');
  const cut = line.length > SHOWN_CHARACTERS || head.length < payload.length;
  return `${line.slice(0, SHOWN_CHARACTERS)}${cut ? '…' : ''}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
