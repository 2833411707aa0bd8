import {
  array,
  boolean,
  digits,
  either,
  index,
  literal,
  map,
  nullable,
  number,
  object,
  optional,
  record,
  type Schema,
  string,
} from '../core/schema';
import { anyColumn, columnInfo, fieldColumn, sort } from '../viewer/columns';
import {
  type CellNote,
  cellNotes,
  type Completion,
  type DecodingDetail,
  type Detail,
  type Histogram,
  type PayloadDetail,
  type Row,
  seenKinds,
  type ToWebview,
  type ViewerState,
} from '../viewer/protocol';

const { partition, offset, timestamp, size } = columnInfo;
const facts = {
  sequence: index,
  partition: partition.cell,
  offset: offset.cell,
  timestamp: timestamp.cell,
  size: size.cell,
};

const note: Schema<CellNote | null> = nullable(
  object({ kind: literal(...cellNotes), text: string }),
);

const row: Schema<Row> = object({
  ...facts,
  keyNote: note,
  valueNote: note,
  fields: record(fieldColumn, string),
  key: columnInfo.key.cell,
  value: columnInfo.value.cell,
  headers: columnInfo.headers.cell,
});

const decoding: Schema<DecodingDetail> = object({
  format: string,
  isGuess: boolean,
  schema: array(string),
  canOpen: boolean,
  misfit: nullable(string),
});

const payload: Schema<PayloadDetail> = either(
  object({ kind: literal('null') }),
  object({
    kind: literal('text'),
    text: string,
    bytes: index,
    raw: nullable(string),
    problem: nullable(string),
    decoding: nullable(decoding),
  }),
  object({
    kind: literal('bytes'),
    base64: string,
    bytes: index,
    problem: nullable(string),
    decoding: nullable(decoding),
  }),
);

const detail: Schema<Detail> = object({
  ...facts,
  headers: array(object({ name: string, value: payload })),
  key: payload,
  value: payload,
});

const span = { from: number, to: number };

const histogram: Schema<Histogram> = map(
  object({
    ...span,
    width: number,
    total: array(index),
    matched: array(index),
    outside: index,
  }),
  (read) =>
    read.width > 0 &&
    read.from < read.to &&
    read.total.length > 0 &&
    read.total.length === read.matched.length
      ? read
      : undefined,
);

const state: Schema<ViewerState> = object({
  status: literal('waiting', 'reading', 'paused', 'following', 'done', 'stopped', 'failed'),
  problem: nullable(string),
  remedies: array(string),
  notices: array(string),
  counts: object({ received: index, held: index, matched: index, dropped: index }),
  arrived: index,
  latest: boolean,
  followed: boolean,
  cleared: boolean,
  rate: number,
  progress: array(object({ partition: index, from: digits, position: digits, until: digits })),
  version: number,
  filter: object({
    text: string,
    problem: nullable(object({ message: string, at: index, length: index })),
    busy: boolean,
    understood: string,
    advice: nullable(object({ suggestion: nullable(string), lacksHeaders: boolean })),
  }),
  sort: nullable(sort),
  span: nullable(object(span)),
  histogram: nullable(histogram),
  columns: object({
    hidden: array(anyColumn),
    widths: record(anyColumn, number),
    fields: optional(array(fieldColumn)),
    order: optional(array(anyColumn)),
  }),
  formats: string,
  pointed: nullable(index),
  headers: boolean,
  timeZone: string,
  definition: string,
});

const completion: Schema<Completion> = object({
  from: index,
  isEager: boolean,
  items: array(object({ insert: string, kinds: array(literal(...seenKinds)) })),
});

/** Reads a message from the host. Other messages must be ignored. */
export const parseToWebview: Schema<ToWebview> = either(
  object({ type: literal('rows'), version: number, start: index, rows: array(row) }),
  object({ type: literal('state'), state }),
  object({ type: literal('detail'), sequence: index, detail: nullable(detail) }),
  object({ type: literal('located'), sequence: index, row: nullable(index) }),
  object({ type: literal('marks'), marks: array(string) }),
  object({ type: literal('completion'), text: string, caret: index, completion }),
  object({ type: literal('fields'), fields: array(fieldColumn) }),
  object({ type: literal('addField'), field: fieldColumn }),
  object({ type: literal('focusFilter') }),
);
