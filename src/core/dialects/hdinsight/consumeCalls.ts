import type { HttpResponse } from '../../http/client';
import type { Offset, PartitionRange } from '../../kafka';
import type { RangeCalls } from './pageResponse';
import { parseRecords } from './records';

/**
 * Requests `count` records, beginning at an offset. It takes a spare buffer only when the request
 * is sent. The response is written to that buffer if it is large enough.
 */
export type Consume = (
  offset: Offset,
  count: number,
  spare: () => Buffer | undefined,
) => Promise<HttpResponse>;

/**
 * Returns the consume calls of a read. Their responses reuse the same memory, one after the other:
 *
 * 1. A call takes a spare buffer, if there is one, and its response is written to it.
 * 2. `readPages` takes the records out of the response piece by piece as the consumer asks for
 *    them, while the responses of calls ahead wait in buffers of their own.
 * 3. When all records have been taken, `finish` of the response decodes what still refers to the
 *    buffer: a large value, which is otherwise decoded only when it is asked for.
 * 4. Then `done` makes the buffer spare, and the next call takes it.
 *
 * Nothing may read from a response after its `done`. A read that is left early calls neither
 * `finish` nor `done`; its buffers are garbage-collected with it.
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
