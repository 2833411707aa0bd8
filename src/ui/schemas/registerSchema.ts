import * as vscode from 'vscode';
import type { SchemaRegistry } from '../../core/schemaRegistry/registry';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';
import { withProgress } from '../dialogs/progress';
import { showResult } from '../dialogs/result';
import { withRemedies } from '../words/remedies';
import { type Candidate, isLatest, prepare, requireCompatible } from './candidate';
import type { SchemaServices } from './services';

/**
 * Registers a candidate as the next version of its subject, if the registry finds it compatible and
 * the person agrees where that is asked for. Returns the version that the schema is now: a new one,
 * or the one under which the subject had it already.
 */
export async function registerSchema(
  services: SchemaServices,
  candidate: Candidate,
): Promise<SubjectVersion> {
  const t = vscode.l10n.t;
  const { cluster, subject } = candidate;
  const { registries, tree } = services;
  // Before it asks for references, which would be in vain.
  registries.refuseReadOnly(cluster);
  const prepared = await prepare(services, candidate);
  const { latest, schema } = prepared;
  if (latest && isLatest(prepared)) {
    showResult(
      t('{0} on {1} already has this schema, as version {2}', subject, cluster, latest.version),
    );
    return latest;
  }
  await requireCompatible(candidate, prepared);
  const what = latest
    ? t('Register version {0} of {1} on {2}', latest.version + 1, subject, cluster)
    : t('Register the new subject {0} on {1}', subject, cluster);
  const registry = await registries.toWrite(cluster, what);
  const found = await withProgress(t('Registering the schema {0}', subject), async (signal) => {
    const id = await registry.register(subject, schema, { signal });
    return { id, version: await versionWith(registry, { subject, id }, signal) };
  });
  tree.refreshSubjects(cluster);
  const { id, version } = found;
  const isNew = !latest || version > latest.version;
  const facts = [version, subject, cluster, id] as const;
  showResult(
    isNew
      ? t('Registered version {0} of {1} on {2}, with id {3}', ...facts)
      : t('This is already version {0} of {1} on {2}, with id {3}', ...facts),
  );
  return { subject, version, id, schema };
}

/** Returns the version under which a subject has the schema with an id. */
async function versionWith(
  registry: SchemaRegistry,
  { subject, id }: { readonly subject: string; readonly id: number },
  signal: AbortSignal,
): Promise<number> {
  const latest = await registry.version(subject, 'latest', { signal });
  if (latest.id === id) return latest.version;
  const uses = await registry.usesOf(id, { signal });
  const own = uses.filter((use) => use.subject === subject).map(({ version }) => version);
  return own.length > 0 ? Math.max(...own) : latest.version;
}

/** Asks the registry whether a candidate could be registered, and tells. Changes nothing. */
export async function checkSchema(
  services: Pick<SchemaServices, 'registries'>,
  candidate: Candidate,
): Promise<void> {
  const t = vscode.l10n.t;
  const { cluster, subject } = candidate;
  await withRemedies({ cluster, again: () => checkSchema(services, candidate) }, async () => {
    const prepared = await prepare(services, candidate);
    await requireCompatible(candidate, prepared);
    const { latest } = prepared;
    if (!latest) {
      showResult(t('{0} does not exist on {1} yet, so any schema fits', subject, cluster));
    } else if (isLatest(prepared)) {
      showResult(t('The schema is the same as version {0} of {1}', latest.version, subject));
    } else {
      showResult(t('The schema fits {0}: it can become version {1}', subject, latest.version + 1));
    }
  });
}
