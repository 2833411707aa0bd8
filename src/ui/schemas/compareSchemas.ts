import * as vscode from 'vscode';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';
import { oneLine } from '../../core/text/visible';
import { withProgress } from '../dialogs/progress';
import { runWizard } from '../dialogs/wizard';
import { withRemedies } from '../words/remedies';
import { UserError } from '../words/report';
import { versionInWords } from '../words/schemaWords';
import { type ChosenSubject, chosenSubject, fetchVersion } from './openSchema';
import { type GivenSchema, newestFirst, pickVersion } from './pickSchema';
import type { SchemaDocuments } from './schemaDocuments';
import type { SchemaServices } from './services';

/** A version to compare, by default the latest one. */
interface Side extends ChosenSubject {
  readonly version?: number | undefined;
}

/** Shows a version beside the one before it. */
export async function compareWithPrevious(
  services: SchemaServices,
  documents: SchemaDocuments,
  given: GivenSchema,
): Promise<void> {
  const t = vscode.l10n.t;
  const { cluster, subject } = await chosenSubject(
    t('Compare with Previous Version'),
    services,
    given,
  );
  const versions = await versionsOf(services, { cluster, subject });
  const version = given.version ?? versions[0];
  const previous = versions.find((each) => version !== undefined && each < version);
  if (version === undefined || previous === undefined) {
    throw new UserError(t('{0} has no earlier version', subject), t('Choose a newer version'));
  }
  await showDiff(services, documents, [
    { cluster, subject, version: previous },
    { cluster, subject, version },
  ]);
}

/** Shows two versions side by side: those that are selected, or two of a subject to choose. */
export async function compareSchemas(
  services: SchemaServices,
  documents: SchemaDocuments,
  given: GivenSchema,
  selected: readonly GivenSchema[],
): Promise<void> {
  const t = vscode.l10n.t;
  const sides = selected.flatMap(({ cluster, subject, version }): readonly Side[] =>
    cluster === undefined || subject === undefined ? [] : [{ cluster, subject, version }],
  );
  const [left, right, more] = sides;
  if (more) {
    throw new UserError(t('more than two schemas are selected'), t('Select two of them'));
  }
  if (left && right) {
    await showDiff(services, documents, inOrder(left, right));
    return;
  }
  const title = t('Compare Versions');
  const { cluster, subject } = await chosenSubject(title, services, given);
  if ((await versionsOf(services, { cluster, subject })).length < 2) {
    throw new UserError(t('{0} has only one version', subject), t('Choose another subject'));
  }
  const initial = { version: given.version ?? 0, other: 0 };
  const chosen = await runWizard(title, initial, [
    {
      skip: () => given.version !== undefined,
      ask: (_, context) =>
        pickVersion(
          context,
          services,
          { cluster, subject },
          {
            placeholder: t('Which version of {0}?', subject),
          },
        ),
    },
    {
      ask: async ({ version }, context) => {
        const placeholder = t('Compare version {0} with which version?', version);
        const answer = await pickVersion(
          context,
          services,
          { cluster, subject },
          { placeholder, without: version },
        );
        return typeof answer === 'object' ? { other: answer.version } : answer;
      },
    },
  ]);
  await showDiff(
    services,
    documents,
    inOrder(
      { cluster, subject, version: chosen.version },
      { cluster, subject, version: chosen.other },
    ),
  );
}

/** Returns two sides, the older one first if they are versions of one subject. */
function inOrder(left: Side, right: Side): readonly [Side, Side] {
  const isSame = left.cluster === right.cluster && left.subject === right.subject;
  const isNewer = (left.version ?? Infinity) > (right.version ?? Infinity);
  return isSame && isNewer ? [right, left] : [left, right];
}

async function versionsOf(
  { registries }: Pick<SchemaServices, 'registries'>,
  { cluster, subject }: ChosenSubject,
): Promise<readonly number[]> {
  const registry = await registries.ready(cluster);
  return withRemedies({ cluster }, () =>
    withProgress(vscode.l10n.t('Reading the schema {0}', subject), async (signal) =>
      newestFirst(await registry.versions(subject, { signal })),
    ),
  );
}

async function showDiff(
  services: SchemaServices,
  documents: SchemaDocuments,
  [left, right]: readonly [Side, Side],
): Promise<void> {
  const before = await fetchVersion(services, left);
  const after = await fetchVersion(services, right);
  await vscode.commands.executeCommand(
    'vscode.diff',
    documents.address(left.cluster, before),
    documents.address(right.cluster, after),
    oneLine(titleOf(before, after)),
  );
}

function titleOf(before: SubjectVersion, after: SubjectVersion): string {
  const t = vscode.l10n.t;
  const right = versionInWords(after.version);
  const left = versionInWords(before.version);
  return before.subject === after.subject
    ? t('{0}: {1} ↔ {2}', before.subject, left, right)
    : t('{0}, {1} ↔ {2}, {3}', before.subject, left, after.subject, right);
}
