import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { JsonScanner, JsonSyntaxError, unquote } from '../../../json/scanner';
import { type DecodedFacts, intactBytes, type Shown, type WorkerCodec } from '../decoder';

const FACTS: DecodedFacts = { format: 'nested-json', isGuess: false };
/** How often JSON may stand in texts of JSON in texts. */
const MAX_DEPTH = 8;

/**
 * JSON whose texts are JSON objects or arrays again: those are shown in place of the texts. All
 * else is as it was written, every digit included.
 */
export const nestedJson: WorkerCodec = {
  openDecode: () => (payloads) =>
    payloads.map((payload): Shown => {
      const bytes = intactBytes(payload);
      if (!bytes) return { problem: { kind: 'lossy' } };
      const text = isUtf8(bytes) ? unfold(bytes.toString(), 0) : undefined;
      return text === undefined
        ? { problem: { kind: 'not-in-format', detail: phrase('this is not JSON') } }
        : { text, facts: FACTS };
    }),
};

/** Returns JSON with what stands in its texts; `undefined` if it is not JSON. */
function unfold(text: string, depth: number): string | undefined {
  try {
    const scanner = new JsonScanner(text);
    scanner.value();
    scanner.expectEnd();
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
  if (depth === MAX_DEPTH) return text;
  const scanner = new JsonScanner(text);
  const pieces: string[] = [];
  let copied = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', scanner.at)) {
    scanner.at = at;
    const quoted = scanner.string();
    const isName = scanner.peek() === ':';
    const inner = isName ? undefined : unfoldText(quoted, depth);
    if (inner === undefined) continue;
    pieces.push(text.slice(copied, at), inner);
    copied = at + quoted.length;
  }
  return pieces.join('') + text.slice(copied);
}

function unfoldText(quoted: string, depth: number): string | undefined {
  if (!/^"\s*[[{]/.test(quoted.slice(0, 32))) return undefined;
  return unfold(unquote(quoted).trim(), depth + 1);
}
