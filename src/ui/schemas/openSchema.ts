import * as vscode from 'vscode';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';
import { withProgress } from '../dialogs/progress';
import { back, onlyStep, runWizard } from '../dialogs/wizard';
import { withRemedies } from '../words/remedies';
import { latestOf } from './latest';
import { type GivenSchema, onlyCluster, pickRegistry, pickSubject } from './pickSchema';
import type { SchemaServices } from './services';

/** A subject of a registry; its texts are empty until they are chosen. */
export interface ChosenSubject {
  readonly cluster: string;
  readonly subject: string;
}

type Registered = Pick<SchemaServices, 'connections' | 'registries'>;

/** Returns the subject that a command is about, and asks for what is not given. */
export async function chosenSubject(
  title: string,
  services: Registered,
  given: GivenSchema,
  question: Parameters<typeof pickSubject>[3] = {},
): Promise<ChosenSubject> {
  const cluster = onlyCluster(services, given.cluster);
  const initial = { cluster: cluster ?? '', subject: given.subject ?? '' };
  return runWizard<ChosenSubject>(title, initial, [
    {
      skip: () => cluster !== undefined,
      ask: (state, context) => pickRegistry(context, services, state.cluster),
    },
    {
      skip: () => given.subject !== undefined,
      ask: (state, context) => pickSubject(context, services, state.cluster, question),
    },
  ]);
}

/** Fetches a version of a subject, and asks for the subject if it is not given. */
export async function chosenVersion(
  title: string,
  services: Registered,
  given: GivenSchema,
): Promise<{ readonly cluster: string; readonly found: SubjectVersion }> {
  const { cluster, subject } = await chosenSubject(title, services, given);
  const version = given.subject === undefined ? undefined : given.version;
  return { cluster, found: await fetchVersion(services, { cluster, subject, version }) };
}

/** Fetches a version of a subject, by default the latest one. */
export async function fetchVersion(
  { registries }: Pick<SchemaServices, 'registries'>,
  { cluster, subject, version }: ChosenSubject & { readonly version?: number | undefined },
): Promise<SubjectVersion> {
  const registry = await registries.ready(cluster);
  return withRemedies({ cluster }, () =>
    withProgress(vscode.l10n.t('Reading the schema {0}', subject), (signal) =>
      registry.version(subject, version ?? 'latest', { signal }),
    ),
  );
}

/**
 * Fetches the schema of the keys or values of a topic. If there is none under the usual name, asks
 * which subject it is.
 */
export async function schemaOfTopic(
  title: string,
  services: Registered,
  { cluster, topic, part }: { cluster: string; topic: string; part: 'key' | 'value' },
): Promise<SubjectVersion> {
  const t = vscode.l10n.t;
  onlyCluster(services, cluster);
  const registry = await services.registries.ready(cluster);
  const subject = `${topic}-${part}`;
  const found = await withRemedies({ cluster }, () =>
    withProgress(t('Reading the schema {0}', subject), (signal) =>
      latestOf(registry, subject, { signal }),
    ),
  );
  if (found) return found;
  const placeholder = t('There is no subject {0}. Which one is it?', subject);
  const answer = await pickSubject(onlyStep(title), services, cluster, {
    placeholder,
    active: topic,
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return fetchVersion(services, { cluster, ...answer });
}
