/** The bridge waits for less long than the real one, so that the tests need not. */
export const waits = { blockMs: 10, adminMs: 10, deliveryMs: 10 };

/** What the contract does not ask of version 0.33, and the reasons. */
export const exceptionsOf033 = {
  'reads headers in order, including repeated names, bytes and null':
    'a header with a null value makes this version wait for ever',
};
