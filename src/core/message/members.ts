import { isUtf8 } from 'node:buffer';
import type { KafkaRecord, NewRecord, Payload } from '../kafka';

/** A feature that a record may need and that not every dialect supports. */
export type ProduceFeature = 'headers' | 'timestamp' | 'tombstone' | 'binary';

export type MemberName = Exclude<keyof KafkaRecord, 'timestampType'>;

/** The rules for one member of a message, wherever messages are written or read in. */
interface Member {
  /** `ifAny`: written only if there are any, so that other files look as they did before. */
  readonly written: 'always' | 'ifAny';
  /**
   * Whether the member is used when a written message is produced: always, if the user asks for it,
   * or never, because Kafka gives the new message its own.
   */
  readonly produced: 'always' | 'onRequest' | 'never';
  /** The names of the member in files of any tool. Case, `_`, `-` and blanks do not count. */
  readonly names: readonly string[];
  /** Returns the feature that a proxy must support to carry this member of a record, if any. */
  readonly needs: (record: NewRecord) => ProduceFeature | undefined;
}

/**
 * The members of a message, in the order in which they are written. Documents, files, blocks and
 * the check before sending all follow this table.
 */
export const members: Readonly<Record<MemberName, Member>> = {
  partition: {
    written: 'always',
    produced: 'always',
    names: ['partition', 'partitionId', 'recordPartition', 'messagePartition', 'kafkaPartition'],
    needs: () => undefined,
  },
  offset: {
    written: 'always',
    produced: 'never',
    names: ['offset', 'recordOffset', 'messageOffset', 'kafkaOffset'],
    needs: () => undefined,
  },
  timestamp: {
    written: 'always',
    produced: 'onRequest',
    names: [
      'timestamp',
      'ts',
      'timestampMs',
      'timestampMillis',
      'recordTimestamp',
      'messageTimestamp',
      'kafkaTimestamp',
    ],
    needs: ({ timestamp }) => (timestamp === undefined ? undefined : 'timestamp'),
  },
  key: {
    written: 'always',
    produced: 'always',
    names: ['key', 'recordKey', 'messageKey', 'kafkaKey'],
    needs: ({ key = null }) => (isText(key) ? undefined : 'binary'),
  },
  headers: {
    written: 'ifAny',
    produced: 'always',
    names: ['headers', 'recordHeaders', 'messageHeaders', 'kafkaHeaders'],
    needs: ({ headers }) => (headers?.length ? 'headers' : undefined),
  },
  value: {
    written: 'always',
    produced: 'always',
    names: [
      'value',
      'payload',
      'recordValue',
      'messageValue',
      'kafkaValue',
      'recordPayload',
      'messagePayload',
    ],
    needs: ({ value }) => (value === null ? 'tombstone' : isText(value) ? undefined : 'binary'),
  },
};

export const memberNames: readonly MemberName[] = Object.keys(members).filter(isMemberName);

export function isMemberName(name: string): name is MemberName {
  return Object.hasOwn(members, name);
}

/** The user's choices for producing messages that were written as text. */
export interface TakeOptions {
  /** Whether a record keeps the written timestamp instead of getting a new one. Default: false. */
  readonly timestamps?: boolean;
  /**
   * Whether keys, values and the values of headers that are JSON strings are Base64, as in binary
   * responses of REST proxies, where nothing in a record says so. Default: false.
   */
  readonly base64?: boolean;
  /**
   * Is called for each member of a record that is not carried over, with its name as it is written:
   * offset, topic, a timestamp that is not asked for, and what else a tool says about a message.
   */
  readonly leftOut?: (member: string) => void;
}

/** Whether a record to produce takes this member from a written message. */
export function isTaken(name: MemberName, { timestamps = false }: TakeOptions): boolean {
  const { produced } = members[name];
  return produced === 'always' || (produced === 'onRequest' && timestamps);
}

/** Whether a payload can be written in UTF-8, which has no form for half a surrogate pair. */
function isText(payload: Payload | null): boolean {
  if (payload === null) return true;
  return typeof payload === 'string' ? payload.isWellFormed() : isUtf8(payload);
}
