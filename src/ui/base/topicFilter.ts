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
