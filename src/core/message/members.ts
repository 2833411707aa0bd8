import { isUtf8 } from 'node:buffer';
import type { KafkaRecord, NewRecord, Payload } from '../kafka';

/** What a record may need that not every dialect can carry. */
export type ProduceFeature = 'headers' | 'timestamp' | 'tombstone' | 'binary';

export type MemberName = Exclude<keyof KafkaRecord, 'timestampType'>;

/** What holds for one member of a message, wherever messages are written down or read in. */
interface Member {
  /** `ifAny`: only what has some is written with it, so that other files look as they always did. */
  readonly written: 'always' | 'ifAny';
  /**
   * What becomes of it when a message that was written down is produced: it is taken, taken if the
   * person asks for it, or passed over, because Kafka gives the new message another one.
   */
  readonly produced: 'always' | 'onRequest' | 'never';
  /** The names by which a column of a CSV file is known to hold it, in lower case. */
  readonly columns: readonly string[];
  /** What a proxy must be able to carry for the sake of what the record has here. */
  readonly needs: (record: NewRecord) => ProduceFeature | undefined;
}

/**
 * The members of a message, in the order in which they are written. Documents, files, blocks and the
 * check before sending go by this table, each with one entry for each member.
 */
export const members: Readonly<Record<MemberName, Member>> = {
  partition: {
    written: 'always',
    produced: 'always',
    columns: ['partition'],
    needs: () => undefined,
  },
  offset: { written: 'always', produced: 'never', columns: ['offset'], needs: () => undefined },
  timestamp: {
    written: 'always',
    produced: 'onRequest',
    columns: ['timestamp'],
    needs: ({ timestamp }) => (timestamp === undefined ? undefined : 'timestamp'),
  },
  key: {
    written: 'always',
    produced: 'always',
    columns: ['key'],
    needs: ({ key = null }) => (isText(key) ? undefined : 'binary'),
  },
  headers: {
    written: 'ifAny',
    produced: 'always',
    columns: ['headers'],
    needs: ({ headers }) => (headers?.length ? 'headers' : undefined),
  },
  value: {
    written: 'always',
    produced: 'always',
    columns: ['value', 'message', 'payload'],
    needs: ({ value }) => (value === null ? 'tombstone' : isText(value) ? undefined : 'binary'),
  },
};

export const memberNames: readonly MemberName[] = Object.keys(members).filter(isMemberName);

export function isMemberName(name: string): name is MemberName {
  return Object.hasOwn(members, name);
}

/** What is asked for when messages that were written down are produced. */
export interface TakeOptions {
  /** Whether a record gets the timestamp that stands there, and not a new one. Default: false. */
  readonly timestamps?: boolean;
}

/** Whether a record to produce takes this member of a message that was written down. */
export function isTaken(name: MemberName, { timestamps = false }: TakeOptions): boolean {
  const { produced } = members[name];
  return produced === 'always' || (produced === 'onRequest' && timestamps);
}

/** Whether a payload has a form in UTF-8: half a surrogate pair has none. */
function isText(payload: Payload | null): boolean {
  if (payload === null) return true;
  return typeof payload === 'string' ? payload.isWellFormed() : isUtf8(payload);
}
