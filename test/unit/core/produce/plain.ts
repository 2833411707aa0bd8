/** What a proxy takes that knows keys and values in text alone, and small calls. */
export const PLAIN = {
  headers: false,
  timestamp: false,
  tombstone: false,
  binary: false,
  maxBatchBytes: 100,
};
