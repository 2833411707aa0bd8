import * as vscode from 'vscode';
import { glob } from '../../core/text/glob';

/** The maximum length of all globs together. Globs of a workspace beyond it are ignored. */
const MAX_GLOBS = 2_000;

/** Returns a test that says whether the setting `kafkaRest.hiddenTopics` hides a topic. */
export function hiddenTopics(): (topic: string) => boolean {
  const setting = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('hiddenTopics');
  const globs: readonly unknown[] = Array.isArray(setting) ? setting : [];
  let length = 0;
  const tests = globs
    .filter((each) => typeof each === 'string' && each.trim() !== '')
    .map(String)
    .filter((each) => (length += each.length) <= MAX_GLOBS)
    .map(glob);
  return (topic) => tests.some((test) => test(topic));
}

/**
 * Returns a test for what a person typed to filter topics. The text is a glob if it has glob
 * characters, otherwise a part of the name. Case does not matter.
 */
export function topicFilter(text: string): (topic: string) => boolean {
  const wanted = text.toLowerCase();
  const test = /[*?{[]/.test(wanted) ? glob(wanted) : (topic: string) => topic.includes(wanted);
  return (topic) => test(topic.toLowerCase());
}

/** Asks for a filter; an empty one clears it. Returns `undefined` if the person gives up. */
export function askTopicFilter(current: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Topics'),
    prompt: vscode.l10n.t('Part of the name, or a glob such as orders-*. Empty: all topics'),
    value: current ?? '',
  });
}
