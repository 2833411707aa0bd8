import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import { lenient, object, type Schema, string } from '../../core/schema';
import type { CommandId } from '../base/commandIds';
import type { NextStep } from '../base/explanation';
import type { Action } from '../dialogs/notify';
import { explain } from './report';

/** What a task that failed was about. */
export interface FailureContext {
  readonly cluster?: string | undefined;
  readonly topic?: string | undefined;
  /** Whether topics can be created on the cluster. Missing: yes. */
  readonly canCreateTopic?: boolean | undefined;
  /** Does the task again, with everything that the person has typed. */
  readonly again?: (() => unknown) | undefined;
}

/** Reads from the argument of a command what the command is about. */
export const toFailureContext: Schema<FailureContext> = object({
  cluster: lenient(string),
  topic: lenient(string),
});

const contexts = new WeakMap<object, FailureContext>();

/**
 * Runs a task. An error that it throws remembers the context, so that whoever reports it can offer
 * the next step. Of nested contexts, the inner one counts, and the outer ones fill its gaps.
 */
export async function withRemedies<T>(context: FailureContext, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw remembering(error, context);
  }
}

/** Returns the error with its context. */
function remembering(error: unknown, context: FailureContext): unknown {
  if (typeof error !== 'object' || error === null) return error;
  // Several tasks may have waited for the same request, and each has a context of its own.
  const own = error instanceof KafkaError ? error.copy() : error;
  contexts.set(own, filled(contexts.get(error), context));
  return own;
}

/** Returns the context that an error remembers. `fallback` fills its gaps. */
export function contextOf(error: unknown, fallback: FailureContext): FailureContext {
  const isObject = typeof error === 'object' && error !== null;
  return filled(isObject ? contexts.get(error) : undefined, fallback);
}

function filled(inner: FailureContext | undefined, outer: FailureContext): FailureContext {
  return {
    cluster: inner?.cluster ?? outer.cluster,
    topic: inner?.topic ?? outer.topic,
    canCreateTopic: inner?.canCreateTopic ?? outer.canCreateTopic,
    again: inner?.again ?? outer.again,
  };
}

/**
 * Returns the next steps after a failure as actions, the most helpful first. `fallback` fills the
 * gaps of the context that the error remembers. Steps that need more than is known are left out.
 */
export function remediesOf(error: unknown, fallback: FailureContext = {}): readonly Action[] {
  return actionsFor(error, contextOf(error, fallback));
}

/** As `remediesOf`, with exactly this context. */
export function actionsFor(error: unknown, context: FailureContext): readonly Action[] {
  return (explain(error).next ?? []).flatMap((step) => actionOf(step, context) ?? []);
}

/** Returns an action that runs a command of the extension. */
export function runs(title: string, command: CommandId, argument?: unknown): Action {
  return {
    title,
    run: () => vscode.commands.executeCommand(`kafkaRest.${command}`, argument),
  };
}

/** Returns the action for a step, or `undefined` if the context lacks what it needs. */
function actionOf(step: NextStep | Action, context: FailureContext): Action | undefined {
  const t = vscode.l10n.t;
  const { cluster, topic, canCreateTopic = true, again } = context;
  const onCluster = (title: string, command: CommandId, field?: string) =>
    cluster === undefined
      ? undefined
      : runs(title, command, { cluster, ...(field !== undefined && { field }) });
  const onTopic = (title: string, command: CommandId, how = {}) =>
    cluster === undefined || topic === undefined
      ? undefined
      : runs(title, command, { cluster, topic, ...how });
  if (typeof step === 'object') {
    if ('title' in step) return step;
    if ('setting' in step) return openSettings(step.setting);
    if ('guide' in step) return runs(t('Open Setup Guide'), 'openSetupGuide', step.guide);
    const title = step.field === 'caFile' ? t('Choose CA File') : t('Edit Cluster');
    return onCluster(title, 'editCluster', step.field);
  }
  switch (step) {
    case 'addCluster':
      return runs(t('Add Cluster'), 'addCluster');
    case 'startEmulator':
      return runs(t('Start Emulator'), 'startEmulator');
    case 'stopEmulator':
      return runs(t('Stop Emulator'), 'stopEmulator');
    case 'manageTrust':
      return {
        title: t('Manage Workspace Trust'),
        run: () => vscode.commands.executeCommand('workbench.trust.manage'),
      };
    case 'tryAgain':
      return again && { title: t('Try Again'), run: again };
    case 'enterSecret':
      return onCluster(t('Enter Secret'), 'replaceSecret');
    case 'signIn':
      return onCluster(t('Sign In'), 'signIn');
    case 'checkInAzure':
      return onCluster(t('Check in Azure'), 'checkInAzure');
    case 'changeProtection':
      return onCluster(t('Change Protection...'), 'protectCluster');
    case 'setSchemaRegistry':
      return onCluster(t('Set Schema Registry...'), 'setSchemaRegistry');
    case 'editCluster':
      return onCluster(t('Edit Cluster'), 'editCluster');
    case 'createTopic':
      return canCreateTopic ? onTopic(t('Create Topic'), 'createTopic') : undefined;
    case 'openMessages':
      return onTopic(t('Open Messages'), 'openMessages', { ask: false });
  }
}

function openSettings(setting: string): Action {
  return {
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', setting),
  };
}
