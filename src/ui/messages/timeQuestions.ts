import * as vscode from 'vscode';
import {
  formatTime,
  momentProblem,
  parseEnd,
  spanProblem,
  type TimeSpan,
} from '../../core/time/parse';
import { timeContext } from '../base/settings';
import { readSpan, readTime, type TypedSpan } from './typedTimes';
import { askPick, askText } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { timeProblem } from '../words/timeProblem';

/** Asks for a span in one text; the person may choose to enter both ends instead. */
export async function askSpan(
  context: StepContext,
  active: TypedSpan,
): Promise<Answer<Partial<TypedSpan>>> {
  const t = vscode.l10n.t;
  const spans = [
    [t('Last 15 minutes'), 'last 15 minutes'],
    [t('Last hour'), 'last hour'],
    [t('Today'), 'today'],
    [t('Yesterday'), 'yesterday'],
  ] as const;
  const ends = '';
  const answer = await askPick(context, {
    placeholder: t('Which span of time? Choose or type, such as 2026-11-22 14:00 to 14:05.'),
    choices: [
      ...spans.map(([label, time]) => ({
        label,
        description: describeSpan(readSpan({ time, untilTime: '', byEnds: false })),
        choice: time,
      })),
      { label: t('From … to …'), description: t('two dates, one after the other'), choice: ends },
    ],
    active: (choice) => choice === (active.byEnds ? ends : active.time),
    custom: (text) => {
      const span = readSpan({ time: text, untilTime: '', byEnds: false });
      return {
        label: text,
        description: span
          ? describeSpan(span)
          : timeProblem(spanProblem(text, timeContext()) ?? 'unknown'),
        alwaysShow: true,
        ...(span && { choice: text }),
      };
    },
  });
  if (answer === undefined || answer === back) return answer;
  return answer === ends ? { byEnds: true } : { byEnds: false, time: answer };
}

/** Asks for the time to begin at. */
export async function askTime(
  context: StepContext,
  active: string,
): Promise<Answer<Pick<TypedSpan, 'time'>>> {
  const t = vscode.l10n.t;
  const answer = await askText(context, {
    prompt: t('The date and time to begin at'),
    value: active,
    placeholder: t('2026-11-22 14:00, yesterday 14:00, 15 minutes ago, or epoch milliseconds'),
    hint: (text) => describe(readTime(text), (time) => t('Begins at {0}', time)),
    validate: whyNot,
  });
  return answer === undefined || answer === back ? answer : { time: answer.trim() };
}

/** Asks for the end of a span whose beginning is known. */
export async function askEnd(
  context: StepContext,
  { time, untilTime }: TypedSpan,
): Promise<Answer<Pick<TypedSpan, 'untilTime'>>> {
  const t = vscode.l10n.t;
  const end = (text: string) => parseEnd(text, time, timeContext());
  const begin = readTime(time) ?? NaN;
  const answer = await askText(context, {
    prompt: t('The end, after {0}', describeTime(begin)),
    value: untilTime,
    placeholder: t('14:05 for the same day, 2026-11-23 09:00, or now'),
    hint: (text) => describe(end(text), (time) => t('Ends before {0}', time)),
    validate: (text) => {
      const time = end(text);
      if (time === undefined) return whyNot(text);
      return time > begin ? undefined : t('This is not after {0}.', describeTime(begin));
    },
  });
  return answer === undefined || answer === back ? answer : { untilTime: answer.trim() };
}

function describe(time: number | undefined, words: (time: string) => string): string | undefined {
  return time === undefined ? undefined : words(describeTime(time));
}

/** Says why a text means no moment, if it means none. */
function whyNot(text: string): string | undefined {
  const problem = momentProblem(text, timeContext());
  return problem && timeProblem(problem);
}

function describeSpan(span: TimeSpan | undefined): string {
  const t = vscode.l10n.t;
  const [from, to] = [span?.from, span?.to].map((time) => time !== undefined && describeTime(time));
  if (from && to) return t('{0} to {1}', from, to);
  if (from) return t('since {0}', from);
  return to ? t('before {0}', to) : '';
}

function describeTime(time: number): string {
  return formatTime(time, timeContext().zone);
}
