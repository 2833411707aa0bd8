import type { Location, WorkspaceEdit } from 'vscode-languageserver-types';
import type { KafkaFile } from '../kafkaFile/file';
import type { Text } from '../kafkaFile/text';
import { isTopicName } from '../core/text/topicName';

/** A file of the workspace, parsed. */
export interface SourceFile {
  readonly uri: string;
  readonly file: KafkaFile;
}

/** Returns the name of the topic at an offset, if there is one. */
export function topicAt(file: KafkaFile, offset: number): Text | undefined {
  return topicsOf(file).find(({ start, end }) => start <= offset && offset <= end);
}

/** Returns the places where the blocks of these files name a topic. */
export function references(topic: string, files: readonly SourceFile[]): Location[] {
  return files.flatMap(({ uri, file }) =>
    topicsOf(file)
      .filter(({ text }) => text === topic)
      .map((text) => ({ uri, range: file.range(text) })),
  );
}

/** Renames a topic in all those places. Returns `undefined` if no topic can have that name. */
export function rename(
  topic: string,
  newName: string,
  files: readonly SourceFile[],
): WorkspaceEdit | undefined {
  if (!isTopicName(newName)) return undefined;
  const changes: NonNullable<WorkspaceEdit['changes']> = {};
  for (const { uri, range } of references(topic, files)) {
    (changes[uri] ??= []).push({ range, newText: newName });
  }
  return { changes };
}

function topicsOf(file: KafkaFile): Text[] {
  return file.blocks.flatMap(({ properties }) =>
    properties
      .filter(({ name, value }) => name.text === 'topic' && value.text !== '')
      .map(({ value }) => value),
  );
}
