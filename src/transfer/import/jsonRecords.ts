import { JsonScanner, unquote } from '../../core/json/scanner';
import type { NewRecord } from '../../core/kafka';
import type { TakeOptions } from '../../core/message/members';
import { type ParsedRecord, parseRecord } from '../../core/message/parse';
import { located, orProblem } from '../../core/message/payloadProblem';
import type { Element, FilePosition } from './elementCollector';
import type { Imported, JsonItems } from './imported';

/** Makes an item of a JSON text that begins at this position of the file. */
export type ImportJson = (source: string, at: FilePosition) => Imported;

/** Returns a function that takes JSON texts as records or as values. */
export function jsonImporter(items: JsonItems = 'records', options: TakeOptions = {}): ImportJson {
  const parse = items === 'values' ? parseValue : (source: string) => parseRecord(source, options);
  return (source, { line, column }) => {
    const { record, problem } = parse(source);
    if (record) return { kind: 'record', line, record, source };
    const placed = {
      ...problem,
      line: problem.line + line - 1,
      column: problem.line === 1 ? problem.column + column - 1 : problem.column,
    };
    return { kind: 'bad', line, source, problem: placed };
  };
}

/** Returns the item that an element of a container stands for. */
export function importElement(
  { at, ...element }: Element,
  maxBytes: number,
  importJson: ImportJson,
): Imported {
  if (element.problem === undefined) return importJson(element.source, at);
  const { source, problem } = element;
  const kind = problem === 'too-long' ? { kind: problem, limit: maxBytes } : { kind: problem };
  return { kind: 'bad', line: at.line, source, problem: kind };
}

/** Returns the record whose value a JSON text is. */
function parseValue(text: string): ParsedRecord {
  return orProblem(text, () => located(0, () => ({ record: { value: valueOf(text) } })));
}

function valueOf(text: string): NewRecord['value'] {
  const scanner = new JsonScanner(text);
  const json = scanner.value();
  scanner.expectEnd();
  if (json === 'null') return null;
  return json.startsWith('"') ? unquote(json) : json;
}
