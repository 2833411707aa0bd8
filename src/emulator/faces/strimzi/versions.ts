/** How a version of the bridge behaves, as far as versions differ. */
export interface BridgeVersion {
  readonly version: string;
  /** Whether text that is not Base64 is stored as an empty key or value, without a word. */
  readonly takesAnyBase64: boolean;
  /** Whether a poll without a parameter uses the last one that the instance got. */
  readonly keepsPollParameters: boolean;
  /** Whether a poll that meets a header with a null value never gets a response. */
  readonly hangsAtNullHeaders: boolean;
  /** Whether it never responds when it is asked for the offsets of a topic with an invalid name. */
  readonly hangsAtInvalidNames: boolean;
  /** The statuses of `/healthy` and `/ready`, and of `/metrics`, at the port of the API. */
  readonly healthStatus: number;
  readonly metricsStatus: number;
  /** Whether polls wait for one of a few threads. */
  readonly hasWorkers: boolean;
  /** What a client gets that writes `; charset=utf-8` behind the content type. */
  readonly charsetStatus: 400 | 500;
  /** By how much the column in a message about JSON differs. */
  readonly jsonColumn: number;
}

export const bridgeVersions = {
  '0.33.1': {
    version: '0.33.1',
    takesAnyBase64: true,
    keepsPollParameters: true,
    hangsAtNullHeaders: true,
    hangsAtInvalidNames: true,
    healthStatus: 204,
    metricsStatus: 404,
    hasWorkers: false,
    charsetStatus: 400,
    jsonColumn: 1,
  },
  '1.1.0': {
    version: '1.1.0',
    takesAnyBase64: false,
    keepsPollParameters: false,
    hangsAtNullHeaders: false,
    hangsAtInvalidNames: false,
    healthStatus: 501,
    metricsStatus: 501,
    hasWorkers: true,
    charsetStatus: 500,
    jsonColumn: 0,
  },
} as const satisfies Readonly<Record<string, BridgeVersion>>;
