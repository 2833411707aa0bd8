import type { CallOptions } from '../../core/kafka';
import { phrase } from '../../core/phrase';
import { formatText, type RecordFormats } from '../../core/message/codec';
import { encodeEach, type RecordEncoders } from '../../core/produce/encodeRecords';
import { SchemaError } from '../../core/schemaRegistry/lookup';
import type { Imported } from '../import/imported';

/** How the keys and values of a file are encoded. */
export interface ImportEncoding {
  readonly formats: RecordFormats;
  readonly encoders: RecordEncoders;
}

/**
 * Encodes the messages of a file, in the same order. Each keeps its line and its text in the file.
 * One that does not fit is bad, with the reason. Rejects with the reason of the signal, with a
 * `SchemaError` if there is no schema for any of them, or if an encoder fails.
 */
export async function encodeImported(
  items: readonly Imported[],
  { formats, encoders }: ImportEncoding,
  options: CallOptions = {},
): Promise<readonly Imported[]> {
  const records = items.flatMap((item) => (item.kind === 'record' ? item.record : []));
  const encoded = (await encodeEach(records, encoders, options)).values();
  return items.map((item): Imported => {
    if (item.kind === 'bad') return item;
    const { record, misfit } = encoded.next().value ?? { record: item.record };
    if (!misfit) return { ...item, record };
    const { reason } = misfit;
    // That is not the fault of the message.
    if (reason.kind === 'no-schema')
      throw new SchemaError('unreachable', reason.detail ?? phrase('it is not known'));
    const { line, source } = item;
    const format = formatText(formats[misfit.part]);
    return { kind: 'bad', line, source, problem: { kind: 'misfit', format, ...misfit } };
  });
}
