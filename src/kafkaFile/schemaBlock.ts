import { indentJson, isJson } from '../core/json/layout';
import { formatText, type PayloadFormat } from '../core/message/codec';
import { textForm } from './formats';

/** A message to write as a block. */
export interface SchemaMessage {
  readonly topic: string;
  readonly format: PayloadFormat;
  /** JSON that fits the schema. */
  readonly example: string;
  /** Whether the REST proxy of the cluster carries any bytes, and not text only. */
  readonly binary: boolean;
  /** Missing: the file or the person says which. */
  readonly cluster?: string | undefined;
}

/** Returns a PRODUCER block with an example of a message that has a schema. */
export function schemaBlock(message: SchemaMessage): string {
  const { topic, format, example, binary, cluster } = message;
  return [
    'PRODUCER',
    ...(cluster === undefined ? [] : [`-- @cluster: ${cluster}`]),
    `topic: ${topic}`,
    `value-format: ${binary ? formatText(format) : textForm(format)}`,
    isJson(example) ? indentJson(example) : example,
    '###',
    '',
  ].join('\n');
}
