import * as vscode from 'vscode';
import { findsTimes } from '../../core/read/timeBounds';
import type { View } from '../../core/read/view';
import {
  either,
  index,
  known,
  lenient,
  literal,
  map,
  number,
  object,
  string,
} from '../../core/schema';
import { formatTime, type TimeSpan } from '../../core/time/parse';
import type { Connections } from '../clusters/connections';
import { pickAble, pickPartitions, pickTopic, type Target, toTarget } from '../clusters/pick';
import { type Selection, starts, toView } from './selection';
import { numberSetting } from '../base/settings';
import { askEnd, askSpan, askTime } from './timeQuestions';
import { readSpan, readTime } from './typedTimes';
import { askPick, askText, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';

/** The arguments that a node of the tree or a keybinding passes to a command. */
export type GivenSelection = Target & Partial<Selection>;

const offset = map(either(string, number), (given) =>
  /^\d{1,19}$/.test(String(given)) ? BigInt(given) : undefined,
);

/** Reads a time, a number or a text, as the text that a person would type. */
const timeText = either(
  map(number, (time) => formatTime(time, 'utc')),
  map(string, (text) => ((readTime(text) ?? asSpan(text)) === undefined ? undefined : text)),
);

const selectionFields = object({
  start: lenient(literal(...starts)),
  offset: lenient(offset),
  last: lenient(offset),
  count: lenient(map(offset, (count) => Number(count) || undefined)),
  time: lenient(timeText),
  untilTime: lenient(timeText),
  partitions: lenient(either(literal('all'), known(index))),
});

/**
 * Reads a selection from the argument of a command. Offsets may be numbers or decimal texts; times
 * may be epoch milliseconds or what a person would type.
 */
export function toGivenSelection(argument: unknown): GivenSelection {
  const given = selectionFields(argument) ?? {};
  const { time, untilTime } = given;
  return {
    ...toTarget(argument),
    ...given,
    ...(time !== undefined && { byEnds: untilTime !== undefined || asSpan(time) === undefined }),
  };
}

function asSpan(text: string): TimeSpan | undefined {
  return readSpan({ time: text, untilTime: '', byEnds: false });
}

/**
 * Asks for what is not given: cluster, topic, partitions, where to begin and stop, and how many.
 */
export async function askView(
  connections: Connections,
  given: GivenSelection,
  title: string,
): Promise<View> {
  return toView(await askSelection(connections, given, title));
}

async function askSelection(
  connections: Connections,
  given: GivenSelection,
  title: string,
): Promise<Selection> {
  const initial: Selection = {
    cluster: '',
    topic: '',
    partitions: 'all',
    start: 'latest',
    offset: 0n,
    last: 0n,
    time: '',
    untilTime: '',
    byEnds: false,
    count: numberSetting('consume.count'),
    ...given,
    ...(given.partition !== undefined && { partitions: [given.partition] }),
  };
  const withOffset = ({ start }: Selection) => start === 'offset' || start === 'range';
  const withTime = ({ start, byEnds }: Selection) =>
    start === 'time' || (start === 'span' && byEnds);
  return runWizard(title, initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'read'),
    },
    {
      skip: () => given.topic !== undefined,
      ask: (state, context) => pickTopic(context, connections, state),
    },
    {
      skip: () => given.start !== undefined,
      ask: (state, context) => askStart(connections, state, context),
    },
    {
      skip: (state) => !withOffset(state) || given.offset !== undefined,
      ask: async ({ offset, start }, context) => {
        const prompt =
          start === 'range'
            ? vscode.l10n.t('The first offset of the range')
            : vscode.l10n.t('The offset to begin at');
        const answer = await askNumber(context, prompt, String(offset), 0n);
        return mapAnswer(answer, (offset) => ({ offset }));
      },
    },
    {
      skip: ({ start }) => start !== 'range' || given.last !== undefined,
      ask: async ({ offset, last }, context) => {
        const prompt = vscode.l10n.t('The last offset of the range, from {0} on', String(offset));
        const value = String(last < offset ? offset + 99n : last);
        const answer = await askNumber(context, prompt, value, offset);
        return mapAnswer(answer, (last) => ({ last }));
      },
    },
    {
      skip: ({ start }) => start !== 'span' || given.time !== undefined,
      ask: (state, context) => askSpan(context, state),
    },
    {
      skip: (state) => !withTime(state) || given.time !== undefined,
      ask: ({ time }, context) => askTime(context, time),
    },
    {
      skip: ({ start, byEnds }) => start !== 'span' || !byEnds || given.untilTime !== undefined,
      ask: (state, context) => askEnd(context, state),
    },
    {
      skip: ({ start }) => start === 'range' || start === 'span' || given.count !== undefined,
      ask: async ({ count, start }, context) => {
        const prompt =
          start === 'latest'
            ? vscode.l10n.t('How many of the latest messages?')
            : vscode.l10n.t('How many messages at most?');
        const answer = await askNumber(context, prompt, String(count), 1n);
        return mapAnswer(answer, (given) => ({ count: Number(given) }));
      },
    },
    {
      skip: () => given.partition !== undefined || given.partitions !== undefined,
      ask: (state, context) => pickPartitions(context, connections, state),
    },
  ]);
}

async function askStart(
  connections: Connections,
  { start: active, cluster }: Selection,
  context: StepContext,
): Promise<Answer<Partial<Selection>>> {
  const t = vscode.l10n.t;
  const byTimeToo = findsTimes(connections.proxy(cluster));
  const byTime = (label: string, choice: Selection['start']): Choice<Selection['start']> =>
    byTimeToo
      ? { label, description: t('by the timestamps'), choice }
      : { label, description: t('not here: the REST proxy gives no timestamps') };
  const answer = await askPick<Selection['start']>(context, {
    placeholder: t('Where to begin?'),
    choices: [
      { label: t('Latest messages'), description: t('the last ones'), choice: 'latest' },
      { label: t('From the beginning'), description: t('the oldest ones'), choice: 'earliest' },
      { label: t('From an offset'), description: t('in each partition'), choice: 'offset' },
      { label: t('An offset range'), description: t('in each partition'), choice: 'range' },
      byTime(t('From a date'), 'time'),
      byTime(t('A span of time'), 'span'),
    ],
    active: (choice) => choice === active,
  });
  return mapAnswer(answer, (start) => ({ start }));
}

async function askNumber(
  context: StepContext,
  prompt: string,
  value: string,
  least: bigint,
): Promise<Answer<bigint>> {
  const answer = await askText(context, {
    prompt,
    value,
    validate: (text) =>
      /^\d{1,19}$/.test(text.trim()) && BigInt(text.trim()) >= least
        ? undefined
        : vscode.l10n.t('Enter a whole number from {0} on.', String(least)),
  });
  return mapAnswer(answer, (given) => BigInt(given.trim()));
}
