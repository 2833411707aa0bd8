import { JsonScanner, JsonSyntaxError } from '../../core/json/scanner';
import { isPlain } from '../../core/message/codec';
import { findLookalikes } from '../../kafkaFile/lookalikes';
import type { Problem } from '../../kafkaFile/problems';
import type { ProducerSettings } from '../../kafkaFile/settings';
import type { Template } from '../../kafkaFile/templates';
import { findTemplates, maskTemplates } from '../../kafkaFile/templates';
import type { Span, Text } from '../../kafkaFile/text';
import { misplacedLines } from './misplacedLines';

/** Finds templates that may have been meant by an unknown name. */
export type Suggest = (name: string) => readonly string[];

/** The first line of an object or a list. */
const JSON_LINE = /^(?:\[|\{(?!\{))/m;

/** Finds problems in the texts that a PRODUCER sends. `suggest` is missing without templates. */
export function valueProblems(
  { key, value, valueFormat, headers }: ProducerSettings,
  suggest: Suggest | undefined,
): Problem[] {
  const texts = [...(key ? [key] : []), ...headers.map((header) => header.value)];
  const problems = texts.flatMap((text) => templateProblems(text, templatesOf(text), suggest));
  if (!value) return problems;
  const templates = suggest ? templatesOf(value) : [];
  const lines = misplacedLines(value);
  problems.push(...templateProblems(value, templates, suggest), ...lines);
  if (!isPlain(valueFormat)) return problems;
  const others = linesBeforeJson(value, templates).filter(
    ({ start, end }) => !lines.some((line) => line.start >= start && line.start < end),
  );
  return [...problems, ...others, ...jsonProblems(value, templates)];
}

function templatesOf({ text, start }: Text): Template[] {
  return findTemplates(text, start);
}

function templateProblems(
  { text, start }: Text,
  templates: readonly Template[],
  suggest: Suggest | undefined,
): Problem[] {
  if (!suggest) return [];
  const lookalikes = findLookalikes(text, start, templates).map(
    ({ start, end, meant }): Problem => ({
      kind: 'template-as-text',
      start,
      end,
      suggestions: [meant],
    }),
  );
  return [...templates.flatMap((template) => templateProblem(template, suggest)), ...lookalikes];
}

/** The suggestions of a problem replace its span. */
function templateProblem(template: Template, suggest: Suggest): Problem[] {
  const { kind, start, end, name, expression, problem } = template;
  if (!problem) return [];
  const whole = (expressions: readonly string[]) => expressions.map((each) => `{{${each}}}`);
  if (problem.kind !== 'template-unknown' || problem.suggestions) {
    const suggestions = whole(problem.suggestions ?? []);
    return [{ start, end, name, ...problem, suggestions }];
  }
  const meant = suggest(name);
  if (kind === 'helper')
    return [{ kind: problem.kind, start, end, name, suggestions: whole(meant) }];
  const span = { start: expression.start, end: expression.start + name.length };
  return [{ kind: problem.kind, ...span, name, suggestions: meant }];
}

/** Returns whether a text is meant as JSON. Quick, and prefers to say no if in doubt. */
function looksLikeJson(text: string): boolean {
  if (text.startsWith('{{')) return false;
  if (/^\{\s*["}]|^\[\s*["{[\]]/.test(text)) return true;
  return (
    (text.startsWith('{') && text.endsWith('}')) ||
    (/\],?$/.test(text.slice(-2)) && /^\[\s*(?:-?\d|true|false|null)/.test(text))
  );
}

/**
 * Finds where a value that is meant as JSON does not parse, whatever its templates stand for, or
 * how many objects and lists it consists of.
 */
function jsonProblems(value: Text, templates: readonly Template[]): Problem[] {
  if (!looksLikeJson(value.text)) return [];
  const read = readJson(value, templates);
  if ('at' in read) {
    const at = Math.min(read.at, value.text.length - 1);
    return [{ kind: 'json-invalid', start: value.start + at, end: value.start + at + 1 }];
  }
  const { parts } = read;
  const [first] = parts;
  if (!first || parts.length === 1) return [];
  return [{ kind: 'values-in-row', ...first, name: String(parts.length) }];
}

/** Finds the lines above the JSON, if a value otherwise consists of that. */
function linesBeforeJson(value: Text, templates: readonly Template[]): Problem[] {
  const at = value.text.search(JSON_LINE);
  if (at <= 0) return [];
  const start = value.start + at;
  const json = { start, end: value.end, text: value.text.slice(at) };
  const inJson = templates.filter((template) => template.start >= start);
  if (!looksLikeJson(json.text) || 'at' in readJson(json, inJson)) return [];
  const lines = value.text.slice(0, at).matchAll(/[^\s].*/g);
  return [...lines].map(({ index, 0: line }) => {
    const from = value.start + index;
    return { kind: 'line-before-json', start: from, end: from + line.trimEnd().length };
  });
}

/**
 * Returns the objects and lists that stand in a row in a value, perhaps with commas between them.
 * Returns `undefined` if the value is anything else.
 */
export function jsonParts(value: Text, fillTemplates: boolean): readonly Span[] | undefined {
  const read = readJson(value, fillTemplates ? templatesOf(value) : []);
  return 'parts' in read ? read.parts : undefined;
}

/** Returns the parts of a value, or the index in its text at which it is no JSON. */
function readJson(
  value: Text,
  templates: readonly Template[],
): { readonly parts: readonly Span[] } | { readonly at: number } {
  const scanner = new JsonScanner(maskTemplates(value, templates));
  const parts: Span[] = [];
  try {
    do {
      const { length } = scanner.value();
      parts.push({ start: value.start + scanner.at - length, end: value.start + scanner.at });
    } while (scanner.peek() !== '' && startsNext(scanner));
    // A comma after the last of several belongs to none of them.
    if (parts.length > 1) scanner.take(',');
    scanner.expectEnd();
    return { parts };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { at: error.at };
  }
}

/** Moves past a comma if another object or list follows it. Returns whether one follows. */
function startsNext(scanner: JsonScanner): boolean {
  const { at } = scanner;
  scanner.take(',');
  const starts = /[{[]/.test(scanner.peek());
  if (!starts) scanner.at = at;
  return starts;
}
