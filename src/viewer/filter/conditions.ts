import type { FilterNode, NumberField, NumberRange, Test, Where } from './filterNode';
import { PayloadKind } from '../store/chunkLayout';
import { columnOfPath, fieldCondition } from './fieldCondition';
import { checkedPath, pathTest } from './jsonPath';
import { all, type Condition, each } from './scan';
import type { Steps } from '../steps';
import { occurring } from './occurring';
import { requiredTexts } from './requiredTexts';
import { headerTest } from './headerTest';
import { LEAST_BYTES, textCondition } from './textCondition';
import { wholeTest } from './wholeText';

/**
 * Builds a condition that tells whether messages match a filter. Throws `FilterError` for a bad
 * JSON path.
 */
export function compileFilter(node: FilterNode, steps: Steps): Condition {
  switch (node.kind) {
    case 'and':
      return all(byCost(node.nodes).map((each) => compileFilter(each, steps)));
    case 'or':
      return some(byCost(node.nodes).map((each) => compileFilter(each, steps)));
    case 'not':
      return not(compileFilter(node.node, steps));
    case 'text':
      return textCondition(node.where, node.text);
    case 'regex': {
      const regex = new RegExp(node.pattern.source, node.pattern.flags);
      const condition = payloads(node.where, (text) => regex.test(text), steps);
      const texts = requiredTexts(node.pattern).map((text) => Buffer.from(text));
      const long = texts.filter(({ length }) => length >= LEAST_BYTES);
      return all([...long.map((text) => occurring([text])), condition]);
    }
    case 'null':
      return each((block, index) => {
        const at = block.from + index;
        const { chunk } = block;
        const kind = node.where === 'key' ? chunk.keyKind(at) : chunk.valueKind(at);
        return kind === PayloadKind.null;
      });
    case 'number':
      return inRanges(node.field, node.ranges);
    case 'time':
      return each((block, index) => {
        const time = block.chunk.timestamp(block.from + index);
        return time >= Math.max(0, node.from) && time < node.to;
      });
    case 'header': {
      const test = headerTest(node);
      return each((block, index) => {
        const headers = block.chunk.headers(block.from + index);
        if (!headers) return false;
        steps.step();
        return headers.some(test);
      });
    }
    case 'whole': {
      const condition = payloads(node.where, wholeTest(node.test), steps);
      return containing(node.test, condition);
    }
    case 'path': {
      const { where, path, at, test } = node;
      const condition = payloads(where, pathTest(path, at, test), steps);
      const column = columnOfPath(where, checkedPath(path, at));
      return containing(test, column ? fieldCondition(column, test, condition, steps) : condition);
    }
  }
}

/**
 * Returns a condition that looks for the text of a comparison, or a backslash, before the slower
 * condition. JSON holds the text as it is or with escapes.
 */
function containing(test: Test | null, condition: Condition): Condition {
  const literals =
    test?.operator === '==' ? [test.literal] : test?.operator === 'in' ? test.literals : [];
  const texts = literals.flatMap((literal) => (literal.kind === 'text' ? [literal.text] : []));
  // Bytes that are not UTF-8 are read as U+FFFD.
  const isSought = texts.every((text) => text !== '' && !/[\ufffd\p{Surrogate}]/u.test(text));
  if (!isSought || texts.length === 0 || texts.length < literals.length) return condition;
  return all([occurring([...texts, '\\'].map((text) => Buffer.from(text))), condition]);
}

/** Returns the quick nodes first, so that the slow ones have fewer messages to look at. */
function byCost(nodes: readonly FilterNode[]): readonly FilterNode[] {
  return [...nodes].sort((a, b) => cost(a) - cost(b));
}

function cost(node: FilterNode): number {
  switch (node.kind) {
    case 'null':
    case 'number':
    case 'time':
      return 0;
    case 'text':
      return 1;
    case 'header':
    case 'regex':
    case 'whole':
      return 2;
    case 'path':
      return 3;
    case 'not':
      return cost(node.node);
    case 'and':
    case 'or':
      return Math.max(...node.nodes.map(cost));
  }
}

function some(conditions: readonly Condition[]): Condition {
  return (block, mask) => {
    const left = mask.slice();
    mask.fill(0);
    for (const condition of conditions) {
      if (!left.includes(1)) return;
      const matched = left.slice();
      condition(block, matched);
      for (let index = 0; index < mask.length; index += 1) {
        if (matched[index] !== 1) continue;
        mask[index] = 1;
        left[index] = 0;
      }
    }
  };
}

function not(condition: Condition): Condition {
  return (block, mask) => {
    const matched = mask.slice();
    condition(block, matched);
    for (let index = 0; index < mask.length; index += 1) if (matched[index] === 1) mask[index] = 0;
  };
}

/** Returns a condition that tests the text of the key or the value, which may take long. */
function payloads(where: Where, test: (text: string) => boolean, steps: Steps): Condition {
  const holds = (text: string | null) => text !== null && test(text);
  return each((block, index) => {
    steps.step();
    return (
      (where !== 'value' && holds(block.key(index))) ||
      (where !== 'key' && holds(block.value(index)))
    );
  });
}

function inRanges(field: NumberField, ranges: readonly NumberRange[]): Condition {
  if (field === 'offset') {
    return each((block, index) => {
      const offset = block.chunk.offset(block.from + index);
      return ranges.some(
        ({ from, to }) => (from === null || offset >= from) && (to === null || offset <= to),
      );
    });
  }
  const bounds = ranges.map(
    ({ from, to }) => [Number(from ?? -Infinity), Number(to ?? Infinity)] as const,
  );
  return each(({ chunk, from }, index) => {
    const at = from + index;
    const number = field === 'size' ? chunk.size(at) : chunk.partition(at);
    return bounds.some(([least, most]) => number >= least && number <= most);
  });
}
