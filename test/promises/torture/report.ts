import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import type { Call } from './calls';

/** How one operation went while each of its calls failed once. */
export interface Line {
  /** The kind of REST proxy, or the way to sign in. */
  readonly face: string;
  readonly operation: string;
  /** Those that it makes if none fails. */
  readonly calls: readonly Call[];
  /** How many failures were tried. */
  readonly tried: number;
  /** How often it ended how. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
  readonly seconds: number;
}

/** Prints what was tried, and writes it to the folder `out` as well, with where the calls are made. */
export function print(file: string, lines: readonly Line[]): void {
  const rows = lines.map(({ face, operation, calls, tried, outcomes, problems, seconds }) => [
    face,
    operation,
    listed(countOf(calls.map(({ kind }) => kind))),
    String(tried),
    listed(outcomes),
    String(problems.length),
    seconds.toFixed(1),
  ]);
  const total = (of: (line: Line) => number): number =>
    lines.reduce((sum, line) => sum + of(line), 0);
  const summary =
    `${lines.length} operations, ${total(({ calls }) => calls.length)} calls, ` +
    `${total(({ tried }) => tried)} failures, ${total(({ seconds }) => seconds).toFixed(0)} s`;
  console.log([...rows.map((row) => `  ${row.join('  ')}`), `  ${summary}`].join('\n'));

  const heads = ['where', 'operation', 'calls', 'failures', 'outcomes', 'problems', 'seconds'];
  const table = [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const sites = lines.flatMap(({ face, operation, calls }) => [
    '',
    `## ${face}: ${operation}`,
    '',
    ...[...countOf(calls.map(({ kind, name, site }) => `${kind}, ${name}, ${site}`))].map(
      ([name, count]) => `- ${name}: ${count}`,
    ),
  ]);
  const folder = path.join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const text = ['# Every call fails once', '', ...table, '', summary, ...sites];
  writeFileSync(path.join(folder, file), `${text.join('\n')}\n`);
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}
