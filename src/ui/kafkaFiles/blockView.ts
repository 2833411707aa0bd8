import * as vscode from 'vscode';
import type { View } from '../../core/read/view';
import type { ConsumerBlock } from '../../kafkaFile/file';
import { namedFormats, toReadRequest } from '../../kafkaFile/readRequest';
import type { Decoding } from '../../kafkaFile/schemas';
import { pathOfSchema, uriOfSchema } from '../decoding/schemaFiles';
import { withProgress } from '../dialogs/progress';
import { type Located, refusal } from './blocks';
import { folderOf } from './schemaFolder';
import { timeContext, numberSetting, timeMargin } from '../base/settings';

/** A CONSUMER block, and the cluster that it reads from. */
interface ConsumerView extends Located {
  readonly block: ConsumerBlock;
  readonly cluster: string;
}

/**
 * Returns the view of a CONSUMER block. Its group is only the name of the view, because nothing is
 * committed. `decoding` tells the types of schemas that are named without a format.
 */
export async function toView(
  { document, file, block, cluster }: ConsumerView,
  follow: boolean,
  decoding: Decoding,
): Promise<View> {
  const count = numberSetting('consume.count');
  const read = toReadRequest(block, {
    follow,
    count,
    timeContext: timeContext(),
    timeMargin: timeMargin(),
  });
  if (read.problems) throw refusal(document, file, read.problems);
  const { request, settings } = read;
  const { key, value } = settings.schemas;
  const name = (value ?? key)?.text;
  const find = (signal?: AbortSignal) =>
    namedFormats(block, settings, { ...decoding, pathOf }, signal && { signal });
  const folder = folderOf(document.uri);
  const pathOf = (path: string) => pathOfSchema(uriOfSchema(path, folder));
  const title = vscode.l10n.t('Reading the schema {0}', name ?? '');
  const named = await (name === undefined ? find() : withProgress(title, find));
  if (named.problems) throw refusal(document, file, named.problems);
  const group = settings.group.replace(/[^\w.-]+/g, '-');
  return {
    cluster,
    request,
    range: `${group && `@${group}`}${follow ? '@follow' : ''}` || '@block',
    formats: named.formats,
  };
}
