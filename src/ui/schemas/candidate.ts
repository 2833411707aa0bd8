import * as vscode from 'vscode';
import type { ReadingRegistry } from '../../core/schemaRegistry/registry';
import { plainMessage } from '../../core/schemaRegistry/plainMessage';
import type {
  RegisteredSchema,
  SchemaType,
  SubjectVersion,
} from '../../core/schemaRegistry/schema';
import { choose } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import { UserError } from '../words/report';
import { latestOf } from './latest';
import { referencesFor } from './references';
import { registeredText, textProblem } from './schemaText';
import type { SchemaServices } from './services';

/** A text that is to become the next version of a subject. */
export interface Candidate {
  readonly cluster: string;
  readonly subject: string;
  readonly type: SchemaType;
  readonly text: string;
  /** Shows the text beside the latest version. */
  readonly compare: (latest: SubjectVersion) => unknown;
}

/** A candidate with its references, and what it would follow. */
export interface Prepared {
  readonly registry: ReadingRegistry;
  readonly schema: RegisteredSchema;
  /** Missing: the subject does not exist yet. */
  readonly latest: SubjectVersion | undefined;
}

/** Completes a candidate with its references, and asks for those that are not known. */
export async function prepare(
  { registries }: Pick<SchemaServices, 'registries'>,
  { cluster, subject, type, text }: Candidate,
): Promise<Prepared> {
  const t = vscode.l10n.t;
  const problem = textProblem(type, text);
  if (problem !== undefined) throw new UserError(problem, t('Correct it and try again'));
  const registry = await registries.ready(cluster);
  const latest = await withProgress(t('Reading the schema {0}', subject), (signal) =>
    latestOf(registry, subject, { signal }),
  );
  const known = latest?.schema.references ?? [];
  const references = await referencesFor({ registries }, { cluster, type, text, known });
  return { registry, latest, schema: { type, text: registeredText(type, text), references } };
}

/** Returns whether a candidate differs from the latest version in nothing but its layout. */
export function isLatest({ schema, latest }: Prepared): boolean {
  if (latest?.schema.type !== schema.type) return false;
  const before = registeredText(schema.type, latest.schema.text);
  const sameReferences =
    JSON.stringify(latest.schema.references.map(key)) ===
    JSON.stringify(schema.references.map(key));
  return before.trim() === schema.text.trim() && sameReferences;
}

function key({ name, subject, version }: RegisteredSchema['references'][number]): string {
  return JSON.stringify([name, subject, version]);
}

/**
 * Asks the registry whether a candidate fits the versions before it. If not, shows what does not
 * fit and throws a `CancellationError`: nothing can be done but to change the schema.
 */
export async function requireCompatible(
  { subject, compare }: Candidate,
  { registry, schema, latest }: Prepared,
): Promise<void> {
  const t = vscode.l10n.t;
  if (!latest) return;
  const { isCompatible, messages, level } = await withProgress(
    t('Checking the schema of {0}', subject),
    async (signal) => {
      const result = await registry.check(subject, schema, { signal });
      if (result.isCompatible) return { ...result, level: '' };
      // Only says which rule it breaks.
      const rule = await registry.compatibility(subject, { signal }).catch(() => undefined);
      return { ...result, level: rule?.level ?? '' };
    },
  );
  if (isCompatible) return;
  const sentences = messages.map(plainMessage).filter((each) => each !== undefined);
  const reasons =
    sentences.length > 0
      ? [...new Set(sentences)].map((each) => `• ${each}`)
      : [t('The registry does not say why.')];
  const title =
    level === ''
      ? t('The schema does not fit the earlier versions of {0}. Nothing was registered.', subject)
      : t(
          'The schema does not fit the earlier versions of {0} ({1}). Nothing was registered.',
          subject,
          level,
        );
  const diff = t('Compare with Version {0}', latest.version);
  const answer = await choose('warning', title, reasons.join('\n'), [diff]);
  if (answer === diff) await compare(latest);
  throw new vscode.CancellationError();
}
