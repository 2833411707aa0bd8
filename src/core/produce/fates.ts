/**
 * What became of a message that was to be produced. In the end each message has exactly one fate.
 */
export type Fate =
  /** Written. */
  | 'accepted'
  /**
   * Certainly not written because of the message itself: it could not be read, the dialect cannot
   * carry it, or the proxy refused it.
   */
  | 'refused'
  /** Perhaps written: its call was cut off after sending. Only the user may decide to repeat it. */
  | 'unclear'
  /** Certainly not written, because sending ended before its turn. */
  | 'unsent'
  /** Certainly not written: it cannot be sent, and the user chose to continue without it. */
  | 'setAside';

/** How many messages met each fate. */
export type FateCounts = Readonly<Record<Fate, number>>;

/** Whether something may have been written, so that sending everything again could duplicate it. */
export function mayHaveWritten({
  accepted,
  unclear,
}: Pick<FateCounts, 'accepted' | 'unclear'>): boolean {
  return accepted + unclear > 0;
}
