import type * as vscode from 'vscode';
import { array, lenient, literal, object, record, string } from '../../../core/schema';
import { remember } from '../../base/remember';

/** What a person has chosen the last time that they looked for clusters in Azure. */
export interface AzureMemory {
  readonly by?: 'account' | 'azureCli';
  readonly cloud?: string;
  readonly tenant?: string;
  /** The subscriptions to look in, by the tenant. Missing: all of it. */
  readonly subscriptions?: Readonly<Partial<Record<string, readonly string[]>>>;
}

const KEY = 'kafkaRest.azure';

const memory = object({
  by: lenient(literal('account', 'azureCli')),
  cloud: lenient(string),
  tenant: lenient(string),
  subscriptions: lenient(record(string, array(string))),
});

export function readAzureMemory(state: vscode.Memento): AzureMemory {
  return memory(state.get(KEY)) ?? {};
}

/** Remembers what has changed, and keeps the rest. */
export async function rememberAzure(state: vscode.Memento, change: AzureMemory): Promise<void> {
  await remember(state, KEY, { ...readAzureMemory(state), ...change });
}
