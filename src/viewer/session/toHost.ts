import {
  type Action,
  actions,
  type Column,
  type ColumnLayout,
  columns,
  type Sequence,
  type Sort,
  type TimeSpan,
  type ToHost,
} from '../protocol';

/** The most rows that a webview may ask for at once. */
const MAX_ROWS = 2_000;
/** The most messages that one action may be about. */
export const MAX_SELECTED = 10_000;
const MAX_FILTER_LENGTH = 10_000;

/** What a webview said, or `undefined` where it is nothing that a webview of ours says. */
export function parseToHost(value: unknown): ToHost | undefined {
  const fields = toFields(value);
  const type = fields?.get('type');
  if (!fields || typeof type !== 'string') return undefined;
  switch (type) {
    case 'ready':
    case 'pause':
    case 'resume':
    case 'stop':
    case 'follow':
    case 'changeRange':
    case 'exportMessages':
    case 'openAsDocument':
      return { type };
    case 'rows': {
      const [start, end] = [toIndex(fields.get('start')), toIndex(fields.get('end'))];
      if (start === undefined || end === undefined || end < start) return undefined;
      return { type, start, end: Math.min(end, start + MAX_ROWS) };
    }
    case 'detail':
    case 'locate': {
      const sequence = toIndex(fields.get('sequence'));
      return sequence === undefined ? undefined : { type, sequence };
    }
    case 'filter': {
      const text = fields.get('text');
      if (typeof text !== 'string' || text.length > MAX_FILTER_LENGTH) return undefined;
      return { type, text };
    }
    case 'sort': {
      const sort = orNull(fields.get('sort'), toSort);
      return sort === undefined ? undefined : { type, sort };
    }
    case 'span': {
      const span = orNull(fields.get('span'), toSpan);
      return span === undefined ? undefined : { type, span };
    }
    case 'columns': {
      const layout = toColumnLayout(fields.get('columns'));
      return layout && { type, columns: layout };
    }
    case 'selection': {
      const sequences = toSequences(fields.get('sequences'));
      return sequences && { type, sequences };
    }
    case 'action': {
      const action = actions.find((name): name is Action => name === fields.get('action'));
      const sequences = toSequences(fields.get('sequences'));
      return action && sequences && { type, action, sequences };
    }
    default:
      return undefined;
  }
}

/** The own members of an object. */
export function toFields(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value));
}

export function toSort(value: unknown): Sort | undefined {
  const fields = toFields(value);
  const column = toColumn(fields?.get('column'));
  const descending = fields?.get('descending');
  return column && typeof descending === 'boolean' ? { column, descending } : undefined;
}

export function toSpan(value: unknown): TimeSpan | undefined {
  const fields = toFields(value);
  const [from, to] = [toTime(fields?.get('from')), toTime(fields?.get('to'))];
  return from === undefined || to === undefined || to <= from ? undefined : { from, to };
}

export function toColumnLayout(value: unknown): ColumnLayout | undefined {
  const fields = toFields(value);
  const hidden = fields?.get('hidden');
  const widths = toFields(fields?.get('widths'));
  if (!Array.isArray(hidden) || !widths) return undefined;
  const known = [...widths].flatMap(([name, width]) => {
    const column = toColumn(name);
    return column && typeof width === 'number' && width >= 0 && width < 10_000
      ? [[column, width] as const]
      : [];
  });
  return {
    hidden: hidden.flatMap((name: unknown) => toColumn(name) ?? []),
    widths: Object.fromEntries(known),
  };
}

/** What `parse` makes of a value, or null for null. */
function orNull<T>(value: unknown, parse: (value: unknown) => T | undefined): T | null | undefined {
  return value === null ? null : parse(value);
}

function toColumn(value: unknown): Column | undefined {
  return columns.find((name) => name === value);
}

function toSequences(value: unknown): readonly Sequence[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_SELECTED) return undefined;
  const sequences = value.flatMap((each: unknown) => toIndex(each) ?? []);
  return sequences.length === value.length ? sequences : undefined;
}

function toIndex(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function toTime(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
