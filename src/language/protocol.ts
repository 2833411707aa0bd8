import { NotificationType0, NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { Protection } from '../core/cluster/definition';
import type { Capabilities } from '../core/kafka';
import { object, optional, type Read, string } from '../core/schema';
import type { Zone } from '../core/time/zones';
import type { SchemaAnswer, SchemaQuery } from './schema/part';

export type { SchemaAnswer, SchemaQuery } from './schema/part';

/** The names of the settings that file states consist of, without `kafkaRest.`. */
export const FILE_SETTINGS = {
  codeLens: 'files.codeLens',
  templatesEnabled: 'templates.enabled',
  templatesLocale: 'templates.locale',
} as const;

/**
 * What the extension passes to the server at its start. `texts` is JSON: the texts in the language
 * of the window, by their English ones. It is missing in English.
 */
export const startOptions = object({ texts: optional(string) });
export type StartOptions = Read<typeof startOptions>;

/** A cluster as the language server sees it. */
export interface ClusterInfo {
  readonly name: string;
  readonly capabilities: Pick<Capabilities, 'produce' | 'read'>;
  readonly protection: Protection;
}

export interface TopicInfo {
  readonly name: string;
  readonly partitionCount?: number;
  /** Whether it is internal to Kafka, or hidden by the settings. */
  readonly minor?: boolean;
}

/**
 * Offsets are decimal digits, because JSON has no 64-bit integers. Both are missing if the REST
 * proxy does not tell them.
 */
export interface PartitionInfo {
  readonly id: number;
  readonly earliest?: string;
  readonly latest?: string;
}

/** The facts about a document that need no request to a cluster. */
export interface FileState {
  readonly clusters: readonly ClusterInfo[];
  /** The cluster picked for this file, for blocks that do not name one. */
  readonly chosen?: string;
  /** Whether the workspace is trusted. If not, nothing is sent. */
  readonly trusted: boolean;
  /** Whether lenses are shown on this document. */
  readonly codeLens: boolean;
  readonly templates: { readonly enabled: boolean; readonly locale: string };
  /** The time zone of times that do not name one. */
  readonly zone: Zone;
  /** The lines (counted from 0) of the blocks that are started or followed now. */
  readonly running: readonly number[];
  /** In JSON files: the schemas by which their messages are checked, at most one for each part. */
  readonly checks?: readonly SchemaQuery[];
}

/** Gets a response from memory, at once. */
export const fileStateRequest = new RequestType<{ readonly uri: string }, FileState, void>(
  'kafkaRest/fileState',
);

/** May ask the cluster. `null` means that this failed, which the user is told elsewhere. */
export const topicsRequest = new RequestType<
  { readonly cluster: string },
  readonly TopicInfo[] | null,
  void
>('kafkaRest/topics');

/** May ask the cluster. `null` means that this failed, or that there is no such topic. */
export const partitionsRequest = new RequestType<
  { readonly cluster: string; readonly topic: string },
  readonly PartitionInfo[] | null,
  void
>('kafkaRest/partitions');

/** May ask the registry. `null`: it is not known now, for example because a secret is missing. */
export const schemaRequest = new RequestType<
  SchemaQuery & { readonly uri: string },
  SchemaAnswer | null,
  void
>('kafkaRest/schema');

/** The subjects of the cluster's registry; may ask it. `null`: they are not known. */
export const subjectsRequest = new RequestType<
  { readonly cluster: string },
  readonly string[] | null,
  void
>('kafkaRest/subjects');

/** The versions of a subject, the oldest first; may ask the registry. */
export const versionsRequest = new RequestType<
  { readonly cluster: string; readonly subject: string },
  readonly number[] | null,
  void
>('kafkaRest/versions');

/** The schema files near a `.kafka` file, as paths relative to it. */
export const schemaFilesRequest = new RequestType<
  { readonly uri: string },
  readonly string[] | null,
  void
>('kafkaRest/schemaFiles');

/** A longer JSON file is not checked, in UTF-16 units. */
export const MAX_CHECKED_LENGTH = 5_000_000;

/** What the check of a JSON file has found. */
export interface CheckedFile {
  readonly uri: string;
  /** How many messages it has; those behind the last problem that is shown may be missing. */
  readonly messages: number;
  readonly problems: number;
  /** Whether there are more problems than are shown. */
  readonly isCut: boolean;
  /** Whether the file cannot be produced as it is, or is too long. Then nothing was checked. */
  readonly obstacle?: 'not-messages' | 'too-long';
}

/** From the server: a JSON file was checked. */
export const fileChecked = new NotificationType<CheckedFile>('kafkaRest/fileChecked');

/** Asks the server where a message goes in a JSON file. `key` and `value` are JSON. */
export const newMessageRequest = new RequestType<
  { readonly uri: string; readonly key?: string; readonly value: string },
  /** The offset, the text to insert there, and where in it the message begins. */
  { readonly at: number; readonly text: string; readonly begin: number } | null,
  void
>('kafkaRest/newMessage');

/** From the extension: schemas have changed, in a registry or in files. */
export const schemasChanged = new NotificationType0('kafkaRest/schemasChanged');

/** All `.kafka` and `.kafkarest` files of the workspace, for references and renaming. */
export const workspaceFilesRequest = new RequestType<
  Record<string, never>,
  readonly { readonly uri: string; readonly text: string }[],
  void
>('kafkaRest/workspaceFiles');

/** From the extension: file states have changed (clusters, settings, trust, running blocks). */
export const stateChanged = new NotificationType0('kafkaRest/stateChanged');

/** From the extension: topics of a cluster have changed, or of all clusters. */
export const topicsChanged = new NotificationType<{ readonly cluster?: string }>(
  'kafkaRest/topicsChanged',
);
