import type { FilterNode, Literal, Test } from '../../../../src/viewer/filter/filterNode';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';

/** What times in filters refer to. */
export const clock = { now: Date.UTC(2026, 10, 22, 16), zone: 'utc' } as const;

/** A filter in a notation of its own that shows how it was understood. */
export function read(text: string): string {
  const node = parseFilter(text, clock);
  return node ? show(node) : 'everything';
}

function show(node: FilterNode): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return `(${node.nodes.map(show).join(` ${node.kind} `)})`;
    case 'not':
      return `not ${show(node.node)}`;
    case 'text':
      return `${node.where}<${node.text}>`;
    case 'regex':
      return `${node.where}/${node.pattern.source}/${node.pattern.flags}`;
    case 'null':
      return `${node.where}=null`;
    case 'number':
      return `${node.field} ${node.ranges.map(({ from, to }) => `${from ?? ''}-${to ?? ''}`).join()}`;
    case 'time':
      return `time ${node.from}-${node.to}`;
    case 'whole':
      return `${node.where}${operand(node.test)}`;
    case 'header':
      return `header<${node.name}>${node.test ? operand(node.test) : ''}`;
    case 'path':
      return `${node.where === 'key' ? 'key:' : ''}${node.path}${node.test ? operand(node.test) : ''}`;
  }
}

function operand(test: Test): string {
  if (test.operator === '=~') return ` =~ /${test.pattern.source}/${test.pattern.flags}`;
  if (test.operator === 'in' || test.operator === 'not in') {
    return ` ${test.operator} [${test.literals.map(literal).join()}]`;
  }
  return ` ${test.operator} ${literal(test.literal)}`;
}

function literal(each: Literal): string {
  switch (each.kind) {
    case 'text':
      return `<${each.text}>`;
    case 'number':
      return each.digits;
    case 'constant':
      return String(each.value);
  }
}
