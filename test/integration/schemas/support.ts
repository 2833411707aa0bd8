import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Started } from '../support';
import { api, childNodes, set, startOwnEmulator, text } from '../support';

/** An Avro record with some fields, as text. */
export function order(...fields: readonly object[]): string {
  return JSON.stringify({ type: 'record', name: 'Order', namespace: 'com.contoso', fields });
}

export const id = { name: 'id', type: 'long' };
export const note = { name: 'note', type: ['null', 'string'], default: null };
/** A field that no older order has, and that has no default. */
export const total = { name: 'total', type: 'double' };

/** Starts an emulator with a registry as the only cluster of the settings, which signs in to nothing. */
export async function connectWithRegistry(
  name: string,
  registry: Readonly<Record<string, unknown>> = {},
): Promise<Started> {
  const emulator = await startOwnEmulator({ samples: false, auth: 'none' });
  await define(name, emulator, registry);
  return emulator;
}

export async function define(
  name: string,
  emulator: Started,
  registry: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { caFile, schemaRegistry } = emulator.info;
  const { endpoint, dialect } = emulator.info;
  const signIn = { kind: 'none' };
  await set('clusters', [
    {
      name,
      endpoint,
      dialect,
      caFile,
      signIn,
      schemaRegistry: { endpoint: schemaRegistry?.endpoint, caFile, signIn, ...registry },
    },
  ]);
}

/** The rows below a node, as label and description. */
export async function rows(...labels: readonly string[]): Promise<readonly string[]> {
  const { tree } = await api();
  const shown: string[] = [];
  for (const node of await childNodes(...labels)) {
    const { label, description } = await tree.getTreeItem(node);
    shown.push([text(label), ...(description ? [text(description)] : [])].join(' | '));
  }
  return shown;
}

/** The document of the active editor. */
export function shownDocument(): vscode.TextDocument {
  const { activeTextEditor } = vscode.window;
  assert.ok(activeTextEditor);
  return activeTextEditor.document;
}

/** Replaces the text of a document. */
export async function retype(document: vscode.TextDocument, typed: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), typed);
  await vscode.workspace.applyEdit(edit);
}
