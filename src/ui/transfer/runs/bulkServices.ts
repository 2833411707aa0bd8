import * as vscode from 'vscode';
import type { Partition } from '../../../core/kafka';
import { mayHaveWritten } from '../../../core/produce/fates';
import { endsOf } from '../../../core/produce/places';
import type { BulkItem } from '../../../transfer/bulk/bulkReport';
import { summarize } from './bulkOutcome';
import type { BulkRuns } from './bulkRuns';
import type { Connections } from '../../clusters/connections';
import type { Registries } from '../../clusters/registry/registries';
import type { Decoding } from '../../decoding/decoding';
import type { TopicChanges } from '../../clusters/topicChanges';
import type { Consumer } from '../../messages/consume';
import type { Action } from '../../dialogs/notify';
import type { Targets } from '../../targets/targets';
import { remediesOf } from '../../words/remedies';
import type { Reporter } from '../../words/reporter';
import type { ReportDocuments } from './reportDocuments';
import { type LinkedOutcome, reportText } from './reportText';

/** The services for producing files and copying messages. */
export interface BulkServices {
  readonly connections: Connections;
  readonly targets: Targets;
  readonly topics: TopicChanges;
  readonly consumer: Consumer;
  readonly reporter: Reporter;
  readonly registries: () => Promise<Registries>;
  readonly decoding: Decoding;
  readonly runs: BulkRuns;
  readonly reports: ReportDocuments;
}

/** A notification with more buttons is hard to read. */
const MAX_REMEDIES = 1;

/**
 * Reports the outcome of a run, with *View Messages*, the `more` actions, the first step
 * against what stopped it, and *Open Report*.
 * `before` are the partitions of the topic as they were before the run.
 */
export function tellOutcome<T extends BulkItem>(
  { topics, consumer, reporter, reports }: BulkServices,
  outcome: LinkedOutcome<T>,
  before: readonly Partition[],
  more: readonly Action[],
): void {
  const t = vscode.l10n.t;
  const { cluster, topic, source, report } = outcome;
  const { end, keepError } = report;
  topics.tell({ cluster, topic });
  const action = t('produce all of {0}', source);
  if ('error' in end) reporter.record(action, end.error);
  if (keepError !== undefined) reporter.record(action, keepError);

  const viewMessages: Action = {
    title: t('View Messages'),
    run: () => consumer.consumeSince(cluster, topic, endsOf(before)),
  };
  const openReport: Action = {
    title: t('Open Report'),
    run: () => reports.show(t('{0} to {1}', source, topic), reportText(outcome)),
  };
  const { severity, text } = summarize(outcome);
  const remedies = 'error' in end ? remediesOf(end.error, { cluster, topic }) : [];
  void reporter.tell(severity, text, [
    ...(mayHaveWritten(report) ? [viewMessages] : []),
    ...more,
    ...remedies.slice(0, MAX_REMEDIES),
    openReport,
  ]);
}
