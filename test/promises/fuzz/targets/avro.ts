import { parseExact } from '../../../../src/core/json/exact';
import { describeAvro } from '../../../../src/core/message/decoders/avro/describe';
import { isContainer, readContainer } from '../../../../src/core/message/decoders/avro/container';
import { parseAvro } from '../../../../src/core/message/decoders/avro/parse';
import { avroReader } from '../../../../src/core/message/decoders/avro/read';
import type { AvroType } from '../../../../src/core/message/decoders/avro/schema';
import { writeAvro } from '../../../../src/core/message/decoders/avro/write';
import { exampleOf } from '../../../../src/core/message/decoders/describe/example';
import { readFraming } from '../../../../src/core/message/decoders/framing';
import {
  InvalidSchema,
  Misfit,
  TooLarge,
} from '../../../../src/core/message/decoders/schemas/problems';
import { same, type Target } from '../target';

const ORDER =
  '{"type":"record","name":"a.O","fields":[{"name":"id","type":"long"},{"name":"o","type":["null","O"],"default":null}]}';

/**
 * Any schema is one or is refused, with a description and an example; any data are JSON, or do not
 * fit, or are too large. What is shown is encoded again, to what is shown alike.
 */
export const target: Target = {
  seeds: [
    `${ORDER}\n\x0e\x02\x10\x00`,
    '["null","string",{"type":"map","values":"double"}]\n\x02\x06abc',
    '{"type":"array","items":{"type":"enum","name":"E","symbols":["A","B"]}}\n\x04\x00\x02\x00',
    '{"type":"fixed","name":"F","size":12,"logicalType":"duration"}\nabcdefghijkl',
    '{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}\n\x04ab',
    '{"type":"long","logicalType":"timestamp-micros"}\n\x80\x80\x80\x01',
    '{"type":"int","logicalType":"date"}\n\x08',
    '{"type":{"type":"string"}}\n\x02\xff',
    'float\n\x00\x00\xc0\x7f',
    'x\nObj\x01\x02\x16avro.schema\x0c"long"\x000123456789abcdef\x02\x02\x0e0123456789abcdef',
    '"int"\n\x00\x00\x00\x00\x07\x02',
  ],
  words: ['logicalType', 'namespace', 'default', '__proto__', 'uuid', 'local-timestamp-nanos'],
  run: (input) => {
    const end = input.indexOf('\n');
    const text = input.subarray(0, end < 0 ? input.length : end).toString();
    const data = end < 0 ? Buffer.alloc(0) : input.subarray(end + 1);
    readFraming(data, 'value', undefined);
    const contained = promised(() => (isContainer(data) ? readContainer(data) : undefined));
    if (contained) JSON.parse(contained.text);
    const type = promised(() => parseAvro({ text, imports: [] }));
    if (!type) return;
    checkExample(type);
    const read = avroReader(type);
    const shown = promised(() => read(data));
    if (!shown) return;
    JSON.parse(shown.text);
    // A text deeper than what may be written, or decimals with more digits than they may have.
    const bytes = promised(() => writeAvro(type, parseExact(shown.text)));
    if (bytes && !shown.isBroken) same(once(read(bytes).text), once(shown.text), 'value');
  },
};

function checkExample(type: AvroType): void {
  const example = exampleOf(describeAvro(type));
  if (example !== undefined) promised(() => writeAvro(type, parseExact(example)));
}

/** The JSON without members that come again, which a map may have in its bytes. */
function once(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

/** Runs something, which may fail only as it says. */
function promised<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const isPromised = [InvalidSchema, Misfit, TooLarge].some((kind) => error instanceof kind);
    if (!isPromised) throw error;
    return undefined;
  }
}
