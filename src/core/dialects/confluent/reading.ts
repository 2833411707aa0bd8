import type { PartitionRange } from '../../kafka';
import type { V2Flavour } from '../v2/flavour';

/** The longest time that a poll may wait, in milliseconds. */
const MAX_POLL_MS = 3_000;
/** A range of more records than this is read in large responses. */
const SMALL_RANGE = 100n;

/**
 * Returns how the consumer instances of Confluent's proxy read a range. The proxy polls Kafka for
 * 30 records at a time, and responds once it has `fetch.min.bytes` or the time is over: at once for
 * a few records, and with many of them where there are many.
 */
export function flavourFor({ from, until }: Pick<PartitionRange, 'from' | 'until'>): V2Flavour {
  const isSmall = until - from <= SMALL_RANGE;
  return {
    create: {
      'auto.commit.enable': 'false',
      // A position that is out of range is an error, instead of moving without a word.
      'auto.offset.reset': 'none',
      'fetch.min.bytes': isSmall ? 1 : 256 * 1024,
      'consumer.request.timeout.ms': MAX_POLL_MS,
    },
    pollMs: isSmall ? 1_000 : 500,
    // The first polls may be empty although there are records, as the proxy looks for the broker.
    emptyPollMs: [1_000, MAX_POLL_MS],
    // A broker keeps a fetch without records waiting for half a second, so a second is enough.
    emptyPollMsAfterRecords: isSmall ? [] : [500],
    // In Base64 it is less than what a response may have. The proxy never delivers a larger record.
    pollQuery: 'max_bytes=48000000',
    losesRecords: false,
    resetsPosition: false,
    isOutOfRange: ({ status, detail }) => status === 500 && /out of range/i.test(detail),
    isLost: ({ status }) => status === 404,
    isTooEarly: () => false,
    marginMs: 30_000,
  };
}
