import type { FilterNode, NumberField, NumberRange, Test, Where } from './filterNode';
import { PayloadKind } from '../store/chunkLayout';
import { columnOfPath, fieldCondition } from './fieldCondition';
import { checkedPath, pathTest } from './jsonPath';
import type { Block, Condition } from './scan';
import type { Steps } from '../steps';
import type { MessageChunk } from '../store/messageChunk';
import { bytesPattern, caselessPart } from './bytesPattern';
import { occurring } from './occurring';
import { requiredTexts } from './requiredTexts';
import { headerTest } from './headerTest';
import { wholeTest } from './wholeText';

/** If fewer than one in so many messages are left, a text is searched in each by itself. */
const FEW = 8;
/** Fewer bytes than these are too frequent to be searched first. */
const LEAST_BYTES = 2;

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
      return contains(node.where, node.text);
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

function all(conditions: readonly Condition[]): Condition {
  return (block, mask) => {
    for (const condition of conditions) {
      if (!mask.includes(1)) return;
      condition(block, mask);
    }
  };
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

/** Returns a condition that tests one message at a time. */
function each(test: (block: Block, index: number) => boolean): Condition {
  return (block, mask) => {
    for (let index = 0; index < mask.length; index += 1) {
      if (mask[index] === 1 && !test(block, index)) mask[index] = 0;
    }
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

/** Returns a condition that looks for a text in any case. */
function contains(where: Where, text: string): Condition {
  if (text === '') return isNotNull(where);
  const pattern = bytesPattern(text);
  const part = caselessPart(text);
  const [inEach, inBlock] = [containsEach(where, pattern), containsAll(where, pattern)];
  const search: Condition = (block, mask) => {
    let count = 0;
    for (let at = 0; at < mask.length; at += 1) count += mask[at] ?? 0;
    if (count > 0) (count < mask.length / FEW ? inEach : inBlock)(block, mask);
  };
  return part.length < LEAST_BYTES ? search : all([occurring([part]), search]);
}

/** Returns a condition that searches each message by itself. */
function containsEach(where: Where, pattern: RegExp): Condition {
  const isIn = ({ bytes }: MessageChunk, start: number, end: number) => {
    pattern.lastIndex = 0;
    return pattern.test(bytes.toString('latin1', start, end));
  };
  return each(({ chunk, from }, index) => {
    const at = from + index;
    return (
      (where !== 'value' && isIn(chunk, chunk.start(at), chunk.keyEnd(at))) ||
      (where !== 'key' && isIn(chunk, chunk.valueStart(at), chunk.valueEnd(at)))
    );
  });
}

/** Returns a condition that searches the bytes of the whole block at once. */
function containsAll(where: Where, pattern: RegExp): Condition {
  return (block, mask) => {
    const { chunk, from, latin1, origin } = block;
    const found = new Uint8Array(mask.length);
    pattern.lastIndex = 0;
    let index = 0;
    let end = chunk.end(from) - origin;
    while (pattern.test(latin1)) {
      // A match never contains a separator, so it lies in the message that holds its last byte.
      const at = pattern.lastIndex - 1;
      while (end <= at) {
        index += 1;
        end = chunk.end(from + index) - origin;
      }
      const inKey = at < chunk.keyEnd(from + index) - origin;
      if (where === 'value' && inKey) {
        pattern.lastIndex = chunk.valueStart(from + index) - origin;
        continue;
      }
      // A raw key or value may follow the shown value. It is not searched.
      if (inKey || (where !== 'key' && at < chunk.valueEnd(from + index) - origin))
        found[index] = 1;
      pattern.lastIndex = end;
    }
    for (let at = 0; at < mask.length; at += 1) if (found[at] === 0) mask[at] = 0;
  };
}

function isNotNull(where: Where): Condition {
  return each(({ chunk, from }, index) => {
    const at = from + index;
    const key = chunk.keyKind(at) !== PayloadKind.null;
    const value = chunk.valueKind(at) !== PayloadKind.null;
    return (where !== 'value' && key) || (where !== 'key' && value);
  });
}
