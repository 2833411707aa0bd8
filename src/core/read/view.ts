import type { RecordFormats } from '../message/codec';
import type { ReadRequest } from './request';

/** A read to show, to export or to copy: the messages, and the formats of their keys and values. */
export interface View {
  readonly cluster: string;
  readonly request: ReadRequest;
  /** The part of a name that describes the read, after the topic: "-0@120-219", "@latest-100". */
  readonly range: string;
  /** Of a missing part, the format is chosen when it is shown. */
  readonly formats?: Partial<RecordFormats>;
}
