import { formatText } from '../../core/message/codec';
import type { ViewerState } from '../protocol';
import { type ViewerDefinition, writeDefinition } from './definition';
import type { Feed } from './feed';
import type { SessionOptions } from './options';
import type { Pointer } from './pointer';
import type { Table } from './table';

/** What a session consists of. */
export interface SessionParts {
  readonly options: Pick<SessionOptions, 'wording' | 'remedies' | 'timeContext'>;
  readonly definition: ViewerDefinition;
  readonly feed: Feed;
  readonly table: Table;
  readonly pointer: Pointer;
  readonly cleared: boolean;
  /** Messages a second. */
  readonly rate: number;
}

/** Returns what the webview shows of a session. */
export function stateOf(parts: SessionParts): ViewerState {
  const { options, definition, feed, table, pointer, cleared, rate } = parts;
  const { store, index } = table;
  const { wording, timeContext } = options;
  const { sort, span, columns, request, formats } = definition;
  const hasFailed = feed.status === 'failed';
  return {
    status: feed.status,
    problem: hasFailed ? wording.failure(feed.failure) : null,
    remedies: hasFailed ? options.remedies(feed.failure) : [],
    // Several reads one after the other may give the same notice.
    notices: [...new Set(wording.notices(feed.notices))],
    counts: {
      received: store.received,
      held: store.held,
      matched: index.length,
      dropped: store.dropped,
    },
    arrived: index.arrived,
    latest: request.newest !== undefined || 'latestMinus' in request.from,
    followed: feed.followed,
    cleared,
    rate,
    progress: feed.progress,
    version: table.version,
    filter: table.filterState,
    sort,
    span,
    histogram: index.histogram,
    columns,
    formats: [formats?.key, formats?.value].map((each) => each && formatText(each)).join(),
    pointed: pointer.shown,
    headers: feed.mayHaveHeaders,
    timeZone:
      timeContext().zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone,
    definition: writeDefinition(definition),
  };
}
