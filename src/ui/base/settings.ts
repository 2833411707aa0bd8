import * as vscode from 'vscode';
import type { HttpOptions, Log } from '../../core/http/client';
import { TIME_MARGIN } from '../../core/read/request';
import type { TimeContext } from '../../core/time/parse';
import type { StoreLimits } from '../../viewer/store/messageStore';

/** The default, minimum and maximum of each number, as in the manifest. */
export const numberSettings = {
  'consume.count': [100, 1, 1_000_000],
  'consume.maxSize': [32, 1, 45],
  'follow.maxMessages': [10_000, 100, 100_000],
  'bulk.requests': [4, 1, 16],
  'bulk.patience': [120, 1, 3600],
  'request.connectTimeout': [10, 1, 300],
  'request.timeout': [60, 1, 3600],
  'request.maxAnswerSize': [64, 1, 512],
  'viewer.maxMessages': [1_000_000, 1_000, 10_000_000],
  'viewer.maxSize': [512, 16, 4096],
} as const;

/**
 * Returns a number from the settings, clamped to its limits because VS Code does not enforce them.
 * Returns the default if the setting does not hold a number.
 */
export function numberSetting(name: keyof typeof numberSettings): number {
  const [fallback, min, max] = numberSettings[name];
  const value = vscode.workspace.getConfiguration('kafkaRest').get<unknown>(name);
  return typeof value === 'number' ? Math.min(Math.max(value, min), max) : fallback;
}

/** Reads a setting in megabytes and returns it in bytes. */
export function bytesSetting(
  name: 'consume.maxSize' | 'request.maxAnswerSize' | 'viewer.maxSize',
): number {
  return numberSetting(name) * 1024 * 1024;
}

/** Returns how many messages and bytes a viewer holds. */
export function viewerLimits(): StoreLimits {
  return {
    maxMessages: numberSetting('viewer.maxMessages'),
    maxBytes: bytesSetting('viewer.maxSize'),
  };
}

/** Returns whether messages open in a viewer rather than in a document. */
export function opensInViewer(): boolean {
  return vscode.workspace.getConfiguration('kafkaRest').get('consume.openIn') === 'viewer';
}

/** Returns whether a document is produced with the line break at its end. */
export function keepsFinalLineBreak(): boolean {
  return vscode.workspace.getConfiguration('kafkaRest').get('produce.finalLineBreak') === true;
}

/** Returns how messages are produced in bulk. */
export function bulkSettings(): { readonly requests: number; readonly retryBudgetMs: number } {
  return {
    requests: Math.ceil(numberSetting('bulk.requests')),
    retryBudgetMs: numberSetting('bulk.patience') * 1000,
  };
}

/** Returns how the templates of `.kafka` files are filled in. */
export function templateSettings(): { readonly enabled: boolean; readonly locale: string } {
  const configuration = vscode.workspace.getConfiguration('kafkaRest');
  return {
    enabled: configuration.get<unknown>('templates.enabled') !== false,
    locale: configuration.get('templates.locale', 'en'),
  };
}

/** Returns how to understand and show times: the clock and time zone of the settings. */
export function timeContext(): TimeContext {
  const zone = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('time.zone');
  return { now: Date.now(), zone: zone === 'utc' ? 'utc' : 'local' };
}

/** Returns by how many milliseconds timestamps may be out of order. */
export function timeMargin(): number {
  const seconds = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('time.margin');
  return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : TIME_MARGIN;
}

/** Returns the limits for requests. */
export function httpOptions(log: Log): HttpOptions {
  return {
    connectTimeoutMs: numberSetting('request.connectTimeout') * 1000,
    requestTimeoutMs: numberSetting('request.timeout') * 1000,
    maxResponseBytes: bytesSetting('request.maxAnswerSize'),
    log,
  };
}
