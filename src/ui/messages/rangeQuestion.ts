import * as vscode from 'vscode';
import { askPick, askText, type Choice } from '../dialogs/questions';
import { type Answer, back, mapAnswer, onlyStep, type StepContext } from '../dialogs/wizard';
import { capitalise } from '../words/sentences';
import { describeRange } from './selectionWords';
import type { Selection } from './selection';
import { askWhen, readWhen, whyNoTime } from './timeQuestions';
import { describeOffsets, type ReadDraft, readPartitions } from './topicFacts';

type Change = Partial<Selection>;

export interface RangeOptions {
  /** Whether messages can be found by their times. */
  readonly byTime: boolean;
  /** Whether to offer only messages that arrive from now on. */
  readonly offersNew?: boolean;
}

/**
 * Asks which messages to read, in one list that also understands what is typed: "50" (the latest
 * 50), "5..10" (offsets), "all", "last hour", "yesterday 14:00". Offsets and times have a question
 * of their own for those who do not type them here.
 */
export async function askRange(
  context: StepContext,
  draft: ReadDraft,
  { byTime, offersNew = false }: RangeOptions,
): Promise<Answer<Change>> {
  const t = vscode.l10n.t;
  for (;;) {
    const count = draft.count === 'all' ? 100 : draft.count;
    const ready = (change: Change): Choice<Change> => ({
      label: capitalise(describeRange({ ...draft, ...change })),
      choice: change,
    });
    const answer = await askPick<Change | 'offset' | 'time'>(context, {
      placeholder: byTime
        ? t('Choose, or type: 50, 5..10, all, last hour, yesterday 14:00')
        : t('Choose, or type: 50 (the latest), 5..10 (offsets), all'),
      choices: [
        ...(offersNew ? [ready({ start: 'new' })] : []),
        ready({ start: 'latest', count }),
        ready({ start: 'earliest', count }),
        ready({ start: 'earliest', count: 'all' }),
        { label: t('By offset…'), description: describeOffsets(draft), choice: 'offset' },
        byTime
          ? { label: t('By time…'), description: t('a date, or a span of time'), choice: 'time' }
          : { label: t('By time'), description: t('not here: the REST proxy gives no timestamps') },
      ],
      active: (choice) => isCurrent(choice, draft),
      custom: (text) => typedChoice(text, draft, byTime),
    });
    if (answer === back || answer === undefined) return answer;
    if (answer !== 'offset' && answer !== 'time') return answer;
    const inside = onlyStep(context.title, true);
    const change =
      answer === 'offset' ? await askOffsets(inside, draft) : await askWhen(inside, draft);
    if (change !== back) return change;
  }
}

function isCurrent(choice: Change | 'offset' | 'time', { start, count }: Selection): boolean {
  if (choice === 'offset') return start === 'offset' || start === 'range';
  if (choice === 'time') return start === 'time' || start === 'span';
  return choice.start === start && (choice.count ?? count) === count;
}

/** Returns the choice for a typed text, or one that says why it is none. */
function typedChoice(text: string, draft: ReadDraft, byTime: boolean): Choice<Change> {
  const count = readCount(text);
  const read: Change | undefined =
    count === 'all'
      ? { start: 'earliest', count }
      : count === undefined
        ? (readOffsets(text) ?? (byTime ? readWhen(text) : undefined))
        : { start: 'latest', count };
  return read
    ? {
        label: text,
        description: describeRange({ ...draft, ...read }),
        alwaysShow: true,
        choice: read,
      }
    : {
        label: text,
        description:
          (byTime ? whyNoTime(text) : undefined) ??
          vscode.l10n.t('This is no number, no range of offsets and no time'),
        alwaysShow: true,
      };
}

/** Asks for the offset to begin at, or for a range, and says which offsets there are. */
async function askOffsets(context: StepContext, draft: ReadDraft): Promise<Answer<Change>> {
  const t = vscode.l10n.t;
  const exist = describeOffsets(draft);
  const { start, offset, last } = draft;
  const [first] = readPartitions(draft);
  const value =
    start === 'range' ? `${offset}..${last}` : String(offset || (first?.earliest ?? 0n));
  const answer = await askText(context, {
    prompt: exist
      ? t('The first offset, or a range such as 5..10. There are: {0}', exist)
      : t('The first offset, or a range such as 5..10'),
    value,
    hint: (text) => {
      const read = readOffsets(text, true);
      return read && capitalise(describeRange({ ...draft, ...read }));
    },
    validate: (text) =>
      readOffsets(text, true)
        ? undefined
        : t('Enter an offset such as 5, or a range such as 5..10 with the larger one last.'),
  });
  return mapAnswer(answer, (text) => readOffsets(text, true) ?? {});
}

/**
 * Reads "5..10" and "5 to 10" as a range of offsets that includes both ends, "5.." as all from 5
 * on, "..10" as all up to 10, and, if it may be `single`, "5" as the offset to begin at.
 */
export function readOffsets(text: string, single = false): Change | undefined {
  if (/\d\s+\d/.test(text)) return undefined;
  const dense = text.replace(/\s+/g, '');
  const match = /^(\d{1,19})?(?:(\.{2,3}|[…–-]|to)(\d{1,19})?)?$/.exec(dense);
  if (!match) return undefined;
  const [, first, to, end] = match;
  if (to === undefined) {
    return single && first ? { start: 'offset', offset: BigInt(first) } : undefined;
  }
  if (first === undefined && end === undefined) return undefined;
  const offset = BigInt(first ?? 0);
  if (end === undefined) return { start: 'offset', offset, count: 'all' };
  const last = BigInt(end);
  return offset <= last ? { start: 'range', offset, last } : undefined;
}

/** Reads the number of messages: a whole number from 1 on, or "all". */
export function readCount(text: string): number | 'all' | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'all' || typed === vscode.l10n.t('all').toLowerCase()) return 'all';
  const digits = typed.replace(/(?<=\d)[,_ '](?=\d{3})/g, '');
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : undefined;
}

/** Asks how many messages to read at most. */
export async function askCount(context: StepContext, draft: ReadDraft): Promise<Answer<Change>> {
  const t = vscode.l10n.t;
  const answer = await askText(context, {
    prompt: t('How many messages at most? A number, or “all”'),
    value: draft.count === 'all' ? t('all') : String(draft.count),
    hint: (text) => {
      const count = readCount(text);
      return count === undefined ? undefined : capitalise(describeRange({ ...draft, count }));
    },
    validate: (text) =>
      readCount(text) === undefined ? t('Enter a whole number from 1 on, or “all”.') : undefined,
  });
  return mapAnswer(answer, (text) => ({ count: readCount(text) ?? 'all' }));
}
