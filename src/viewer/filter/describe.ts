import { formatTime } from '../../core/time/parse';
import type { Zone } from '../../core/time/zones';
import type { FilterNode, Literal, NumberRange, Test, Where } from './filterNode';
import type { filterWords, Say } from './filterWords';
import type { Operator } from './path/path';

type WordKey = keyof typeof filterWords;

/** Longer texts are cut. */
const MAX_TEXT = 80;

/** Returns what a filter matches, in words. Times are given in `zone`. */
export function describe(node: FilterNode, say: Say, zone: Zone): string {
  const part = (each: FilterNode) => {
    const words = describe(each, say, zone);
    return each.kind === 'and' || each.kind === 'or' ? `(${words})` : words;
  };
  switch (node.kind) {
    case 'and':
    case 'or': {
      const key = node.kind === 'and' ? 'and' : 'or';
      return node.nodes.map(part).reduce((all, next) => say(key, all, next));
    }
    case 'not':
      return say('not', part(node.node));
    case 'text':
      return say(textIn[node.where], quoted(node.text));
    case 'regex':
      return say(matchIn[node.where], regex(node.pattern));
    case 'null':
      return say('is', say(subjects[node.where]), 'null');
    case 'number':
      return numbers(say(subjects[node.field]), node.ranges, say);
    case 'time':
      return say('is', say('time'), span(node, say, zone));
    case 'whole':
      return tested(say(subjects[node.where]), node.test, say);
    case 'header':
      return tested(say('header', quoted(node.name)), node.test, say);
    case 'path': {
      const key = node.where === 'key' ? 'pathInKey' : 'pathInValue';
      return tested(say(key, cut(node.path)), node.test, say);
    }
  }
}

const textIn: Readonly<Record<Where, WordKey>> = {
  any: 'text',
  key: 'textInKey',
  value: 'textInValue',
};

const matchIn: Readonly<Record<Where, WordKey>> = {
  any: 'match',
  key: 'matchInKey',
  value: 'matchInValue',
};

const subjects = {
  key: 'key',
  value: 'value',
  partition: 'partition',
  offset: 'offset',
  size: 'size',
} as const satisfies Readonly<Record<string, WordKey>>;

function tested(subject: string, test: Test | null, say: Say): string {
  if (!test) return say('exists', subject);
  switch (test.operator) {
    case '=~':
      return say('matches', subject, regex(test.pattern));
    case 'in':
    case 'not in': {
      const key = test.operator === 'in' ? 'oneOf' : 'noneOf';
      return say(key, subject, list(test.literals.map(literalText), say));
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return say(comparisons[test.operator], subject, literalText(test.literal));
  }
}

const comparisons: Readonly<Record<Operator, WordKey>> = {
  '==': 'is',
  '!=': 'isNot',
  '<': 'isLess',
  '<=': 'isAtMost',
  '>': 'isGreater',
  '>=': 'isAtLeast',
};

function numbers(subject: string, ranges: readonly NumberRange[], say: Say): string {
  const listed = ranges.flatMap(({ from, to }) => {
    if (from === null || to === null) return [];
    return from === to ? String(from) : say('range', String(from), String(to));
  });
  if (listed.length === ranges.length && listed.length > 1) {
    return say('oneOf', subject, list(listed, say));
  }
  const open = ranges.flatMap(({ from, to }) => {
    if (from === null) return say('isAtMost', subject, String(to));
    return to === null ? say('isAtLeast', subject, String(from)) : [];
  });
  return [...listed.map((each) => say('is', subject, each)), ...open].reduce((all, next) =>
    say('or', all, next),
  );
}

function list(texts: readonly string[], say: Say): string {
  return texts.reduce((all, next) => say('list', all, next));
}

function span({ from, to }: { from: number; to: number }, say: Say, zone: Zone): string {
  const time = (at: number) => formatTime(at, zone);
  if (to === Infinity) return say('from', time(from));
  if (from === -Infinity) return say('before', time(to));
  return say('fromBefore', time(from), time(to));
}

function literalText(literal: Literal): string {
  switch (literal.kind) {
    case 'text':
      return quoted(literal.text);
    case 'number':
      return cut(literal.digits);
    case 'constant':
      return String(literal.value);
  }
}

function regex({ source, flags }: { readonly source: string; readonly flags: string }): string {
  return cut(`/${source}/${flags}`);
}

function quoted(text: string): string {
  return `“${cut(text)}”`;
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}…` : text;
}
