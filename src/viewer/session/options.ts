import type { ReadingProxy } from '../../core/kafka';
import type { Phrase } from '../../core/phrase';
import type { DecodeRecords, DescribeProblem } from '../../core/message/decoded';
import type { ReadNotice } from '../../core/read/reader';
import type { MessagePlace } from '../../core/read/viewLink';
import type { TimeContext } from '../../core/time/parse';
import type { Say } from '../filter/filterWords';
import type { StartWorker } from '../index/messageIndex';
import type { FilterProblem, ToHost, ToWebview } from '../protocol';
import type { BufferPool } from '../store/bufferPool';
import type { StoreLimits } from '../store/messageStore';
import type { ViewerDefinition } from './definition';

/** Turns facts into sentences of the user interface. */
export interface Wording {
  /** Returns why a read failed, as a sentence with a next step. */
  readonly failure: (error: unknown) => string;
  /** Returns notices about a read, one sentence each. */
  readonly notices: (notices: readonly ReadNotice[]) => readonly string[];
  /** Returns why a filter is wrong. */
  readonly filter: (error: unknown) => FilterProblem;
  /** Returns words for what a filter matches. */
  readonly say: Say;
  /** Returns why a key or value is not shown in its format. */
  readonly decoding: DescribeProblem;
  /** Returns why what is shown does not fit its schema. */
  readonly misfit: (why: Phrase) => string;
}

export interface SessionOptions {
  /** Opens the proxy of the cluster. Called whenever a read begins. */
  readonly proxy: () => Promise<ReadingProxy>;
  readonly definition: ViewerDefinition;
  /** Opens the decoders of a definition. */
  readonly openDecoder: (definition: ViewerDefinition) => DecodeRecords;
  /** The message to select once it is read. */
  readonly pointed?: MessagePlace;
  readonly limits: StoreLimits;
  /** The pool that memory for messages is taken from and given back to. */
  readonly buffers: BufferPool;
  readonly startWorker: StartWorker;
  readonly timeContext: () => TimeContext;
  readonly wording: Wording;
  /** Returns the titles of what may help after a failed read, besides trying again. */
  readonly remedies: (error: unknown) => readonly string[];
  /** Sends a message to the webview. */
  readonly post: (message: ToWebview) => void;
}

/** The requests of the webview that the session handles. The user interface handles the others. */
export type SessionRequest = Exclude<
  ToHost,
  {
    readonly type:
      | 'selection'
      | 'action'
      | 'only'
      | 'remedy'
      | 'openSchema'
      | 'decodeAs'
      | 'changeRange'
      | 'changeLimits'
      | 'exportMessages'
      | 'openAsDocument';
  }
>;
