import * as vscode from 'vscode';
import type { KafkaProxy } from '../../core/kafka';
import { formatText } from '../../core/message/codec';
import { listed } from '../../l10n/listed';
import { encodeImported } from '../../transfer/bulk/encodeImported';
import { layoutOptions } from '../../transfer/bulk/importLayout';
import { mayHaveWritten } from '../../core/produce/fates';
import { nextRun } from '../../transfer/bulk/nextRun';
import type { FileReport, FileRun } from '../../transfer/bulk/produceFile';
import type { Imported } from '../../transfer/import/imported';
import { describeWritten } from './runs/bulkOutcome';
import type { LinkedOutcome } from './runs/reportText';
import { tellOutcome } from './runs/bulkServices';
import type { FileJob, FileServices, GivenFile } from './fileJob';
import { describeLine } from './layout/importProblem';
import { lineLink } from './runs/links';
import { withOnlyAble } from '../clusters/pick';
import { needsEncoding } from '../produce/draft';
import type { OpenFormats } from '../produce/openFormats';
import { askFileJob } from './produceFileWizard';
import { withRemedies } from '../words/remedies';
import { openBeside } from './runs/openBeside';
import { UserError } from '../words/report';
import type { Action } from '../dialogs/notify';
import { bulkSettings } from '../base/settings';
import { toSourceFile } from './layout/sourceFile';
import { messages } from '../words/counts';

/** Asks for what is not given, and produces the messages of a file. */
export async function produceFile(services: FileServices, given: GivenFile): Promise<void> {
  const { connections } = services;
  if (!vscode.workspace.isTrusted) {
    throw new UserError(
      vscode.l10n.t('this workspace is not trusted'),
      vscode.l10n.t('Trust it first, because its files could hold anything'),
      'manageTrust',
    );
  }
  const job = await askFileJob(services, withOnlyAble(given, connections, 'produce'));
  const again = () => run(services, job);
  await withRemedies({ cluster: job.cluster, topic: job.topic, again }, again);
}

async function run(services: FileServices, job: FileJob): Promise<void> {
  const t = vscode.l10n.t;
  const { cluster, topic, file, total } = job;
  const what =
    total === undefined
      ? t('Produce {0} to {1} on {2}', file.name, topic, cluster)
      : t('Produce {0} of {1} to {2} on {3}', messages(total), file.name, topic, cluster);
  if (!(await services.formats.ready(job))) throw new vscode.CancellationError();
  const proxy = await services.connections.toWrite(cluster, what);
  await services.targets.used({ cluster, topic });
  const name = {
    title: t('Producing {0} to {1} on {2}', file.name, topic, cluster),
    label: t('{0} to {1}', file.name, topic),
  };
  const { report, before, encoding } = await services.runs.show(name, async (signal) => {
    const before = await proxy.partitions(topic, { signal });
    const partitions = before.map(({ id }) => id);
    const { produce } = proxy.capabilities;
    const encoding = needsEncoding(job)
      ? await services.formats.open(job, produce && produce.binary, signal)
      : undefined;
    const { producer, run } = await open(proxy, job, encoding, partitions, signal);
    return { producer, total, run: async () => ({ report: await run(), before, encoding }) };
  });

  const where = describeWritten(report.written);
  const count = messages(report.accepted);
  const beside = (name: string) => vscode.Uri.joinPath(job.uri, '..', name);
  const outcome: LinkedOutcome<Imported> = {
    source: file.name,
    headline:
      where === undefined
        ? t('Produced {0} from {1} to {2} on {3}.', count, file.name, topic, cluster)
        : t('Produced {0} from {1} to {2} on {3}: {4}.', count, file.name, topic, cluster, where),
    cluster,
    topic,
    report,
    files: report.files,
    describe: describeLine,
    place: ({ line }) => t('line {0}', line),
    link: ({ line }) => lineLink(job.uri, line),
    fileLink: beside,
    ...(encoding && describeFormats(encoding, report)),
  };
  // What is left is encoded by the same schemas, whatever is registered meanwhile.
  const formats = encoding?.formats ?? job.formats;
  const left = Object.values(report.files).map((name) => beside(name).toString());
  await services.restFormats.set(left, formats);
  tellOutcome(services, outcome, before, nextSteps(services, { ...job, formats }, report, beside));
}

/** Says by what the messages were encoded, and for the report, how to produce what is left. */
function describeFormats(
  { formats, schemas }: OpenFormats,
  report: FileReport,
): Pick<LinkedOutcome<Imported>, 'notices' | 'details'> {
  const t = vscode.l10n.t;
  const by = listed([schemas.value, schemas.key].filter((each) => each !== ''));
  const [key, value] = [formatText(formats.key), formatText(formats.value)];
  return {
    notices: by !== '' && mayHaveWritten(report) ? [t('Encoded by {0}.', by)] : [],
    details: [t('The format of values was {0}, and that of keys {1}.', value, key)],
  };
}

/** Returns the action that sends what is left, if that can help. */
function nextSteps(
  services: FileServices,
  job: FileJob,
  report: FileReport,
  beside: (name: string) => vscode.Uri,
): readonly Action[] {
  const t = vscode.l10n.t;
  const { rest } = report.files;
  const isWhole = !mayHaveWritten(report);
  const next = isWhole || rest !== undefined ? nextRun(report, job.onBad, isWhole) : undefined;
  if (next === undefined) return [];
  const onBad = next === 'setAside' ? 'setAside' : job.onBad;
  const sendRest = async () => {
    const uri = beside(rest ?? '');
    const options = layoutOptions(job.options);
    const total = report.refused + report.unsent;
    await run(services, { ...job, uri, file: await toSourceFile(uri), options, onBad, total });
  };
  const title =
    next === 'setAside' ? t('Set Aside and Go On') : isWhole ? t('Send Again') : t('Send the Rest');
  return [{ title, run: isWhole ? () => run(services, { ...job, onBad }) : sendRest }];
}

function open(
  proxy: KafkaProxy,
  { topic, file, options, onBad, total }: FileJob,
  encoding: OpenFormats | undefined,
  partitions: readonly number[],
  signal: AbortSignal,
): Promise<FileRun> {
  const encode =
    encoding &&
    ((items: readonly Imported[], stopped: AbortSignal) =>
      encodeImported(items, encoding, { signal: stopped }));
  const bulk = { topic, partitions, onBad, total, signal, encode, ...bulkSettings() };
  return openBeside(proxy, file, options, bulk);
}
