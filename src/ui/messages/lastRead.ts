import type * as vscode from 'vscode';
import { literal } from '../../core/schema';
import type { Target } from '../clusters/pick';
import { remember } from '../base/remember';
import { numberSetting } from '../base/settings';
import { saysWhich, toGivenSelection } from './givenSelection';
import { isLimited, type Range, rangeOf, type Selection } from './selection';
import { emptySelection } from './selectionPage';
import { type Place, places } from './view';

const READ_KEY = 'kafkaRest.lastRead';
const PLACE_KEY = 'kafkaRest.openIn';

/** What was read last in a workspace, and where messages were opened. */
export class LastRead {
  constructor(private readonly state: vscode.Memento) {}

  /** The place that *Open Messages* used last. */
  get place(): Place | undefined {
    return literal(...places)(this.state.get(PLACE_KEY));
  }

  async rememberPlace(place: Place): Promise<void> {
    await remember(this.state, PLACE_KEY, place);
  }

  /** The last read with its place, if there was one. */
  get selection(): (Selection & { readonly place: Place }) | undefined {
    const saved: unknown = this.state.get(READ_KEY);
    const given = toGivenSelection(saved);
    const { cluster, topic } = given;
    const selection = { ...emptySelection(), ...given };
    if (cluster === undefined || topic === undefined || !saysWhich(selection)) return undefined;
    const place = literal(...places)((saved as { readonly place?: unknown }).place);
    return { ...selection, cluster, topic, place: place ?? 'document' };
  }

  /**
   * Returns the range of the last read, for a read of the given topic. Offsets mean nothing in
   * another topic and are not taken there.
   */
  rangeFor(given: Target): Partial<Range> {
    const last = this.selection;
    if (!last) return {};
    const { cluster, topic, start } = last;
    const isSame = cluster === given.cluster && topic === given.topic;
    const hasOffsets = start === 'offset' || start === 'range';
    return hasOffsets && !isSame ? {} : rangeOf(last);
  }

  /** Remembers a read. The configured number of messages stays what the settings say. */
  async remember(selection: Selection, place: Place): Promise<void> {
    const { cluster, topic, partitions, start, time, untilTime, count } = selection;
    const counts = isLimited(selection) && count !== numberSetting('consume.count');
    await remember(this.state, READ_KEY, {
      cluster,
      topic,
      partitions,
      start,
      offset: String(selection.offset),
      last: String(selection.last),
      place,
      ...(time && { time }),
      ...(untilTime && { untilTime }),
      ...(counts && { count }),
    });
  }
}
