import * as vscode from 'vscode';
import type { HttpOptions, Log } from '../core/http';

const defaults = {
  'consume.count': 100,
  'consume.maxSize': 32,
  'follow.maxMessages': 10_000,
  'request.connectTimeout': 10,
  'request.timeout': 60,
  'request.maxAnswerSize': 64,
};

/** A number of the settings; the default where the settings hold something else. */
export function numberSetting(name: keyof typeof defaults): number {
  const value = vscode.workspace.getConfiguration('kafkaRest').get<unknown>(name);
  return typeof value === 'number' && value > 0 ? value : defaults[name];
}

/** A number of megabytes of the settings, in bytes. */
export function bytesSetting(name: 'consume.maxSize' | 'request.maxAnswerSize'): number {
  return numberSetting(name) * 1024 * 1024;
}

/** How the templates of `.kafka` files are filled in. */
export function templateSettings(): { readonly enabled: boolean; readonly locale: string } {
  const configuration = vscode.workspace.getConfiguration('kafkaRest');
  return {
    enabled: configuration.get<unknown>('templates.enabled') !== false,
    locale: configuration.get('templates.locale', 'en'),
  };
}

/** The limits for requests. */
export function httpOptions(log: Log): HttpOptions {
  return {
    connectTimeoutMs: numberSetting('request.connectTimeout') * 1000,
    requestTimeoutMs: numberSetting('request.timeout') * 1000,
    maxAnswerBytes: bytesSetting('request.maxAnswerSize'),
    log,
  };
}
