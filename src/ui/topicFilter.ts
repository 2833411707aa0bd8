import type { PicomatchOptions } from 'picomatch';
import * as vscode from 'vscode';

/** The test whether the setting `kafkaRest.hiddenTopics` hides a topic of a name. */
export async function hiddenTopics(): Promise<(topic: string) => boolean> {
  const globs = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('hiddenTopics');
  return Array.isArray(globs) ? matcher(globs.filter((glob) => typeof glob === 'string')) : none;
}

const none = () => false;

/** A test for names: globs where the patterns have glob characters. */
async function matcher(globs: readonly string[]): Promise<(name: string) => boolean> {
  const patterns = globs.filter((glob) => glob.trim() !== '');
  return patterns.length === 0 ? none : glob(patterns, { dot: true });
}

/** picomatch's own test takes a second argument, which `filter` and its kind would pass. */
async function glob(
  patterns: readonly string[],
  options: PicomatchOptions,
): Promise<(name: string) => boolean> {
  const { default: picomatch } = await import('picomatch');
  const test = picomatch([...patterns], options);
  return (name) => test(name);
}

/**
 * The test for what a person typed to filter topics: a glob if it has glob characters, else a part
 * of the name. Case does not matter.
 */
export async function topicFilter(text: string): Promise<(topic: string) => boolean> {
  if (/[*?{[]/.test(text)) return glob([text], { dot: true, nocase: true });
  const part = text.toLowerCase();
  return (topic) => topic.toLowerCase().includes(part);
}

/** Asks for a filter; an empty one clears it. Returns nothing when the person gives up. */
export function askTopicFilter(current: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Topics'),
    prompt: vscode.l10n.t('Part of the name, or a glob such as orders-*. Empty: all topics'),
    value: current ?? '',
  });
}
