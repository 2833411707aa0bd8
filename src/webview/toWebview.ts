import {
  type ColumnLayout,
  columns,
  type Detail,
  type Histogram,
  type PayloadDetail,
  type Row,
  type ToWebview,
  type ViewerState,
} from '../viewer/protocol';
import {
  array,
  either,
  type Guard,
  isBoolean,
  isDigits,
  isIndex,
  isNumber,
  isString,
  literal,
  nullable,
  record,
  shape,
} from './lib/guards';

const rowFields = {
  sequence: isIndex,
  partition: isIndex,
  offset: isDigits,
  timestamp: nullable(isNumber),
  size: isIndex,
};

const isRow = shape<Row>({ ...rowFields, key: nullable(isString), value: nullable(isString) });

type Payload<Kind extends PayloadDetail['kind']> = Extract<PayloadDetail, { kind: Kind }>;

const isPayload: Guard<PayloadDetail> = either(
  shape<{ kind: 'null' }>({ kind: literal('null') }),
  shape<Payload<'text'>>({
    kind: literal('text'),
    text: isString,
    bytes: isIndex,
    raw: nullable(isString),
    problem: nullable(isString),
  }),
  shape<Payload<'bytes'>>({
    kind: literal('bytes'),
    base64: isString,
    bytes: isIndex,
    problem: nullable(isString),
  }),
);

const isDetail = shape<Detail>({ ...rowFields, key: isPayload, value: isPayload });

const span = { from: isNumber, to: isNumber };

const hasHistogramFields = shape<Histogram>({
  ...span,
  width: isNumber,
  total: array(isIndex),
  matched: array(isIndex),
  outside: isIndex,
});

const isHistogram: Guard<Histogram> = (value): value is Histogram =>
  hasHistogramFields(value) &&
  value.width > 0 &&
  value.from < value.to &&
  value.total.length > 0 &&
  value.total.length === value.matched.length;

const isColumn = literal(...columns);

const isState = shape<ViewerState>({
  status: literal('reading', 'paused', 'following', 'done', 'stopped', 'failed'),
  problem: nullable(isString),
  notices: array(isString),
  counts: shape({ received: isIndex, held: isIndex, matched: isIndex, dropped: isIndex }),
  rate: isNumber,
  progress: array(
    shape({ partition: isIndex, from: isDigits, position: isDigits, until: isDigits }),
  ),
  version: isNumber,
  filter: shape({
    text: isString,
    problem: nullable(shape({ message: isString, at: isIndex, length: isIndex })),
    busy: isBoolean,
  }),
  sort: nullable(shape({ column: isColumn, descending: isBoolean })),
  span: nullable(shape(span)),
  histogram: nullable(isHistogram),
  columns: shape<ColumnLayout>({ hidden: array(isColumn), widths: record(isNumber) }),
  timeZone: isString,
  definition: isString,
});

type Message<Type extends ToWebview['type']> = Extract<ToWebview, { type: Type }>;

/** A message of the host as `ToWebview` describes it; anything else is to be ignored. */
export const isToWebview: Guard<ToWebview> = either(
  shape<Message<'rows'>>({
    type: literal('rows'),
    version: isNumber,
    start: isIndex,
    rows: array(isRow),
  }),
  shape<Message<'state'>>({ type: literal('state'), state: isState }),
  shape<Message<'detail'>>({
    type: literal('detail'),
    sequence: isIndex,
    detail: nullable(isDetail),
  }),
  shape<Message<'located'>>({
    type: literal('located'),
    sequence: isIndex,
    row: nullable(isIndex),
  }),
  shape<Message<'marks'>>({ type: literal('marks'), marks: array(isString) }),
  shape<Message<'focusFilter'>>({ type: literal('focusFilter') }),
);
