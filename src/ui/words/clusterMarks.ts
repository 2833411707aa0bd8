import * as vscode from 'vscode';
import type { ClusterDefinition, Protection } from '../../core/cluster/definition';
import { isUnencrypted } from '../../core/cluster/endpoint';
import { sentences } from './sentences';

/** A warning about a cluster that is always shown, as one word and as a sentence. */
export interface ClusterMark {
  readonly kind: 'production' | 'readOnly' | 'unencrypted';
  readonly word: string;
  readonly sentence: string;
}

/** The colour of marks, which the manifest contributes. */
export const markColor = new vscode.ThemeColor('kafkaRest.productionForeground');

/** Returns the marks of a cluster, the most serious first. Most clusters have none. */
export function marksOf({ name, endpoint, protection }: ClusterDefinition): readonly ClusterMark[] {
  const t = vscode.l10n.t;
  const marks: ClusterMark[] = [];
  if (protection === 'production') {
    marks.push({
      kind: protection,
      word: protectionWord(protection),
      sentence: t(
        '{0} is a production cluster: every command that writes to it asks for its name.',
        name,
      ),
    });
  }
  if (protection === 'readOnly') {
    marks.push({
      kind: protection,
      word: protectionWord(protection),
      sentence: t('{0} is read-only: nothing is written to it.', name),
    });
  }
  if (isUnencrypted(endpoint)) {
    marks.push({
      kind: 'unencrypted',
      word: t('not encrypted'),
      sentence: t('Credentials and all messages go to {0} and back unencrypted.', name),
    });
  }
  return marks;
}

/** Returns how a protection is called. */
export function protectionWord(protection: Exclude<Protection, 'none'>): string {
  const t = vscode.l10n.t;
  return protection === 'production' ? t('production') : t('read-only');
}

/** Returns the word of each mark of a cluster; none for a cluster that is gone. */
export function markWordsOf(definition: ClusterDefinition | undefined): readonly string[] {
  return definition ? marksOf(definition).map(({ word }) => word) : [];
}

/** Returns the name of a cluster with its marks: "contoso · production". */
export function nameWithMarks(definition: ClusterDefinition): string {
  return [definition.name, ...markWordsOf(definition)].join(' · ');
}

/** Returns the words of the marks, joined: "production · not encrypted". */
export function wordsOf(marks: readonly ClusterMark[]): string {
  return marks.map(({ word }) => word).join(' · ');
}

/** Returns the sentences of the marks, joined. */
export function sentencesOf(marks: readonly ClusterMark[]): string {
  return sentences(...marks.map(({ sentence }) => sentence));
}
