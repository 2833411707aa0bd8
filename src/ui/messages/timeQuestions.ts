import * as vscode from 'vscode';
import { momentProblem, parseEnd, spanProblem } from '../../core/time/parse';
import { timeContext } from '../base/settings';
import { askPick, askText, type Choice } from '../dialogs/questions';
import { type Answer, askSteps, mapAnswer, type StepContext } from '../dialogs/wizard';
import { timeProblem } from '../words/timeProblem';
import type { Selection } from './selection';
import { describeSpan, describeTime } from './selectionWords';
import { readSpan, readTime, type TypedSpan } from './typedTimes';

/** Times to read by, as a part of a selection. */
export type When = TypedSpan & Pick<Selection, 'start'>;

/** Reads a span of time, or a time to begin at. */
export function readWhen(text: string): When | undefined {
  const typed = { time: text, untilTime: '' };
  if (readSpan({ ...typed, byEnds: false })) return { start: 'span', ...typed, byEnds: false };
  return readTime(text) === undefined ? undefined : { start: 'time', ...typed, byEnds: true };
}

/** Says why a text that looks like a time or a span means none; else `undefined`. */
export function whyNoTime(text: string): string | undefined {
  const problem = spanProblem(text, timeContext());
  return problem === undefined || problem === 'unknown' ? undefined : timeProblem(problem);
}

/** Times while a person enters them; `ends` asks for both ends, one after the other. */
type Draft = TypedSpan & { readonly start: Selection['start'] | 'ends' };

/**
 * Asks for times in one text: a span, or a time to begin at. The person may choose to enter both
 * ends one after the other instead.
 */
export async function askWhen(context: StepContext, active: When): Promise<Answer<When>> {
  const byText = ({ start }: Draft) => start !== 'ends';
  const answer = await askSteps<Draft>(context, active, [
    { ask: askSpan },
    { skip: byText, ask: ({ time }, inside) => askBegin(inside, time) },
    { skip: byText, ask: (draft, inside) => askEnd(inside, draft) },
  ]);
  return mapAnswer(answer, ({ start, untilTime, ...typed }) => {
    const chosen = start !== 'ends' ? start : untilTime === '' ? 'time' : 'span';
    return { ...typed, untilTime, start: chosen };
  });
}

async function askSpan(active: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const spans = [
    [t('Last 15 minutes'), 'last 15 minutes'],
    [t('Last hour'), 'last hour'],
    [t('Today'), 'today'],
    [t('Yesterday'), 'yesterday'],
  ] as const;
  const choice = (label: string, time: string): Choice<Partial<Draft>> => {
    const when = readWhen(time);
    return { label, description: describeWhen(when), ...(when && { choice: when }) };
  };
  return askPick<Partial<Draft>>(context, {
    placeholder: t('Choose, or type: 14:00 to 14:05, yesterday 14:00, 2026-11-22'),
    choices: [
      ...spans.map(([label, time]) => choice(label, time)),
      {
        label: t('From … to …'),
        description: t('two dates, one after the other'),
        choice: { start: 'ends', byEnds: true },
      },
    ],
    active: ({ byEnds, time }) => (byEnds ? active.byEnds : time === active.time),
    custom: (text) => {
      const known = choice(text, text);
      const problem = timeProblem(spanProblem(text, timeContext()) ?? 'unknown');
      return { ...known, alwaysShow: true, ...(!known.choice && { description: problem }) };
    },
  });
}

/** Asks for the time to begin at. */
async function askBegin(
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
  return mapAnswer(answer, (text) => ({ time: text.trim() }));
}

/** Asks for the end of a span whose beginning is known. An empty answer leaves it open. */
async function askEnd(
  context: StepContext,
  { time, untilTime }: TypedSpan,
): Promise<Answer<Pick<TypedSpan, 'untilTime'>>> {
  const t = vscode.l10n.t;
  const end = (text: string) => parseEnd(text, time, timeContext());
  const begin = readTime(time) ?? NaN;
  const answer = await askText(context, {
    prompt: t('The end, after {0}. Empty: none', describeTime(begin)),
    value: untilTime,
    placeholder: t('14:05 for the same day, 2026-11-23 09:00, or now'),
    hint: (text) => describe(end(text), (time) => t('Ends before {0}', time)),
    validate: (text) => {
      if (text.trim() === '') return undefined;
      const time = end(text);
      if (time === undefined) return whyNot(text);
      return time > begin ? undefined : t('This is not after {0}.', describeTime(begin));
    },
  });
  return mapAnswer(answer, (text) => ({ untilTime: text.trim() }));
}

function describeWhen(when: When | undefined): string {
  if (!when) return '';
  if (when.start === 'span') return describeSpan(readSpan(when));
  return describeSpan({ from: readTime(when.time) ?? NaN });
}

function describe(time: number | undefined, words: (time: string) => string): string | undefined {
  return time === undefined ? undefined : words(describeTime(time));
}

/** Says why a text means no moment, if it means none. */
function whyNot(text: string): string | undefined {
  const problem = momentProblem(text, timeContext());
  return problem && timeProblem(problem);
}
