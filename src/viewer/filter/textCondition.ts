import { PayloadKind } from '../store/chunkLayout';
import type { Where } from './filterNode';
import { occurring } from './occurring';
import { all, type Condition, each } from './scan';
import { bytesPattern, caselessPart } from './text/bytesPattern';
import { CaselessText } from './text/caselessText';

/** If fewer than one in so many messages are left, a text is searched in each by itself. */
const FEW = 8;
/** So is a text that more than this share of the messages before had. */
const MOST = 1 / 2;
/** Fewer bytes than these are too frequent to be searched first. */
export const LEAST_BYTES = 2;

/** Returns a condition that looks for a text in any case. */
export function textCondition(where: Where, text: string): Condition {
  if (text === '') return isNotNull(where);
  const part = caselessPart(text);
  const [inEach, inBlock] = [containsEach(where, text), containsAll(where, text)];
  let isFrequent = false;
  const search: Condition = (block, mask) => {
    const count = countOf(mask);
    if (count === 0) return;
    if (isFrequent) block.bring();
    (isFrequent || count < mask.length / FEW ? inEach : inBlock)(block, mask);
    isFrequent = countOf(mask) > MOST * count;
  };
  return part.length < LEAST_BYTES ? search : all([occurring([part]), search]);
}

function countOf(mask: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < mask.length; at += 1) count += mask[at] ?? 0;
  return count;
}

/** Returns a condition that searches each message by itself. */
function containsEach(where: Where, text: string): Condition {
  const sought = new CaselessText(text);
  return ({ chunk, from }, mask) => {
    const { bytes } = chunk;
    for (let index = 0; index < mask.length; index += 1) {
      if (mask[index] === 0) continue;
      const at = from + index;
      const start = where === 'value' ? chunk.valueStart(at) : chunk.start(at);
      // The text never contains the separator between key and value.
      const end = where === 'key' ? chunk.keyEnd(at) : chunk.valueEnd(at);
      if (!sought.isIn(bytes, start, end)) mask[index] = 0;
    }
  };
}

/** Returns a condition that searches the bytes of the whole block at once. */
function containsAll(where: Where, text: string): Condition {
  const pattern = bytesPattern(text);
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
