import * as vscode from 'vscode';
import type { CallOptions } from '../../core/kafka';
import { namesElsewhere, namesIn } from '../../core/schemaRegistry/names';
import type { SchemaRegistry } from '../../core/schemaRegistry/registry';
import type { SchemaReference, SchemaType } from '../../core/schemaRegistry/schema';
import { back, onlyStep } from '../dialogs/wizard';
import { withProgress } from '../dialogs/progress';
import { pickSubject, pickVersion } from './pickSchema';
import type { SchemaServices } from './services';

/** How many schemas are read to see what they define. */
const MAX_READ = 100;

interface Wanted {
  readonly cluster: string;
  readonly type: SchemaType;
  readonly text: string;
  /** The references of the latest version. */
  readonly known: readonly SchemaReference[];
}

/**
 * Returns the references that a schema needs. Those of the latest version stay, except files that it
 * no longer imports. Asks for the subject and version of each name that none of them explains.
 */
export async function referencesFor(
  services: Pick<SchemaServices, 'registries'>,
  { cluster, type, text, known }: Wanted,
): Promise<readonly SchemaReference[]> {
  const t = vscode.l10n.t;
  const names = namesElsewhere(type, text);
  const kept = type === 'PROTOBUF' ? known.filter(({ name }) => names.includes(name)) : known;
  const registry = await services.registries.ready(cluster);
  const resolved = await withProgress(t('Looking at what the schema refers to'), (signal) =>
    resolvedBy(registry, kept, { signal }),
  );
  const references = [...kept];
  for (const name of names.filter((each) => !resolved.has(each))) {
    const reference = await askReference(services, cluster, name);
    if (reference) references.push(reference);
  }
  return references;
}

/** Returns the names that references explain: their own, and what their schemas define. */
async function resolvedBy(
  registry: Pick<SchemaRegistry, 'version'>,
  references: readonly SchemaReference[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const waiting = [...references];
  const seen = new Set<string>();
  for (const { name, subject, version } of waiting) {
    names.add(name);
    const key = JSON.stringify([subject, version]);
    if (seen.has(key) || seen.size >= MAX_READ) continue;
    seen.add(key);
    const { schema } = await registry.version(subject, version, options);
    for (const each of namesIn(schema.type, schema.text)) names.add(each);
    // Protobuf sees only the files that it imports itself.
    if (schema.type !== 'PROTOBUF') waiting.push(...schema.references);
  }
  return names;
}

/** Asks where a name is defined. Returns `undefined` if the person leaves it to the registry. */
async function askReference(
  services: Pick<SchemaServices, 'registries'>,
  cluster: string,
  name: string,
): Promise<SchemaReference | undefined> {
  const t = vscode.l10n.t;
  const context = onlyStep(t('Reference to {0}', name));
  const subject = await pickSubject(context, services, cluster, {
    placeholder: t('The schema refers to {0}. Which subject is it?', name),
    active: name.replace(/\.proto$/, ''),
    before: [
      {
        label: t('None of them'),
        detail: t('Leave the reference out. The registry will say if it is needed.'),
        iconPath: new vscode.ThemeIcon('circle-slash'),
        choice: '',
      },
    ],
  });
  if (subject === undefined || subject === back) throw new vscode.CancellationError();
  if (subject.subject === '') return undefined;
  const place = { cluster, ...subject };
  const version = await pickVersion(context, services, place, {
    placeholder: t('Which version of {0}?', subject.subject),
  });
  if (version === undefined || version === back) throw new vscode.CancellationError();
  return { name, ...subject, ...version };
}
