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
import { actions, type JsonLeaf, type TimeSpan, type ToHost } from '../protocol';

/** The maximum number of rows in one request. */
const MAX_ROWS = 2_000;
/** The maximum number of messages in one action. */
export const MAX_SELECTED = 10_000;
export const MAX_FILTER_LENGTH = 10_000;

const filterText: Schema<string> = map(string, (text) =>
  text.length > MAX_FILTER_LENGTH ? undefined : text,
);

const sequences = array(index, MAX_SELECTED);

export const span: Schema<TimeSpan> = map(object({ from: number, to: number }), (read) =>
  read.from < read.to ? read : undefined,
);

/** The webview shows no deeper or longer ones. */
const MAX_DEPTH = 1_000;

const json: Schema<string> = map(filterText, (text) => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? undefined : text;
  } catch {
    return undefined;
  }
});

export const jsonLeaf: Schema<JsonLeaf> = object({
  part: literal('key', 'value'),
  path: array(either(index, string), MAX_DEPTH),
  json,
});

/** Parses a message of the webview. Returns `undefined` if it is not valid. */
export const parseToHost: Schema<ToHost> = either(
  object({
    type: literal(
      'ready',
      'pause',
      'resume',
      'stop',
      'follow',
      'clear',
      'fields',
      'decodeAs',
      'changeRange',
      'changeLimits',
      'exportMessages',
      'openAsDocument',
    ),
  }),
  map(object({ type: literal('rows'), start: index, end: index }), ({ type, start, end }) =>
    end < start ? undefined : { type, start, end: Math.min(end, start + MAX_ROWS) },
  ),
  object({ type: literal('detail', 'locate'), sequence: index }),
  object({ type: literal('openSchema'), sequence: index, part: literal('key', 'value') }),
  object({ type: literal('filter'), text: filterText }),
  object({ type: literal('only'), leaf: jsonLeaf }),
  object({ type: literal('remedy'), index }),
  map(object({ type: literal('complete'), text: filterText, caret: index }), (request) =>
    request.caret > request.text.length ? undefined : request,
  ),
  object({ type: literal('sort'), sort: nullable(sort) }),
  object({ type: literal('span'), span: nullable(span) }),
  object({ type: literal('columns'), columns: columnLayout }),
  object({ type: literal('selection'), sequences }),
  object({ type: literal('action'), action: literal(...actions), sequences }),
);
