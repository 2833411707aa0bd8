/** A place in JSON keys or values that has a column of its own, such as `value$.customer.id`. */
export type FieldColumn = `${'key' | 'value'}$${string}`;

/** A field, by the names of members and the indexes of elements that lead to it. */
export interface Field {
  readonly part: 'key' | 'value';
  readonly steps: readonly (string | number)[];
}

const MAX_LENGTH = 500;
const MAX_STEPS = 50;
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const STEP = /(?:^|\.)([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/uy;

/** Reads a field as people write it: `customer.id`, `$.items[0]`, `key.id`, `key$["a b"]`. */
export function readField(text: string): FieldColumn | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [begin = '', part = 'value'] =
    /^(?:(key|value)(?=[.$:[])[.:]?)?\$?/.exec(text.trim()) ?? [];
  const path = text.trim().slice(begin.length);
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, name, index, quoted] = STEP.exec(path) ?? [];
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else {
      const unquoted = quoted === undefined ? undefined : textOf(quoted);
      if (unquoted === undefined) return undefined;
      steps.push(unquoted);
    }
  }
  if (steps.length === 0 || steps.length > MAX_STEPS) return undefined;
  return columnOf({ part: part === 'key' ? 'key' : 'value', steps });
}

function textOf(json: string): string | undefined {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the column of a field, in its only spelling. */
export function columnOf({ part, steps }: Field): FieldColumn {
  const path = steps.map((step) =>
    typeof step === 'string' && NAME.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  );
  return `${part}$${path.join('')}`;
}

/** Returns the field of a column in that spelling. */
export function fieldOf(column: FieldColumn): Field {
  const at = column.indexOf('$');
  const steps: (string | number)[] = [];
  const path = column.slice(at + 1);
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, name, index, quoted] = STEP.exec(path) ?? [];
    const step = name ?? (index === undefined ? textOf(quoted ?? '') : Number(index));
    if (step === undefined) break;
    steps.push(step);
  }
  return { part: column.startsWith('key') ? 'key' : 'value', steps };
}

/** Returns how a column of a field is headed: `$.customer.id`, or `key $.id`. */
export function fieldLabel(column: FieldColumn): string {
  return column.startsWith('key') ? `key ${column.slice(3)}` : column.slice(5);
}

/** Whether the name of a column is that of a field, in its only spelling. */
export function isField(name: string): name is FieldColumn {
  return /^(?:key|value)\$/.test(name) && readField(name) === name;
}
