import * as vscode from 'vscode';
import type { SchemaReference } from '../../../../core/schemaRegistry/schema';
import { versionInWords } from '../../../words/schemaWords';
import { subjectOf } from '../../memory/schemaFacts';
import type { TooltipRow } from '../tooltip';
import { subjectsId, type TreeSources } from '../treeNode';

/** Returns the subjects of the keys and values of a topic, as far as the subjects were listed. */
export function schemaRows(
  { cluster, topic }: { readonly cluster: string; readonly topic: string },
  { connections, memory }: Pick<TreeSources, 'connections' | 'memory'>,
): readonly TooltipRow[] {
  const t = vscode.l10n.t;
  const definition = connections.clusters.get(cluster)?.definition;
  const listed = definition && memory.subjects.get(subjectsId(cluster), definition)?.value;
  if (!listed) return [];
  const value = subjectOf({ topic, part: 'value' });
  const key = subjectOf({ topic, part: 'key' });
  return [
    ...(listed.includes(value) ? [[t('Schema of the values'), value] as const] : []),
    ...(listed.includes(key) ? [[t('Schema of the keys'), key] as const] : []),
  ];
}

/** Returns what a schema refers to: the names, and where they are. */
export function referenceRows(references: readonly SchemaReference[]): readonly TooltipRow[] {
  const t = vscode.l10n.t;
  return references.map(({ name, subject, version }) => [
    t('Refers to'),
    // Avro's references mostly have the name of their subject.
    name === subject
      ? t('{0} ({1})', subject, versionInWords(version))
      : t('{0} ({1}, {2})', name, subject, versionInWords(version)),
  ]);
}
