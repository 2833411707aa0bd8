import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One cell of the matrix, as it went. */
export interface Line {
  /** The kind of REST proxy. */
  readonly face: string;
  readonly operation: string;
  readonly fault: string;
  readonly outcome: string;
  /** Until there was a clear answer. */
  readonly ms: number;
  /** What the person was shown; empty where all went well. */
  readonly message: string;
}

/** Prints a matrix, fault by fault, and writes it to the folder `out` as well. */
export function print(file: string, lines: readonly Line[]): void {
  const text: string[] = [];
  let last = '';
  for (const { face, fault, operation, outcome, ms, message } of lines) {
    if (fault !== last) text.push('', fault);
    last = fault;
    const cells = [
      face.padEnd(12),
      operation.padEnd(12),
      outcome.padEnd(16),
      `${ms} ms`.padStart(8),
      message,
    ];
    text.push(`  ${cells.join('  ').trimEnd()}`);
  }
  console.log(text.join('\n'));

  const row = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const table = [
    row(['proxy', 'fault', 'operation', 'outcome', 'ms', 'message']),
    row(['---', '---', '---', '---', '---:', '---']),
    ...lines.map(({ face, fault, operation, outcome, ms, message }) =>
      row([face, fault, operation, outcome, ms, message]),
    ),
  ];
  const folder = path.join(import.meta.dirname, '../../../out');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, file), `# Operations under faults\n\n${table.join('\n')}\n`);
}
