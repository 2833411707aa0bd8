import type { RecordFormats } from '../../core/message/codec';
import { carriedForm, readFormat } from '../../kafkaFile/formats';
import type { FileSchema } from './schemaMemory';

/**
 * Returns in which formats the messages of a file are written to a cluster, as far as it is checked by
 * schemas that this cluster knows: those of its registry, or of files. `binary`: whether the proxy of
 * the cluster carries any bytes.
 */
export function checkedFormats(
  schema: FileSchema,
  cluster: string,
  binary: boolean,
): Partial<RecordFormats> {
  if (schema.cluster !== undefined && schema.cluster !== cluster) return {};
  const formatOf = (part: 'key' | 'value') => {
    const text = schema[part];
    const format = text === undefined ? undefined : readFormat(text, 'producer');
    return format && !('problem' in format) ? { [part]: carriedForm(format, binary) } : {};
  };
  return { ...formatOf('key'), ...formatOf('value') };
}
