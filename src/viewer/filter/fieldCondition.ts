import { columnOf, type FieldColumn, fieldOf } from '../fieldColumn';
import { NumberReader } from '../fields/fieldNumber';
import { FieldKind, type FieldValues, fieldValues } from '../fields/fieldValues';
import type { Steps } from '../steps';
import type { Literal, Test } from './filterNode';
import { holding } from './holding';
import { compareDecimals } from './path/decimals';
import { isSingular, type Path } from './path/path';
import type { Condition } from './scan';

/** No column has more steps, or elements further back. */
const [MAX_STEPS, MAX_INDEX] = [50, 1e9];
const BACKSLASH = 0x5c;

/**
 * Returns the column of the field that a path leads to; `undefined` if it may lead to several, counts
 * from the end of an array, or is the whole.
 */
export function columnOfPath(part: 'key' | 'value', path: Path): FieldColumn | undefined {
  if (!isSingular(path) || path.segments.length > MAX_STEPS) return undefined;
  const steps = path.segments.flatMap(({ selectors: [selector] }): readonly (string | number)[] => {
    if (selector?.kind === 'name') return [selector.name];
    if (selector?.kind !== 'index') return [];
    const { index } = selector;
    return index >= 0 && index < MAX_INDEX ? [index] : [];
  });
  if (steps.length === 0 || steps.length < path.segments.length) return undefined;
  return columnOf({ part, steps });
}

/**
 * Returns a condition that tests what a field holds, which is kept for the next time. `otherwise`
 * looks at keys or values that are not UTF-8.
 */
export function fieldCondition(
  column: FieldColumn,
  test: Test | null,
  otherwise: Condition,
  steps: Steps,
): Condition {
  const last = fieldOf(column).steps.findLast((step) => typeof step === 'string');
  // Bytes that are not UTF-8 are read as U+FFFD.
  const isSought = last !== undefined && !last.includes('\ufffd');
  const name = isSought ? Buffer.from(last) : undefined;
  const equal = equalDouble(test);
  const cell = new Cell();
  const holds = holding(test, {
    text: ({ values, index }) =>
      values?.kind(index) === FieldKind.text ? values.text(index) : undefined,
    order,
  });
  // A regular expression may take long.
  const isSlow = test?.operator === '=~';
  return (block, mask) => {
    const { chunk, from, bytes } = block;
    const values = fieldValues(chunk, column, block.end);
    if (name && !values.isKnown(from) && !bytes.includes(name) && !bytes.includes(BACKSLASH)) {
      mask.fill(0);
      return;
    }
    cell.values = values;
    let others: Uint8Array | undefined;
    for (let at = 0; at < mask.length; at += 1) {
      if (mask[at] === 0) continue;
      const index = from + at;
      const kind = values.kind(index);
      if (!values.isText(index)) {
        others ??= new Uint8Array(mask.length);
        others[at] = 1;
        continue;
      }
      // This is quicker than to ask, and tells for nearly all.
      if (equal !== undefined && (kind !== FieldKind.number || values.double(index) !== equal)) {
        mask[at] = 0;
        continue;
      }
      if (isSlow) steps.step();
      cell.index = index;
      if (kind === FieldKind.missing || !holds(cell)) mask[at] = 0;
    }
    if (!others) return;
    const looked = others.slice();
    otherwise(block, looked);
    for (let at = 0; at < mask.length; at += 1) if (others[at] === 1) mask[at] = looked[at] ?? 0;
  };
}

/** What the field of one message holds. */
class Cell {
  values: FieldValues | undefined;
  index = 0;
}

function order(literal: Literal): (cell: Cell) => number | undefined {
  switch (literal.kind) {
    case 'constant': {
      const { value } = literal;
      const wanted = value === null ? FieldKind.null : value ? FieldKind.true : FieldKind.false;
      return ({ values, index }) => (values?.kind(index) === wanted ? 0 : undefined);
    }
    case 'text': {
      const text = Buffer.from(literal.text);
      return ({ values, index }) =>
        values?.kind(index) === FieldKind.text ? values.compareText(index, text) : undefined;
    }
    case 'number':
      return numberOrder(literal.digits);
  }
}

/** Returns the double of the number that a field must equal; `undefined`: it need not equal one. */
function equalDouble(test: Test | null): number | undefined {
  return test?.operator === '==' && test.literal.kind === 'number'
    ? readNumber(test.literal.digits).value
    : undefined;
}

function readNumber(digits: string): NumberReader {
  const number = new NumberReader();
  const written = Buffer.from(digits);
  number.read(written, 0, written.length);
  return number;
}

function numberOrder(digits: string): (cell: Cell) => number | undefined {
  const { value, rest, isExact } = readNumber(digits);
  return ({ values, index }) => {
    if (values?.kind(index) !== FieldKind.number) return undefined;
    const double = values.double(index);
    if (double !== value) return double < value ? -1 : 1;
    return isExact && values.isExact(index)
      ? values.rest(index) - rest
      : compareDecimals(values.digits(index), digits);
  };
}
