import * as vscode from 'vscode';
import { inWords } from '../../l10n/inWords';
import { FilterError, type FilterFault } from '../../viewer/filter/filterError';
import { filterWords } from '../../viewer/filter/filterWords';
import type { PathProblem } from '../../viewer/filter/path/problem';
import { IndexError } from '../../viewer/index/indexError';
import type { FilterProblem } from '../../viewer/protocol';
import type { Wording } from '../../viewer/session/options';
import { describeDecodeProblem } from '../words/decodeProblem';
import { describeNotices } from '../words/readNotices';
import { explain, isCancelled } from '../words/report';
import { sentences } from '../words/sentences';
import { timeProblem } from '../words/timeProblem';
import { translated } from './translated';

/** The words that a viewer uses for events. */
export const viewerWording: Wording = {
  failure: (error) => {
    if (isCancelled(error))
      return vscode.l10n.t('The secret of the cluster was not entered. Try again.');
    const { reason, advice } = explain(error);
    return sentences(vscode.l10n.t('Reading stopped: {0}', reason), advice);
  },
  notices: describeNotices,
  filter: describeFilterProblem,
  say: (key, ...values) => translated(filterWords[key], ...values),
  decoding: describeDecodeProblem,
  misfit: inWords,
};

function describeFilterProblem(error: unknown): FilterProblem {
  if (error instanceof FilterError) {
    return { message: describeFault(error.fault), at: error.at, length: error.length };
  }
  return { message: describeFailure(error), at: 0, length: 0 };
}

function describeFailure(error: unknown): string {
  const t = vscode.l10n.t;
  if (!(error instanceof IndexError)) return explain(error).reason;
  switch (error.kind) {
    case 'too-slow':
      return t('This takes too long on one of the messages. Use a simpler regular expression.');
    case 'worker-died':
      return t(
        'Filtering stopped, perhaps because memory ran out. Try again, or hold fewer messages.',
      );
  }
}

function describeFault(fault: FilterFault): string {
  const t = vscode.l10n.t;
  switch (fault.kind) {
    case 'unclosed':
      return t('This is not closed: {0} is missing.', closers[fault.what]);
    case 'unopened':
      return t('This parenthesis closes nothing.');
    case 'term-missing':
      return fault.after === ''
        ? t('Write here what to look for.')
        : t('Write after “{0}” what to look for.', fault.after);
    case 'value-missing':
      return t('A value is missing after “{0}”.', fault.after);
    case 'regex':
      return t('Not a regular expression: {0}.', fault.detail);
    case 'regex-flag':
      return t('There is no flag “{0}”: regular expressions take i, m, s and u.', fault.flag);
    case 'number':
      return fault.field === 'size'
        ? t('“{0}” is not a size. Write size:>1kb or size:100..200.', fault.text)
        : t(
            '“{0}” is not a number. Write {1}:5, {1}:>=5, {1}:1..5 or {1}:1,3.',
            fault.text,
            fault.field,
          );
    case 'time':
      return fault.problem === 'unknown' || fault.problem === 'is-moment'
        ? t(
            '“{0}” is not a time. Write time:14:00..14:05, time:>=2026-11-22T14:00 or time:"last 15 minutes".',
            fault.text,
          )
        : t('“{0}”: {1}', fault.text, timeProblem(fault.problem));
    case 'empty-range':
      return t('The range “{0}” ends before it begins.', fault.text);
    case 'literal':
      return t(
        '“{0}” cannot be compared. Write a number, a "text", true, false or null; =~ takes a /regex/.',
        fault.text,
      );
    case 'path':
      return describePathProblem(fault.problem);
    case 'too-long':
      return t('The filter is longer than {0} characters.', fault.limit);
    case 'too-deep':
      return t('Parentheses are nested more than {0} deep.', fault.limit);
  }
}

function describePathProblem(problem: PathProblem): string {
  const t = vscode.l10n.t;
  switch (problem) {
    case 'name':
      return t('Write a name here, as in $.user.id, or * for all members and elements.');
    case 'selector':
      return t('Write "a name", a number, *, a range such as 0:5, or ?@.id == 5 in the brackets.');
    case 'unclosed':
      return t('The path needs a closing bracket or a comma here.');
    case 'index':
      return t('The number of an element has digits only, without a zero in front.');
    case 'string':
      return t('This text does not end, or has a backslash that means nothing.');
    case 'operand':
      return t('Write a path such as @.id, a number, a "text", true, false or null here.');
    case 'compare':
      return t('This must be compared, as in ?@.id == 5.');
    case 'incomparable':
      return t(
        'This cannot be compared. A path that is compared leads to one place, without * or ..',
      );
    case 'function':
      return t('There is no such function. Paths know length, count, match, search and value.');
    case 'arguments':
      return t('This function takes something else in its parentheses.');
    case 'deep':
      return t('The path is nested too deeply.');
    case 'end':
      return t('The path cannot go on like this.');
  }
}

const closers = { quote: '"', regex: '/', parenthesis: ')', bracket: ']' } as const;
