import * as vscode from 'vscode';
import type { PayloadFormat, RecordFormats } from '../../core/message/codec';
import type { Part } from '../../core/produce/encodeRecords';
import { readFormat } from '../../kafkaFile/formats';
import type { ImportOptions } from '../../transfer/import/imported';
import type { PageRow } from '../dialogs/page';
import type { OpenFormats } from '../produce/openFormats';
import type { TopicTarget } from '../targets/targets';
import { UserError } from '../words/report';
import type { FileServices, GivenFile } from './fileJob';
import type { OpenedFile } from './layout/openFile';

/** A file to produce, where to, and in which formats. */
interface FormattedFile extends TopicTarget {
  readonly opened: OpenedFile;
  readonly formats: RecordFormats;
}

/**
 * Returns the formats of the messages of a file for which nothing else is chosen: those of the
 * arguments, of the run that wrote the file, of its check, or of the topic. Throws a `UserError` if
 * the arguments name none that can be written.
 */
export function usualFormats(
  { formats, restFormats }: Pick<FileServices, 'formats' | 'restFormats'>,
  { cluster, topic }: TopicTarget,
  uri: vscode.Uri,
  given: Pick<GivenFile, 'keyFormat' | 'valueFormat'> = {},
): RecordFormats {
  const usual = restFormats.get(uri.toString()) ?? formats.usual({ cluster, topic, uri });
  return {
    key: named(given.keyFormat) ?? usual.key,
    value: named(given.valueFormat) ?? usual.value,
  };
}

function named(text: string | undefined): PayloadFormat | undefined {
  if (text === undefined) return undefined;
  const format = readFormat(text, 'producer');
  if (!('problem' in format)) return format;
  const t = vscode.l10n.t;
  throw new UserError(
    t('“{0}” is not a format that can be written', text),
    t('Possible are {0}', format.possible),
  );
}

/**
 * Returns a row for the format of values, and one for that of keys if the file can have some, where
 * there are schemas or the setting names a format. `schemas` are those that were found for them.
 */
export function formatRows(
  { connections, formats }: FileServices,
  draft: FormattedFile,
  schemas: OpenFormats['schemas'] | undefined,
): readonly PageRow<FormattedFile>[] {
  const t = vscode.l10n.t;
  const hasRegistry = connections.clusters.get(draft.cluster)?.definition.schemaRegistry;
  const formatted = { ...draft, uri: draft.opened.uri };
  if (!hasRegistry && !formats.isNamed(formatted)) return [];
  const words = {
    value: (format: string) => t('Format of values: {0}', format),
    key: (format: string) => t('Format of keys: {0}', format),
  };
  const parts: readonly Part[] = mayHaveKeys(draft.opened.options) ? ['value', 'key'] : ['value'];
  return parts.map((part) => ({
    label: words[part](formats.describe(part, formatted)),
    description: schemas?.[part] ?? '',
    ask: (state, context) => {
      const { produce } = connections.capabilities(state.cluster);
      return formats.ask(
        part,
        { ...state, uri: state.opened.uri },
        produce && produce.binary,
        context,
      );
    },
  }));
}

function mayHaveKeys(options: ImportOptions): boolean {
  switch (options.format) {
    case 'json':
    case 'jsonl':
      return options.items !== 'values';
    case 'csv':
      return options.csv.columns.key !== undefined;
    case 'lines':
      return options.keyed !== undefined;
    case 'whole':
      return false;
  }
}
