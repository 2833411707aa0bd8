import type { HttpResponse } from '../../http/client';
import type { Offset, PartitionRange } from '../../kafka';
import type { RangeCalls } from './pages';
import { parseRecords } from './records';

/**
 * Asks for `count` records from an offset on. When the request leaves, and not before, it takes a spare
 * buffer, to which the response is written if that suffices.
 */
export type Consume = (
  offset: Offset,
  count: number,
  spare: () => Buffer | undefined,
) => Promise<HttpResponse>;

/**
 * The consume calls of a read, which write one response after the other to the same memory:
 *
 * 1. a call takes a spare buffer, if there is one, and its response is written to it;
 * 2. `readPages` takes the records out of the response piece by piece, as the consumer asks for them,
 *    while the responses of calls ahead wait in buffers of their own;
 * 3. when all records were taken, `finish` of the response decodes what still lies in the buffer: a large
 *    value, which is decoded only when it is asked for;
 * 4. then `done` makes the buffer spare, and the next call takes it.
 *
 * Nothing may look into a response after its `done`. A read that is left early calls none, and its
 * buffers go with it.
 */
export function consumeCalls(
  { partition }: PartitionRange,
  consume: Consume,
): RangeCalls['consume'] {
  const spare: Buffer[] = [];
  return async (offset, count) => {
    const { headers, body } = await consume(offset, count, () => spare.pop());
    const next = headers.get('NextOffset') ?? '';
    return {
      records: () => parseRecords(body, partition),
      nextOffset: /^\d{1,19}$/.test(next) ? BigInt(next) : undefined,
      bytes: body.length,
      done: () => {
        spare.push(Buffer.from(body.buffer));
      },
    };
  };
}
