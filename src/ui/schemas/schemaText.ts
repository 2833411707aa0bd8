import * as vscode from 'vscode';
import { compactJson, indentJson, isJson } from '../../core/json/layout';
import type { RegisteredSchema, SchemaType } from '../../core/schemaRegistry/schema';

/** Returns the text of a schema as people read it: JSON over several lines. */
export function shownText({ type, text }: Pick<RegisteredSchema, 'type' | 'text'>): string {
  if (type === 'PROTOBUF' || !isJson(text)) return text;
  return `${indentJson(text)}\n`;
}

/**
 * Returns the text of a schema as it is registered. Registries keep JSON without blanks, so that a
 * schema that was only laid out differently stays the same.
 */
export function registeredText(type: SchemaType, text: string): string {
  return type === 'PROTOBUF' ? text : compactJson(text);
}

/** Says what is wrong with a text, as a clause, before a registry is asked. */
export function textProblem(type: SchemaType, text: string): string | undefined {
  const t = vscode.l10n.t;
  if (text.trim() === '') return t('the schema is empty');
  if (type === 'PROTOBUF') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return t('the schema is not JSON: {0}', error instanceof Error ? error.message : String(error));
  }
}
