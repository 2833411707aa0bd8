import { hasCases } from './text/bytesPattern';
import type { Pattern } from './filterNode';

/** A class, a number of times, an escape, or a character. */
const ATOM = /\[(?:[^\]\\]|\\.)*\]?|\{[\d,]*\}?|\\.|./gsu;
/** An escape of one letter that stands for no certain text. */
const SHORT_ESCAPE = /^\\[dDwWsSbBtnrfv]$/;
/** What an escape of a sign stands for. */
const ESCAPED_SIGN = /^\\([^\p{L}\p{N}_])$/u;

/**
 * Returns texts that all occur, in the same case, wherever a pattern matches. It may miss some: it
 * does not look into groups, and gives up at rare escapes.
 */
export function requiredTexts({ source, flags }: Pattern): readonly string[] {
  if (!source.isWellFormed()) return [];
  const ignoresCase = flags.includes('i');
  const runs = [''];
  let depth = 0;
  for (const [atom] of source.matchAll(ATOM)) {
    const last = runs.at(-1) ?? '';
    if (atom === '(') depth += 1;
    else if (atom === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (atom === '|') return [];
    // What this follows may not occur.
    else if (/^[*?{]/.test(atom)) runs.splice(-1, 1, Array.from(last).slice(0, -1).join(''));
    else {
      const text = textOf(atom);
      if (text === undefined) return [];
      if (text !== '' && text !== '\ufffd' && !(ignoresCase && hasCases(text))) {
        runs.splice(-1, 1, last + text);
        continue;
      }
    }
    runs.push('');
  }
  return runs.filter((run) => run !== '');
}

/** Returns what an atom stands for; empty: no certain text; `undefined`: this cannot be told. */
function textOf(atom: string): string | undefined {
  if (!atom.startsWith('\\')) return atom.startsWith('[') || /^[.^$+\]}]$/.test(atom) ? '' : atom;
  return SHORT_ESCAPE.test(atom) ? '' : ESCAPED_SIGN.exec(atom)?.[1];
}
