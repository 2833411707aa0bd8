import { JsonScanner, JsonSyntaxError } from '../core/json/scanner';
import { isPlain } from '../core/message/codec';
import type { Problem } from '../kafkaFile/problems';
import { nearest } from '../kafkaFile/problems';
import { PRODUCER_PROPERTIES } from '../kafkaFile/properties';
import type { ProducerSettings } from '../kafkaFile/settings';
import type { Template } from '../kafkaFile/templates';
import { findTemplates } from '../kafkaFile/templates';
import type { Text } from '../kafkaFile/text';

const PROPERTY_LIKE = /^\s*([A-Za-z][\w-]*)\s*:/;
const BLOCK_LINE = /^(?:PRODUCER|CONSUMER)(?=\s|$)/gm;

/** Finds problems in the texts that a PRODUCER sends. */
export function valueProblems(
  { key, value, valueFormat, headers }: ProducerSettings,
  fillTemplates: boolean,
): Problem[] {
  const templatesOf = ({ text, start }: Text) => (fillTemplates ? findTemplates(text, start) : []);
  const problems = [key, ...headers.map((header) => header.value)].flatMap((text) =>
    text ? templatesOf(text).flatMap(templateProblem) : [],
  );
  if (!value) return problems;
  const templates = templatesOf(value);
  problems.push(...templates.flatMap(templateProblem), ...misplaced(value));
  if (isPlain(valueFormat)) problems.push(...jsonProblem(value, templates));
  return problems;
}

function templateProblem({ kind, start, end, name, expression, problem }: Template): Problem[] {
  if (!problem) return [];
  const narrow = problem === 'template-unknown' && kind === 'faker';
  const span = narrow
    ? { start: expression.start, end: expression.start + name.length }
    : { start, end };
  return [{ kind: problem, ...span, name }];
}

/** Finds properties and blocks that became part of a value. */
function misplaced(value: Text): Problem[] {
  const problems: Problem[] = [];
  let at = value.start;
  for (const line of value.text.split(/\r\n|\r|\n/, 20)) {
    const written = PROPERTY_LIKE.exec(line)?.[1];
    if (written === undefined) break;
    const start = at + line.indexOf(written);
    const span = { start, end: start + written.length };
    const known = PRODUCER_PROPERTIES.has(written.toLowerCase()) ? [written.toLowerCase()] : [];
    const suggestions = at === value.start ? nearest(written, PRODUCER_PROPERTIES.keys()) : known;
    const [name] = suggestions;
    if (name !== undefined) problems.push({ kind: 'property-in-value', ...span, name });
    at += line.length + (value.text.startsWith('\r\n', at - value.start + line.length) ? 2 : 1);
  }
  for (const { index, 0: keyword } of value.text.matchAll(BLOCK_LINE)) {
    const start = value.start + index;
    problems.push({ kind: 'block-in-value', start, end: start + keyword.length });
  }
  return problems;
}

/** Returns whether a text is meant as JSON. Quick, and prefers to say no if in doubt. */
function looksLikeJson(text: string): boolean {
  if (text.startsWith('{{')) return false;
  if (/^\{\s*["}]|^\[\s*["{[\]]/.test(text)) return true;
  return (
    (text.startsWith('{') && text.endsWith('}')) ||
    (text.endsWith(']') && /^\[\s*(?:-?\d|true|false|null)/.test(text))
  );
}

/** Finds where a value that is meant as JSON does not parse, whatever its templates stand for. */
function jsonProblem(value: Text, templates: readonly Template[]): Problem[] {
  if (!looksLikeJson(value.text)) return [];
  let masked = '';
  let done = 0;
  for (const { start, end, problem } of templates) {
    if (problem === 'template-open') continue;
    masked += value.text.slice(done, start - value.start) + '1'.repeat(end - start);
    done = end - value.start;
  }
  try {
    const scanner = new JsonScanner(masked + value.text.slice(done));
    scanner.value();
    scanner.expectEnd();
    return [];
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const at = Math.min(error.at, value.text.length - 1);
    return [{ kind: 'json-invalid', start: value.start + at, end: value.start + at + 1 }];
  }
}
