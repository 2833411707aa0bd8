import { parseCaFile } from '../../core/cluster/definition';
import type { Parsed } from '../../core/cluster/parsed';

/** Parses the absolute path of a file, which cannot be empty. */
export function parsePath(text: string): Parsed<string> {
  const { value, problem } = parseCaFile(text);
  if (problem !== undefined) return { problem };
  return value === '' ? { problem: 'empty' } : { value };
}
