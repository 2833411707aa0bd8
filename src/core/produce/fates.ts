import type { ProduceResult } from '../kafka';

/** What became of a message that was to be produced. In the end each message has exactly one fate. */
export type Fate =
  /** Written. */
  | 'accepted'
  /** Certainly not written, because of the message itself: nobody could read, carry or take it. */
  | 'refused'
  /** Perhaps written: its call was cut off after sending. Only a person may send it again. */
  | 'unclear'
  /** Certainly not written, because sending ended before its turn. */
  | 'unsent'
  /** Certainly not written: it cannot be sent, and the person chose to go on without such messages. */
  | 'setAside';

/** The fates that a call to a REST proxy gives to its records. */
export type SentFate = Extract<Fate, ProduceResult['status']>;

/** How many messages met each fate. */
export type FateCounts = Readonly<Record<Fate, number>>;

/** Whether something may have been written, so that sending all again could double messages. */
export function mayHaveWritten({
  accepted,
  unclear,
}: Pick<FateCounts, 'accepted' | 'unclear'>): boolean {
  return accepted + unclear > 0;
}
