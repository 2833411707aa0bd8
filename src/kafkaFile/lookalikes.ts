import { isTemplateName } from './faker/names';
import { namesWithoutCase } from './suggestions';
import type { Template } from './templates';
import { findTemplates, isHelper } from './templates';
import type { Span } from './text';

/** Text that is no template, although it was probably meant as one. */
export interface Lookalike extends Span {
  /** The template that was probably meant. */
  readonly meant: string;
}

const START = /\{\{(?=\s+[$A-Za-z]|[A-Z])/g;
const NAME_START = /\s*/y;
const NAME = /\$?[A-Za-z][\w.]*\w/y;
/** In UTF-16 units. */
const MAX_LENGTH = 1000;

/**
 * Returns what looks like a template with a known name, but has blanks after the braces or begins
 * with a capital, so that it is sent as it is. `templates` are those of the text.
 */
export function findLookalikes(
  text: string,
  base: number,
  templates: readonly Template[],
): Lookalike[] {
  const found: Lookalike[] = [];
  let next = 0;
  for (const { index } of text.matchAll(START)) {
    while ((templates[next]?.end ?? Infinity) <= base + index) next += 1;
    if ((templates[next]?.start ?? Infinity) <= base + index) continue;
    NAME_START.lastIndex = index + 2;
    const inner = NAME_START.test(text) ? NAME_START.lastIndex : index + 2;
    NAME.lastIndex = inner;
    const name = NAME.exec(text)?.[0] ?? '';
    const isName = isHelper(name) || isTemplateName(name);
    const meant = isName ? name : namesWithoutCase(name)[0];
    if (meant === undefined) continue;
    const rest = `{{${meant}${text.slice(inner + name.length, inner + MAX_LENGTH)}`;
    const [template] = findTemplates(rest);
    if (template?.start !== 0 || template.problem?.kind === 'template-open') continue;
    const end = inner + template.end - 2 + name.length - meant.length;
    found.push({
      start: base + index,
      end: base + end,
      meant: `{{${template.expression.text.trim()}}}`,
    });
  }
  return found;
}
