import * as l10n from '@vscode/l10n';
import type { ProducerBlock } from '../kafkaFile/file';
import { findProperty } from '../kafkaFile/file';
import type { Problem } from '../kafkaFile/problems';
import { CONSUMER_PROPERTIES, PRODUCER_PROPERTIES } from '../kafkaFile/properties';
import type { Span } from '../kafkaFile/text';
import type { Edits, Fix } from './edits';
import { jsonParts } from './checks/valueProblems';

/** Returns the fixes for a line of a value that looks like a property. */
export function settingFixes(edits: Edits, problem: Problem): Fix[] {
  const { detail = '', name = '' } = problem;
  const { file } = edits;
  const removeLine = { title: l10n.t('Remove this line'), edits: [edits.removeLine(problem)] };
  const line = file.line(file.lineAt(problem.start));
  const rest = line.slice(line.indexOf(':') + 1).trim();
  if (detail.startsWith('@')) {
    const directive = `-- ${detail}${detail === '@tombstone' ? '' : `: ${rest}`}`;
    return [
      {
        title: l10n.t('Make it "{0}"', directive),
        edits: edits.moveAboveValue(problem, directive),
      },
      removeLine,
    ];
  }
  // YAML begins texts of several lines like this.
  if (detail !== 'value' || /^(?:[|>][+-]?)?$/.test(rest)) return [removeLine];
  const end = problem.start + line.trim().length - rest.length;
  return [
    {
      title: l10n.t('Remove "{0}"', `${name}:`),
      edits: [edits.replace(edits.indented({ ...problem, end }), '')],
    },
  ];
}

/** Returns the fixes for text that belongs to no block. */
export function outsideFixes(edits: Edits, problem: Problem): Fix[] {
  const { file } = edits;
  const lines = linesOf(edits, problem);
  const names = lines.flatMap((line) => /^([\w-]+):/.exec(line)?.[1] ?? []);
  const kind = names.some((name) => CONSUMER_PROPERTIES.has(name) && !PRODUCER_PROPERTIES.has(name))
    ? 'CONSUMER'
    : 'PRODUCER';
  const before = file.blocks.findLast(({ end }) => end <= problem.start) ?? file.blocks[0];
  const topic = (before && findProperty(before, 'topic')?.value.text) ?? '';
  const head = names[0] !== undefined && names.includes('topic') ? [] : [`topic: ${topic}`];
  const next = file.pieces.find(
    ({ kind, start }) => start >= problem.end && (kind === 'separator' || kind === 'header'),
  );
  const isLineStart = file.lineStart(file.lineAt(problem.start)) === problem.start;
  const isOpen = kind === 'PRODUCER' && next?.kind === 'header';
  return [
    {
      title: l10n.t('Start a {0} block here', kind),
      edits: [
        edits.replace(
          { start: problem.start, end: problem.start },
          edits.lines(...(isLineStart ? [] : ['']), kind, ...head, ''),
        ),
        ...(isOpen
          ? [edits.replace({ start: problem.end, end: problem.end }, edits.lines('', '###'))]
          : []),
      ],
    },
    {
      title: l10n.t('Make it a comment'),
      edits: [edits.replace(problem, edits.lines(...lines.map((line) => `-- ${line}`.trimEnd())))],
    },
  ];
}

/** Returns the fix that sends each JSON value of a block as a message of its own. */
export function splitFixes(edits: Edits, problem: Problem, fillTemplates: boolean): Fix[] {
  const { file } = edits;
  const block = file.blockAt(problem.start);
  if (block?.kind !== 'producer' || !block.value) return [];
  const parts = jsonParts(block.value, fillTemplates) ?? [];
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return [];
  const between = edits.lines('', '###', '') + edits.lines('', headOf(edits, block));
  const gaps = parts.slice(1).map(({ start }, index) => {
    return edits.replace({ start: parts[index]?.end ?? start, end: start }, between);
  });
  const rest = { start: last.end, end: block.value.end };
  const ending = block.separator ? '' : edits.lines('', '###');
  return [
    {
      title: l10n.t('Send as {0} messages', parts.length),
      edits: [
        ...gaps,
        ...(ending !== '' || rest.end > rest.start ? [edits.replace(rest, ending)] : []),
      ],
    },
  ];
}

/** Returns all of a block that stands above its value. */
function headOf({ file }: Edits, { start, value }: ProducerBlock): string {
  return file.text.slice(start, file.lineStart(file.lineAt(value?.start ?? start)));
}

function linesOf({ file }: Edits, { start, end }: Span): string[] {
  return file.text.slice(start, end).split(/\r\n|\r|\n/);
}
