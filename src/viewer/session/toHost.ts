import {
  array,
  either,
  index,
  literal,
  map,
  nullable,
  number,
  object,
  type Schema,
  string,
} from '../../core/schema';
import { columnLayout, sort } from '../columns';
import { actions, type TimeSpan, type ToHost } from '../protocol';

/** The maximum number of rows in one request. */
const MAX_ROWS = 2_000;
/** The maximum number of messages in one action. */
export const MAX_SELECTED = 10_000;
const MAX_FILTER_LENGTH = 10_000;

const filterText: Schema<string> = map(string, (text) =>
  text.length > MAX_FILTER_LENGTH ? undefined : text,
);

const sequences = array(index, MAX_SELECTED);

export const span: Schema<TimeSpan> = map(object({ from: number, to: number }), (read) =>
  read.from < read.to ? read : undefined,
);

/** Parses a message of the webview. Returns `undefined` if it is not valid. */
export const parseToHost: Schema<ToHost> = either(
  object({
    type: literal(
      'ready',
      'pause',
      'resume',
      'stop',
      'follow',
      'changeRange',
      'exportMessages',
      'openAsDocument',
    ),
  }),
  map(object({ type: literal('rows'), start: index, end: index }), ({ type, start, end }) =>
    end < start ? undefined : { type, start, end: Math.min(end, start + MAX_ROWS) },
  ),
  object({ type: literal('detail', 'locate'), sequence: index }),
  object({ type: literal('filter'), text: filterText }),
  map(object({ type: literal('complete'), text: filterText, caret: index }), (request) =>
    request.caret > request.text.length ? undefined : request,
  ),
  object({ type: literal('sort'), sort: nullable(sort) }),
  object({ type: literal('span'), span: nullable(span) }),
  object({ type: literal('columns'), columns: columnLayout }),
  object({ type: literal('selection'), sequences }),
  object({ type: literal('action'), action: literal(...actions), sequences }),
);
