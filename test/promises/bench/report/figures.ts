import { amount, number } from '../amount';
import type { Machine } from './machine';
import { ratio, type Row } from '../rows';

/** A run: what `bench/latest.json` holds, and `bench/figures.json` of the run that is published. */
export interface Figures extends Machine {
  readonly quick: boolean;
  /** Whether the processors were idle before each benchmark. */
  readonly idle: boolean;
  readonly rows: readonly (Row & { readonly ratio: number })[];
}

export function figuresOf(
  rows: readonly Row[],
  facts: Machine & Pick<Figures, 'quick' | 'idle'>,
): Figures {
  return { ...facts, rows: rows.map((row) => ({ ...row, ratio: ratio(row) })) };
}

/** Where they are published. */
export const figuresPage = 'docs/figures.md';

/** Rows that tell a reader of that page little beside the others. */
const LEFT_OUT = /^size\/(?!vsix$)|^scroll\/(?!bar$)|^read-20ms\//;

const BEGIN = '<!-- figures: written by npm run bench -- --record -->';
const END = '<!-- /figures -->';

/** Whether a text has a place for the figures. */
export function hasFigures(text: string): boolean {
  return text.includes(BEGIN) && text.includes(END);
}

/** The same text with these figures as a table between its two comments, and nothing else there. */
export function withFigures(text: string, figures: Figures): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`It needs the lines ${BEGIN} and ${END}.`);
  const { node, platform, cpus, date, rows } = figures;
  const lines = [
    `Measured on ${date.slice(0, 10)}: Node ${node} on ${platform}, ${cpus} processors.`,
    '',
    '| what | measured | yardstick | ratio |',
    '| --- | --- | --- | --- |',
    ...rows
      .filter(({ name }) => !LEFT_OUT.test(name))
      .map(
        (row) =>
          `| ${row.what} | ${amount(row.ours, row.unit)} ` +
          `| ${amount(row.yardstick.value, row.unit)} (${row.yardstick.what}) | ${number(row.ratio)} |`,
      ),
  ];
  return `${text.slice(0, from + BEGIN.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}
