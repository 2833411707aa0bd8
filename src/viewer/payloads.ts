/** How the webview is told of keys and values, and of how they were decoded. */

export const cellNotes = ['format', 'problem'] as const;

/**
 * What a cell says of how its text was made: the format where that differs from message to message,
 * or a problem of decoding.
 */
export interface CellNote {
  readonly kind: (typeof cellNotes)[number];
  readonly text: string;
}

/** How a key or value was decoded. */
export interface DecodingDetail {
  /** As it can be chosen, such as `base64(avro)`. */
  readonly format: string;
  readonly isGuess: boolean;
  /** What names its schema: an id, a subject with a version, a file, a record; perhaps nothing. */
  readonly schema: readonly string[];
  /** Whether the schema can be opened. */
  readonly canOpen: boolean;
  /** Why it does not fit its schema although it is shown. */
  readonly misfit: string | null;
}

/** A key or value as the detail pane shows it; `problem` says why it could not be decoded. */
export type PayloadDetail =
  | { readonly kind: 'null' }
  /** `text` is cut at `DETAIL_LENGTH` characters; `bytes` is the whole size. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly bytes: number;
      /**
       * The first bytes of the payload in Base64 if a decoder made the text from them, else `null`.
       */
      readonly raw: string | null;
      readonly problem: string | null;
      readonly decoding: DecodingDetail | null;
    }
  /** Not UTF-8. `base64` holds the first `DETAIL_LENGTH` bytes at most. */
  | {
      readonly kind: 'bytes';
      readonly base64: string;
      readonly bytes: number;
      readonly problem: string | null;
      readonly decoding: DecodingDetail | null;
    };

/** The maximum length of a key or value in the detail pane, in characters or bytes. */
export const DETAIL_LENGTH = 1024 * 1024;
