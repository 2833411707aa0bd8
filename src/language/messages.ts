import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { oneLine } from '../core/text/visible';
import type { Problem, ProblemKind } from '../kafkaFile/problems';
import { timeProblem } from './timeProblem';

const { Error, Warning, Information, Hint } = DiagnosticSeverity;

type Words = readonly [
  severity: DiagnosticSeverity,
  words: string | ((name: string, problem: Problem) => string),
];

/** What earlier and present versions of faker have, and what takes more than data. */
const NEEDS_FUNCTION = /^(?:helpers\.)?(?:fake|maybe|multiple|unique)$/;

/** The severity and the sentence of every problem: what is wrong, and what to do. */
const WORDS: Readonly<Record<ProblemKind, Words>> = {
  'topic-missing': [Error, 'The topic is missing. Add a line "topic: name".'],
  'topic-invalid': [
    Error,
    (name) =>
      name.includes('{{')
        ? 'Templates are not filled in here. Write the name of the topic.'
        : 'This is not the name of a topic. Use letters, digits, ".", "_" and "-", at most 249 of them.',
  ],
  'topic-unknown': [
    Hint,
    (name) =>
      `The cluster does not list the topic "${name}". A topic made a moment ago can take half a ` +
      'minute to show up; otherwise check the name or create it.',
  ],
  'cluster-unknown': [
    Warning,
    (name) => `There is no cluster "${name}". Add it, or name one of the clusters in the sidebar.`,
  ],
  'partition-unknown': [
    Warning,
    (name, { detail }) =>
      `The topic has no partition ${name}: it has ${detail ?? ''}, numbered from 0.`,
  ],
  'property-unknown': [
    Warning,
    (name, { suggestions }) =>
      `"${name}" is not a property of this block.${didYouMean(suggestions)}`,
  ],
  'property-twice': [
    Warning,
    (name) => `"${name}" is given again below, and the last one counts. Remove one of them.`,
  ],
  'colon-missing': [Error, 'A colon is missing. Write "name: value".'],
  'property-in-value': [
    Warning,
    (name) =>
      `This line is part of the value, and not the property "${name}". ` +
      'Properties of a PRODUCER block begin at the start of the line, have no blank before the ' +
      'colon, and stand before the value.',
  ],
  'setting-in-value': [
    Warning,
    (name, { detail = '' }) => {
      const sent = 'This line is sent as part of the value';
      if (detail === 'value') return `${sent}, with "${name}:" in it. The value needs no name.`;
      return detail.startsWith('@')
        ? `${sent}. For the ${detail.slice(1)}, write a line "-- ${detail}: ..." above the value.`
        : `${sent}, because a PRODUCER block has no property "${name}". Remove it.`;
    },
  ],
  'comment-in-value': [
    Information,
    'This line is part of the value, in which there are no comments. Put it above the value.',
  ],
  'line-before-json': [
    Warning,
    'This line is sent as part of the value, before the JSON. Remove it, or begin it with "--".',
  ],
  'separator-form': [
    Warning,
    'This line is part of the value, because "###" ends a block only at the start of a line.',
  ],
  'text-outside': [
    Hint,
    'This text belongs to no block, so it is not sent. Start a block before it, or begin its lines with "--".',
  ],
  'block-in-value': [
    Warning,
    'This line is part of the value above, because a PRODUCER block ends only at "###". ' +
      'Put a line "###" before it.',
  ],
  'keyword-form': [
    Warning,
    (name) => `This line is ignored. A block begins with "${name}" at the start of a line.`,
  ],
  'directive-unknown': [
    Information,
    (name, { suggestions }) =>
      `"@${name}" means nothing here and is taken for a comment.${didYouMean(suggestions)}`,
  ],
  'directive-form': [
    Warning,
    (name) => `This is taken for a comment. Write a colon: "-- @${name}: ...".`,
  ],
  'directive-outside': [
    Warning,
    (name) =>
      `"@${name}" does nothing here. Put it below the PRODUCER or CONSUMER line of a block` +
      (name === 'cluster' ? ', or before the first block to hold for the whole file.' : '.'),
  ],
  'value-missing': [
    Error,
    'The value is missing. Write it below the properties, or add a line "-- @tombstone" to ' +
      'produce a tombstone.',
  ],
  'value-empty': [
    Error,
    'The value is empty after its templates were filled in, so it is not sent.',
  ],
  'tombstone-with-value': [Error, 'A tombstone has no value. Remove this line, or the value.'],
  'format-unknown': [
    Error,
    (name, { detail = '', suggestions }) =>
      `"${name}" is not a format. Use ${detail}.${didYouMean(suggestions)}`,
  ],
  'format-reserved': [
    Error,
    (name) => `The format "${name}" is not supported yet. Use another one.`,
  ],
  'encoding-unknown': [Error, (_, { detail = '' }) => `This encoding is not known. Use ${detail}.`],
  'every-invalid': [
    Error,
    'This is not an interval. Write a number and s, m or h, such as "3s"; at most 24 days.',
  ],
  'from-invalid': [
    Error,
    (_, { time }) =>
      `${timeProblem(time)}Write "earliest", "latest", an offset in digits alone, such as "0", ` +
      'or a time such as "2026-11-22 14:00" or "last 15 minutes".',
  ],
  'offset-like-time': [
    Information,
    (name, { detail = '' }) =>
      `This is the offset ${name}, because it consists of digits alone. For a time, write "${detail}".`,
  ],
  'to-invalid': [
    Error,
    (_, { time }) =>
      `${timeProblem(time)}Write the last offset to read, in digits alone, "latest", or a time ` +
      'such as "2026-11-22 14:05" or "14:05".',
  ],
  'to-before-from': [Error, 'This is not after "from", where reading begins.'],
  'count-invalid': [Error, 'Write how many messages to read at most, such as "100".'],
  'partitions-invalid': [
    Error,
    'Write numbers of partitions or ranges of them, such as "0", "0,2" or "0-2".',
  ],
  'partition-invalid': [Error, 'Write the number of one partition, such as "0".'],
  'timestamp-invalid': [
    Error,
    'Write epoch milliseconds or a date such as "2025-01-31T12:00:00Z".',
  ],
  'number-inexact': [
    Warning,
    (_, { detail }) => `Only "${detail ?? ''}" of this is used. Remove the rest.`,
  ],
  'header-dropped': [
    Warning,
    (name) =>
      `"${name}" is dropped, because a header is written "name=value". A comma ends a header.`,
  ],
  'header-cut': [
    Warning,
    (name) => `The value of "${name}" ends here: a second "=" cuts it off. Remove this.`,
  ],
  'headers-invalid': [
    Error,
    'This is not a JSON list of headers. Write it as [{"name": "a", "value": "text"}].',
  ],
  'not-in-format': [
    Error,
    (name) =>
      `This does not fit the format "${name}". Change the text, or the format that is given for it.`,
  ],
  'out-of-range': [
    Error,
    (name) => `This number is too large or too small for the format "${name}".`,
  ],
  'json-invalid': [
    Information,
    'The value looks like JSON, but it does not parse here. It is sent as it is.',
  ],
  'values-in-row': [Information, (name) => `These ${name} JSON values are sent as one message.`],
  'template-unknown': [
    Error,
    (name, { detail, suggestions }) => {
      if (NEEDS_FUNCTION.test(name)) {
        return `"${name}" cannot be used in a template, because it needs a function or another template.`;
      }
      return detail === undefined
        ? `There is no template "${name}", so nothing is sent.${didYouMean(suggestions)}`
        : `After "${name}", "${detail}" means nothing in a template. Remove it.`;
    },
  ],
  'template-arguments': [
    Error,
    (name, { detail, suggestions }) => {
      if (name === '$randomInt') {
        return 'Write the two limits as whole numbers, such as "{{$randomInt 1 6}}".';
      }
      if (name.startsWith('$')) return `"${name}" takes no arguments.${didYouMean(suggestions)}`;
      return detail === undefined
        ? `The arguments of "${name}" cannot be read. Write them as in JavaScript, such as {min: 1, max: 5} or ['a', 'b'].`
        : `These arguments do not fit: "${name}" ${detail}.${didYouMean(suggestions)}`;
    },
  ],
  'template-option': [
    Error,
    (name, { detail = '', suggestions }) =>
      `"${name}" has no option "${detail}".${didYouMean(suggestions)}`,
  ],
  'template-as-text': [
    Hint,
    (_, { suggestions }) =>
      'This is sent as it is, because a template begins with a small letter right after the braces.' +
      didYouMean(suggestions),
  ],
  'template-open': [
    Warning,
    (name) => `"}}" is missing, so that "{{${name}" is sent as it is. Add it.`,
  ],
  'template-failed': [
    Error,
    (name, { detail }) => `The template "${name}" failed: ${detail ?? 'no reason given'}`,
  ],
  'env-missing': [Error, (name) => `The environment variable of "${name}" is not set.`],
  'consume-unsupported': [
    Warning,
    'The REST proxy of this cluster cannot read messages, so the block will not run. Use another cluster.',
  ],
  'times-unsupported': [
    Warning,
    'The REST proxy of this cluster gives no timestamps, so the block will not run. Give an offset, or use another cluster.',
  ],
  'produce-unsupported': [
    Warning,
    'The REST proxy of this cluster cannot produce messages, so the block will not be sent. Use another cluster.',
  ],
  'headers-unsupported': [
    Warning,
    'The REST proxy of this cluster cannot carry headers, so the block will not be sent. Remove the line, or use another cluster.',
  ],
  'timestamp-unsupported': [
    Warning,
    'The REST proxy of this cluster cannot carry a timestamp, so the block will not be sent. Remove the line, or use another cluster.',
  ],
  'tombstone-unsupported': [
    Warning,
    'The REST proxy of this cluster cannot carry tombstones, so the block will not be sent. Use another cluster.',
  ],
  'bytes-unsupported': [
    Warning,
    'These bytes are not UTF-8, and the REST proxy of this cluster carries text only, so the block will not be sent. Use another format, or another cluster.',
  ],
  'bytes-perhaps-unsupported': [
    Information,
    'The REST proxy of this cluster carries text only. What is not UTF-8 in this format will not be sent.',
  ],
};

export function messageOf(problem: Problem): string {
  const [, words] = WORDS[problem.kind];
  return oneLine(typeof words === 'string' ? words : words(problem.name ?? '', problem));
}

export function severityOf(kind: ProblemKind): DiagnosticSeverity {
  return WORDS[kind][0];
}

function didYouMean(suggestions: readonly string[] = []): string {
  return suggestions.length === 0
    ? ''
    : ` Did you mean ${suggestions.map((each) => `"${each}"`).join(' or ')}?`;
}
