import { PLAIN, type PayloadFormat, type RecordFormats } from '../../core/message/codec';
import { type DecodeRecords, openDecoder } from '../../core/message/decoded';
import { canEncode, type DecoderContext } from '../../core/message/decoders/decoder';
import { findDecoder } from '../../core/message/decoders/registry';
import { GUESSED, type InvalidDecoder, readDecoders } from '../../core/read/decoderChoices';
import type { View } from '../../core/read/view';
import { notify } from '../dialogs/notify';
import { sentences } from '../words/sentences';
import { decoderLayers, openDecoderSettings } from './decoderSetting';
import { describeInvalidDecoder } from './decoderWords';

/** Returns what decoders of a topic know: where its schemas are, and who runs the work. */
export type ContextOf = (cluster: string, topic: string) => Omit<DecoderContext, 'part'>;

/** A view whose formats are known. */
export type ShownView<V = View> = V & { readonly formats: RecordFormats };

/** The format of messages for which nothing else is chosen. */
const STANDARD = GUESSED;

/** How many wrong entries are told of at once. */
const MAX_TOLD = 3;

/** Chooses and opens the decoders of what is read. */
export class Decoders {
  /** The wrong entries that the person has been told of. */
  #told = '[]';

  constructor(private readonly contextOf: ContextOf) {}

  /**
   * Returns a view with the formats of its messages: its own, or those of the setting
   * `kafkaRest.decoders`, or those that are guessed. Tells of what is wrong in the setting, once.
   */
  complete<V extends Pick<View, 'cluster' | 'request' | 'formats'>>(view: V): ShownView<V> {
    const { cluster, request, formats = {} } = view;
    const { key, value } = formats;
    if (key && value) return { ...view, formats: { key, value } };
    const found = this.#find(cluster, request.topic);
    return {
      ...view,
      formats: {
        key: key ?? found.key ?? STANDARD,
        value: value ?? found.value ?? STANDARD,
      },
    };
  }

  /**
   * Returns in which formats messages to a topic are written: those of the setting, if they can be
   * written. Nothing is guessed: all else is text.
   */
  toWrite(cluster: string, topic: string): RecordFormats {
    const { key, value } = this.#find(cluster, topic);
    return { key: writable(key), value: writable(value) };
  }

  /** Opens the decoders for what is read in a view. */
  open({
    cluster,
    request,
    formats,
  }: Pick<View, 'cluster' | 'request' | 'formats'>): DecodeRecords {
    return openDecoder(formats, this.contextOf(cluster, request.topic));
  }

  #find(cluster: string, topic: string): Partial<RecordFormats> {
    const { find, invalid } = readDecoders(decoderLayers());
    this.#tell(invalid);
    return find(cluster, topic);
  }

  #tell(invalid: readonly InvalidDecoder[]): void {
    const told = JSON.stringify(invalid);
    if (told === this.#told) return;
    this.#told = told;
    if (invalid.length === 0) return;
    const all = invalid.slice(0, MAX_TOLD).map(describeInvalidDecoder);
    void notify('warning', sentences(...all), [openDecoderSettings()]);
  }
}

function writable(format: PayloadFormat | undefined): PayloadFormat {
  const decoder = format && findDecoder(format.kind);
  return decoder && canEncode(decoder) ? format : PLAIN;
}
