import * as vscode from 'vscode';
import { glob } from '../../core/text/glob';

/** So many characters the globs of the setting have in all; what is beyond, of a workspace, is left out. */
const MAX_GLOBS = 2_000;

/** The test whether the setting `kafkaRest.hiddenTopics` hides a topic of a name. */
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
 * The test for what a person typed to filter topics: a glob if it has glob characters, else a part
 * of the name. Case does not matter.
 */
export function topicFilter(text: string): (topic: string) => boolean {
  const wanted = text.toLowerCase();
  const test = /[*?{[]/.test(wanted) ? glob(wanted) : (topic: string) => topic.includes(wanted);
  return (topic) => test(topic.toLowerCase());
}

/** Asks for a filter; an empty one clears it. Returns nothing when the person gives up. */
export function askTopicFilter(current: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Topics'),
    prompt: vscode.l10n.t('Part of the name, or a glob such as orders-*. Empty: all topics'),
    value: current ?? '',
  });
}
