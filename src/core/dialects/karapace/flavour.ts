import type { V2Flavour } from '../v2/flavour';

/**
 * Karapace takes more messages from Kafka than fit into a response, and loses the others. With
 * pages of this size, in bytes, it is fastest, and few are lost that must be asked for again.
 */
const PAGE_BYTES = 4 * 1024 * 1024;
/** After a seek, the first records take up to 0.4 s. */
const POLL_MS = 1_000;

/** The consumer instances of Karapace, as they were observed in version 6.2.0. */
export const karapaceFlavour: V2Flavour = {
  create: { 'auto.offset.reset': 'earliest', 'auto.commit.enable': 'false' },
  pollMs: POLL_MS,
  emptyPollMs: [POLL_MS],
  pollQuery: `max_bytes=${PAGE_BYTES}`,
  losesRecords: true,
  resetsPosition: true,
  isOutOfRange: () => false,
  // Its instances belong to the credentials of the request, so that new ones lose them. An
  // assignment that is not in force for a second never will be, so that a new one is needed.
  isLost: ({ status }) => status === 404 || status === 409,
  isTooEarly: ({ status }) => status === 409,
  marginMs: 15_000,
};
