import * as vscode from 'vscode';
import type { Chosen, ClusterDefinition, RegistryDefinition } from '../../core/cluster/definition';
import { oneLine } from '../../core/text/visible';
import { protectionWord } from './clusterMarks';
import { dialectWords } from './dialects/registry';
import type { KindWords } from './kindWords';
import { signInWords } from './signIn/registry';

/** A member of a definition: how it is called, and its value. */
export type DefinitionRow = readonly [label: string, value: string];

/**
 * Returns what a cluster would connect to, and how: all members of its definition, including the
 * files that it names. The values may hold anything.
 */
export function definitionRows(definition: ClusterDefinition): readonly DefinitionRow[] {
  const t = vscode.l10n.t;
  const { endpoint, dialect, signIn, caFile, protection, azure, schemaRegistry } = definition;
  return [
    [t('Endpoint'), endpoint],
    ...choiceRows(t('Sign-in'), signIn, signInWords(signIn.kind)),
    ...choiceRows(t('REST proxy'), dialect, dialectWords(dialect.kind)),
    ...(caFile === undefined ? [] : [[t('CA file'), caFile] as const]),
    ...(azure === undefined ? [] : [[t('Azure resource'), azure.resourceId] as const]),
    ...(protection === 'none' ? [] : [[t('Protection'), protectionWord(protection)] as const]),
    ...(schemaRegistry === undefined ? [] : registryRows(schemaRegistry)),
  ];
}

function registryRows(definition: RegistryDefinition): readonly DefinitionRow[] {
  const t = vscode.l10n.t;
  const { endpoint, signIn, caFile, protection } = definition;
  return [
    [t('Schema registry'), endpoint],
    ...choiceRows(t('Sign-in to the registry'), signIn, signInWords(signIn.kind)),
    ...(caFile === undefined ? [] : [[t('CA file of the registry'), caFile] as const]),
    ...(protection === 'none'
      ? []
      : [[t('Protection of the registry'), protectionWord(protection)] as const]),
  ];
}

/** Returns the same as lines: `Endpoint: https://kafka.example.com`. */
export function definitionLines(definition: ClusterDefinition): readonly string[] {
  return definitionRows(definition).map(([label, value]) =>
    vscode.l10n.t('{0}: {1}', label, oneLine(value)),
  );
}

function choiceRows(
  title: string,
  { kind, ...fields }: Chosen,
  words: KindWords | undefined,
): readonly DefinitionRow[] {
  const filled = Object.entries(fields).filter(([, text]) => text !== '');
  return [
    [title, words?.label ?? kind],
    ...filled.map(([name, text]) => [words?.fields[name]?.label ?? name, text] as const),
  ];
}
