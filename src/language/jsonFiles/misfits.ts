import { isJson } from '../../core/json/layout';
import type { Problem } from '../../kafkaFile/problems';
import type { LinedText, Span } from '../../kafkaFile/text';
import { readValue } from '../schema/jsonTree';
import { misfits } from '../schema/misfits';
import type { Schema } from '../schema/walker';
import type { FileMessage, MessageFile, MessagePart } from './messageFile';

/** What keys and values are checked by. A part without a schema is not checked. */
export type PartSchemas = Readonly<Partial<Record<'key' | 'value', Schema>>>;

/** So many problems of a file are shown. */
const MAX_PROBLEMS = 100;

/** Checks a file again and again while it changes: what has not changed is not looked at again. */
export class FileChecker {
  /** The problems of each text, from its beginning on. */
  #known = { key: new Map<string, Found>(), value: new Map<string, Found>() };

  /** `editorChecks`: whether the editor itself tells what is no JSON. */
  constructor(
    private readonly schemas: PartSchemas,
    private readonly editorChecks: boolean,
  ) {}

  /** Returns the first problems of a file, and one that says so if there are more. */
  check({ file, messages }: MessageFile): readonly Problem[] {
    const before = this.#known;
    this.#known = { key: new Map(), value: new Map() };
    const problems: Problem[] = [];
    for (const message of messages) {
      problems.push(...this.#broken(file, message));
      for (const name of ['key', 'value'] as const) {
        const [schema, part] = [this.schemas[name], message[name]];
        if (!schema || !part) continue;
        const found = before[name].get(part.json) ?? misfitsOf(part.json, schema);
        this.#known[name].set(part.json, found);
        problems.push(...placed(found, part));
      }
      const more = problems[MAX_PROBLEMS];
      if (!more) continue;
      const { start, end } = more;
      const name = String(MAX_PROBLEMS);
      return [...problems.slice(0, MAX_PROBLEMS), { kind: 'problems-cut', start, end, name }];
    }
    return problems;
  }

  #broken(file: LinedText, { start, problem }: FileMessage): readonly Problem[] {
    if (!problem) return [];
    const isJson = problem.kind !== 'not-json' && !isUnreadable(problem.kind);
    if (!isJson && this.editorChecks) return [];
    const at = 'column' in problem ? file.lineStart(problem.line - 1) + problem.column - 1 : start;
    const span = { start: at, end: wordEnd(file.text, at) };
    if (!isJson) return [{ kind: 'json-broken', ...span }];
    return [
      { kind: 'message-broken', ...span, ...('member' in problem && { name: problem.member }) },
    ];
  }
}

function isUnreadable(kind: string): boolean {
  return kind === 'brackets' || kind === 'unfinished' || kind === 'not-an-array';
}

/** Returns where the string ends that begins at an index, or the character. */
function wordEnd(text: string, at: number): number {
  const string = /"(?:[^"\\\r\n]|\\.)*"/y;
  string.lastIndex = at;
  return string.test(text) ? string.lastIndex : Math.min(at + 1, text.length);
}

type Found = readonly Problem[];

function misfitsOf(json: string, schema: Schema): Found {
  const span = { start: 0, end: json.length };
  const tree = readValue({ ...span, text: json });
  if (tree) return misfits(schema, tree);
  // What is too deep or too large for a tree may be JSON all the same.
  return isJson(json) ? [] : [{ kind: 'text-not-json', ...span }];
}

/** What does not fit within a string is underlined with all of it, once. */
function placed(found: Found, { start, end, isVerbatim }: MessagePart): readonly Problem[] {
  if (!isVerbatim) return found.slice(0, 1).map((problem) => ({ ...problem, start, end }));
  return found.map((problem) => ({ ...problem, ...moved(problem, start) }));
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
