import { isDeepStrictEqual } from 'node:util';
import type { FilterNode } from '../filter/filterNode';

/**
 * Whether it is certain that all messages that match a filter match another one, too, as when
 * somebody types on.
 */
export function narrows(filter: FilterNode, other: FilterNode): boolean {
  if (filter.kind === 'or') return filter.nodes.every((node) => narrows(node, other));
  if (other.kind === 'and') return other.nodes.every((node) => narrows(filter, node));
  if (filter.kind === 'and') return filter.nodes.some((node) => narrows(node, other));
  if (other.kind === 'or') return other.nodes.some((node) => narrows(filter, node));
  if (filter.kind === 'not' && other.kind === 'not') return narrows(other.node, filter.node);
  if (filter.kind === 'text' && other.kind === 'text') {
    const isThere = other.where === 'any' || other.where === filter.where;
    // Half a surrogate pair is not part of a character.
    return isThere && other.text.isWellFormed() && filter.text.includes(other.text);
  }
  return isDeepStrictEqual(filter, other);
}
