import * as vscode from 'vscode';
import type { KafkaProxy } from '../../core/kafka';
import { layoutOptions } from '../../transfer/bulk/importLayout';
import { type FileRun, openFileRun } from '../../transfer/bulk/produceFile';
import type { BulkOutcome } from './bulkOutcome';
import { type BulkServices, tellOutcome } from './bulkServices';
import type { FileJob, GivenFile } from './fileJob';
import { describeLine } from './layout/importProblem';
import { withOnlyAble } from '../clusters/pick';
import { askFileJob } from './produceFileWizard';
import { UserError } from '../words/report';
import type { Action } from '../dialogs/notify';
import { bulkSettings } from '../base/settings';
import { toSourceFile } from './layout/sourceFile';
import { messages } from '../words/counts';

/** Asks for what is not given, and produces the messages of a file. */
export async function produceFile(services: BulkServices, given: GivenFile): Promise<void> {
  const { connections } = services;
  if (!vscode.workspace.isTrusted) {
    throw new UserError(
      vscode.l10n.t('this workspace is not trusted'),
      vscode.l10n.t('Trust it first, because its files could hold anything'),
      'manageTrust',
    );
  }
  await run(services, await askFileJob(services, withOnlyAble(given, connections, 'produce')));
}

async function run(services: BulkServices, job: FileJob): Promise<void> {
  const t = vscode.l10n.t;
  const { cluster, topic, file, total } = job;
  const what =
    total === undefined
      ? t('Produce {0} to {1} on {2}', file.name, topic, cluster)
      : t('Produce {0} of {1} to {2} on {3}', messages(total), file.name, topic, cluster);
  const proxy = await services.connections.toWrite(cluster, what);
  await services.targets.used({ cluster, topic });
  const title = t('Producing {0} to {1}', file.name, topic);
  const { report, before } = await services.runs.show(title, async (signal) => {
    const before = await proxy.partitions(topic, { signal });
    const partitions = before.map(({ id }) => id);
    const { producer, run } = await open(proxy, job, partitions, signal);
    return { producer, total, run: async () => ({ report: await run(), before }) };
  });

  const { files } = report;
  const outcome: BulkOutcome<(typeof report.examples.refused)[number]['item']> = {
    source: file.name,
    headline: t('Produced {0} of {1} to {2}.', messages(report.accepted), file.name, topic),
    cluster,
    topic,
    report,
    files,
    describe: describeLine,
    place: ({ line }) => t('line {0}', line),
  };
  const { rest } = files;
  // The run would stop at the same line again.
  const stoppedAtItem = report.end.kind === 'item' && job.onBad === 'stop';
  const goOn: Action = {
    title: stoppedAtItem ? t('Set Aside and Go On') : t('Send the Rest'),
    run: async () => {
      const uri = vscode.Uri.joinPath(job.uri, '..', rest ?? '');
      const left = report.refused + report.unsent;
      const onBad = stoppedAtItem ? 'setAside' : job.onBad;
      const file = await toSourceFile(uri);
      const options = layoutOptions(job.options);
      await run(services, { ...job, uri, file, options, onBad, total: left });
    },
  };
  // If anything is unclear, the person must look at that first.
  const canGoOn = rest !== undefined && report.unclear === 0;
  tellOutcome(services, outcome, before, canGoOn ? [goOn] : []);
}

async function open(
  proxy: KafkaProxy,
  { topic, file, options, onBad, total }: FileJob,
  partitions: readonly number[],
  signal: AbortSignal,
): Promise<FileRun> {
  const bulk = { topic, partitions, onBad, total, signal, ...bulkSettings() };
  try {
    return await openFileRun(proxy, file, options, bulk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      vscode.l10n.t('nothing can be written beside {0} ({1})', file.name, error.message),
      vscode.l10n.t(
        'Messages that cannot be sent are kept there: copy the file to a folder that can be written',
      ),
    );
  }
}
