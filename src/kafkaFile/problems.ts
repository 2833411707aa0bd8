import type { EncodeProblem, FormatProblem } from '../core/message/decoders/decoder';
import type { TimeProblem } from '../core/time/parse';
import type { RenderProblem } from './render';
import type { Span } from './text';

/** The problems of a `.kafka` file. `messages.ts` has the wording and the severity of each. */
export type ProblemKind =
  | RenderProblem['kind']
  | FormatProblem
  | EncodeProblem
  | 'topic-missing'
  | 'topic-invalid'
  | 'topic-unknown'
  | 'cluster-unknown'
  | 'partition-unknown'
  | 'property-unknown'
  | 'property-twice'
  | 'colon-missing'
  /** A line that looks like a property, but is part of the value. */
  | 'property-in-value'
  /** A line that looks like a property that a PRODUCER does not have, and is part of the value. */
  | 'setting-in-value'
  /** A block's keyword inside a value, because the separator before it is missing. */
  | 'block-in-value'
  /** A comment or directive below the beginning of a value, where it is part of the value. */
  | 'comment-in-value'
  /** A line above the JSON that the rest of the value consists of. */
  | 'line-before-json'
  /** ` ###` in a value, which ends no block because of the blanks before it. */
  | 'separator-form'
  /** Text that belongs to no block. */
  | 'text-outside'
  /** `producer` or ` PRODUCER` outside of blocks. */
  | 'keyword-form'
  | 'directive-unknown'
  /** A known directive that is a comment, because it lacks its colon. */
  | 'directive-form'
  /** A directive outside of blocks, where it has no effect. */
  | 'directive-outside'
  | 'value-missing'
  /** The value is empty once its templates are filled in. */
  | 'value-empty'
  | 'tombstone-with-value'
  | 'every-invalid'
  | 'from-invalid'
  /** An offset that looks like a date or like a time since 1970. */
  | 'offset-like-time'
  /** A number that is read as another one, for example because the text after it is ignored. */
  | 'number-inexact'
  | 'to-invalid'
  | 'to-before-from'
  | 'count-invalid'
  | 'partitions-invalid'
  | 'partition-invalid'
  | 'timestamp-invalid'
  | 'header-dropped'
  | 'header-cut'
  /** `-- @headers` does not hold headers as JSON. */
  | 'headers-invalid'
  | 'json-invalid'
  /** The value consists of several objects or lists, which are sent as one message. */
  | 'values-in-row'
  /** Text that looks like a template, but is sent as it is. */
  | 'template-as-text'
  | 'consume-unsupported'
  | 'times-unsupported'
  | 'produce-unsupported'
  | 'headers-unsupported'
  | 'timestamp-unsupported'
  | 'tombstone-unsupported'
  /** A schema is named where none is needed, or another one is. */
  | 'schema-unused'
  /** No registry has a schema of this name. */
  | 'schema-unknown'
  /** What a value lacks or has that its schema does not allow; see `src/language/schema/`. */
  | 'member-missing'
  | 'member-unknown'
  | 'type-wrong'
  | 'symbol-unknown'
  | 'number-range'
  /** A text that is to be encoded by a schema, and is no JSON. */
  | 'text-not-json'
  /** What stands in a file of messages and is no JSON, or no message. */
  | 'json-broken'
  | 'message-broken'
  /** There are more problems in a file than are shown. */
  | 'problems-cut'
  /** The bytes are not UTF-8, and the proxy carries only text. */
  | 'bytes-unsupported'
  /** No bytes of this format are text, and the proxy carries only text. */
  | 'format-unsupported'
  /** The bytes may turn out not to be UTF-8 once templates are filled in. */
  | 'bytes-perhaps-unsupported';

export interface Problem extends Span {
  readonly kind: ProblemKind;
  /** The subject of the problem, such as a name, a value or a format. */
  readonly name?: string;
  /** A fact for the sentence, such as what is possible instead. */
  readonly detail?: string;
  /** Possible replacements, the likeliest first. */
  readonly suggestions?: readonly string[];
  /** Why a text is not a time. */
  readonly time?: TimeProblem | undefined;
}

/** The problems with which a block may still run, because other tools would run it the same way. */
const HARMLESS: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'template-as-text',
  'template-open',
  'topic-unknown',
  'cluster-unknown',
  'partition-unknown',
  'property-unknown',
  'property-twice',
  'property-in-value',
  'setting-in-value',
  'block-in-value',
  'comment-in-value',
  'line-before-json',
  'separator-form',
  'text-outside',
  'keyword-form',
  'directive-unknown',
  'directive-form',
  'directive-outside',
  'schema-unused',
  'every-invalid', // prevents repeated production, but not producing once
  'offset-like-time',
  'number-inexact',
  'header-dropped',
  'header-cut',
  'json-invalid',
  'values-in-row',
  'bytes-perhaps-unsupported',
]);

/** Returns whether a block with this problem must not run. */
export function isBlocking({ kind }: Problem): boolean {
  return !HARMLESS.has(kind);
}
