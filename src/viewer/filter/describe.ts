import { formatTime } from '../../core/time/parse';
import type { Zone } from '../../core/time/zones';
import type { StringKey } from '../strings';
import type { FilterNode, Literal, NumberRange, Test, Where } from './filterNode';
import type { Operator } from './path/path';

/** Returns a text of the viewer in the language of the window, with its holes filled. */
export type Say = (key: StringKey, ...values: readonly string[]) => string;

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
      const key = node.kind === 'and' ? 'filterAnd' : 'filterOr';
      return node.nodes.map(part).reduce((all, next) => say(key, all, next));
    }
    case 'not':
      return say('filterNot', part(node.node));
    case 'text':
      return say(textIn[node.where], quoted(node.text));
    case 'regex':
      return say(matchIn[node.where], regex(node.pattern));
    case 'null':
      return say('filterIs', say(subjects[node.where]), 'null');
    case 'number':
      return numbers(say(subjects[node.field]), node.ranges, say);
    case 'time':
      return say('filterIs', say('filterTime'), span(node, say, zone));
    case 'whole':
      return tested(say(subjects[node.where]), node.test, say);
    case 'header':
      return tested(say('filterHeader', quoted(node.name)), node.test, say);
    case 'path': {
      const key = node.where === 'key' ? 'filterPathInKey' : 'filterPathInValue';
      return tested(say(key, cut(node.path)), node.test, say);
    }
  }
}

const textIn: Readonly<Record<Where, StringKey>> = {
  any: 'filterText',
  key: 'filterTextInKey',
  value: 'filterTextInValue',
};

const matchIn: Readonly<Record<Where, StringKey>> = {
  any: 'filterMatch',
  key: 'filterMatchInKey',
  value: 'filterMatchInValue',
};

const subjects = {
  key: 'filterKey',
  value: 'filterValue',
  partition: 'filterPartition',
  offset: 'filterOffset',
  size: 'filterSize',
} as const satisfies Readonly<Record<string, StringKey>>;

function tested(subject: string, test: Test | null, say: Say): string {
  if (!test) return say('filterExists', subject);
  switch (test.operator) {
    case '=~':
      return say('filterMatches', subject, regex(test.pattern));
    case 'in':
    case 'not in': {
      const key = test.operator === 'in' ? 'filterOneOf' : 'filterNoneOf';
      return say(key, subject, test.literals.map(literalText).join(', '));
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

const comparisons: Readonly<Record<Operator, StringKey>> = {
  '==': 'filterIs',
  '!=': 'filterIsNot',
  '<': 'filterIsLess',
  '<=': 'filterIsAtMost',
  '>': 'filterIsGreater',
  '>=': 'filterIsAtLeast',
};

function numbers(subject: string, ranges: readonly NumberRange[], say: Say): string {
  const listed = ranges.flatMap(({ from, to }) => {
    if (from === null || to === null) return [];
    return from === to ? String(from) : say('filterRange', String(from), String(to));
  });
  if (listed.length === ranges.length && listed.length > 1) {
    return say('filterOneOf', subject, listed.join(', '));
  }
  const open = ranges.flatMap(({ from, to }) => {
    if (from === null) return say('filterIsAtMost', subject, String(to));
    return to === null ? say('filterIsAtLeast', subject, String(from)) : [];
  });
  return [...listed.map((each) => say('filterIs', subject, each)), ...open].reduce((all, next) =>
    say('filterOr', all, next),
  );
}

function span({ from, to }: { from: number; to: number }, say: Say, zone: Zone): string {
  const time = (at: number) => formatTime(at, zone);
  if (to === Infinity) return say('filterFrom', time(from));
  if (from === -Infinity) return say('filterBefore', time(to));
  return say('filterFromBefore', time(from), time(to));
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
