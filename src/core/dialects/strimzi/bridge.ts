import { KafkaError } from '../../errors';
import { serverDetail } from '../../http/serverDetail';
import type { NewRecord } from '../../kafka';
import type { RecordError, RecordFate } from '../v2/produceCall';
import type { V2Flavour } from '../v2/flavour';

/** How the bridge's consumer instances behave. `isolation` is a level of Kafka's. */
export function flavourOf(isolation: string): V2Flavour {
  return {
    // Without a reset, a position that is out of range is an error instead of another position.
    create: {
      'auto.offset.reset': 'none',
      'enable.auto.commit': false,
      'isolation.level': isolation,
    },
    pollMs: 1_000,
    emptyPollMs: [200],
    losesRecords: false,
    resetsPosition: false,
    isOutOfRange: ({ status, detail }) =>
      status === 500 && detail.includes('OffsetOutOfRangeException'),
    isLost: ({ status }) => status === 404,
    isTooEarly: () => false,
    marginMs: 10_000,
    // Before version 1.0, a header with a null value made a poll wait for ever.
    silentMs: 2_000,
  };
}

/** The members that a record cannot have. The schema of the bridge refuses the whole request. */
export function refusedHeader({ headers = [] }: NewRecord): string | undefined {
  return headers.find(({ value }) => value === null || value.length === 0)?.name;
}

/** Returns what the error of a record proves. A broker's timeout leaves open whether it is written. */
export function fateOf({ code, message }: RecordError): RecordFate {
  if (/larger than|too large/i.test(message)) return 'too-large';
  const isRefused =
    code === 404 || /out of range|invalid topic|not authorized|authorization/i.test(message);
  return isRefused ? 'refused' : 'unclear';
}

/**
 * Returns the failure of creating a topic. The bridge responds with 500 and JSON to everything that
 * Kafka refuses; another 500 comes from a server in between.
 */
export function createError(status: number, text: string, host: string): KafkaError {
  const detail = serverDetail(text);
  const isOpen = status !== 500 || !/^\s*\{.*"message"/s.test(text);
  if (isOpen || /time(?:d )?out|disconnect|interrupted/i.test(detail)) {
    return new KafkaError('unclear', { status, detail, host });
  }
  const isForbidden = /not authorized|authorization/i.test(detail);
  return new KafkaError(isForbidden ? 'forbidden' : 'rejected', { status, detail, host });
}
