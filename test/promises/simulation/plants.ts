import type { Plant } from './build';

/** Defects that a simulation must find, each of which breaks a promise. */
export const plants: readonly Plant[] = [
  {
    name: 'a body that may have been processed is sent again',
    file: 'src/core/http/retry.ts',
    text: 'if (!idempotent && sent) return false;',
    instead: '',
  },
  {
    name: 'a failure of the server counts as a refusal',
    file: 'src/core/http/failure.ts',
    text: 'status >= 300 && status < 500 &&',
    instead: 'status >= 300 &&',
  },
  {
    name: 'two calls of a partition are under way at once',
    file: 'src/core/produce/lanes.ts',
    text: 'if (lane.busy || !lane.first',
    instead: 'if (!lane.first',
  },
  {
    name: 'a call that is to be sent again goes to the end of its lane',
    file: 'src/core/produce/lanes.ts',
    text: 'this.#queue.unshift(...batch);',
    instead: 'this.#queue.push(...batch);',
  },
  {
    name: 'a read that goes on passes over what it has in memory',
    file: 'src/core/read/merge.ts',
    text: 'return this.head?.offset ?? this.#next;',
    instead: 'return this.#next;',
  },
  {
    name: 'what retention deleted is passed over in silence',
    file: 'src/core/read/reader.ts',
    text: 'if (!page?.skipped) continue;',
    instead: 'if (page) continue; else break;',
  },
  {
    name: 'a page that was asked for ahead is taken although records before it lack',
    file: 'src/core/dialects/hdinsight/pages.ts',
    text: 'if (!this.#early[0] || this.#early[0].at > at) return undefined;',
    instead: 'if (!this.#early[0]) return undefined;',
  },
  {
    name: 'a page that was asked for ahead repeats records of the one before',
    file: 'src/core/dialects/hdinsight/pageResponse.ts',
    text: 'some.filter(({ offset }) => offset >= at && offset < until)',
    instead: 'some.filter(({ offset }) => offset < until)',
  },
  {
    name: 'a copy goes on one record too late',
    file: 'src/transfer/bulk/copySource.ts',
    text: 'readOn(request, reader.position)',
    instead:
      'readOn(request, new Map([...reader.position].map(([id, at]) => [id, at + 1n] as const)))',
  },
  {
    name: 'a copy that is to keep partitions does not',
    file: 'src/transfer/bulk/copyRecords.ts',
    text: '...(keepPartitions && { partition }),',
    instead: '',
  },
  {
    name: 'a read by time leaves out its first moment',
    file: 'src/core/read/timeFilter.ts',
    text: 'return timestamp >= this.since &&',
    instead: 'return timestamp > this.since &&',
  },
  {
    name: 'one more than the newest is dropped',
    file: 'src/core/read/newest.ts',
    text: 'if (records < this.maxRecords &&',
    instead: 'if (records < this.maxRecords - 1 &&',
  },
  {
    name: 'a token that was refused is used again',
    file: 'src/auth/base/bearer.ts',
    text: 'current.value !== refused &&',
    instead: '',
  },
];
