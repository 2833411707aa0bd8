import { nearest } from '../../core/text/nearest';
import { parsePath } from '../filter/path/parsePath';
import type { Selector } from '../filter/path/path';
import { type SeenFields, type SeenPath, stepTo } from './seenFields';

type Part = 'key' | 'value';

/** How many letters of a name may be wrong. */
const MAX_TYPOS = 2;

/** The paths that were seen in messages, and those that a person may have meant by others. */
export class SeenPaths {
  constructor(private readonly seen: SeenFields) {}

  /** Returns what was seen at a path. */
  at(where: Part, path: string): SeenPath | undefined {
    const form = seenForm(path);
    return this.seen.paths.find((each) => each.where === where && each.path === form);
  }

  /** Returns the path that a person may have meant by one that leads nowhere. */
  like(where: Part, path: string): SeenPath | undefined {
    const form = seenForm(path);
    if (form === undefined) return undefined;
    const here = this.seen.paths.filter((each) => each.where === where);
    const there = this.seen.paths.filter((each) => each.where !== where);
    return (
      here.find((each) => folded(each.path) === folded(form)) ??
      there.find((each) => folded(each.path) === folded(form)) ??
      only(here.filter((each) => folded(each.path).endsWith(folded(form).slice(1)))) ??
      only(here.filter((each) => folded(form).endsWith(folded(each.path).slice(1)))) ??
      closest(here, form)
    );
  }
}

/** Two spellings of a path that differ in case or in the steps into arrays are folded to one. */
function folded(path: string): string {
  return path.replaceAll('[*]', '').toLowerCase();
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function closest(paths: readonly SeenPath[], form: string): SeenPath | undefined {
  // Of a short name, every other one is near.
  const limit = Math.min(MAX_TYPOS, Math.floor((form.length - 2) / 3));
  const byForm = new Map(paths.map((each) => [folded(each.path), each]));
  const [near] = nearest(folded(form), byForm.keys(), limit);
  return near === undefined ? undefined : byForm.get(near);
}

/**
 * Returns a path as seen paths are written, with `[*]` for every index. Returns `undefined` for a
 * text that is none, and for a path that selects in another way.
 */
function seenForm(text: string): string | undefined {
  try {
    const steps = parsePath(text).segments.map(({ descends, selectors }) => {
      const step = only(selectors);
      return descends || !step ? undefined : stepOf(step);
    });
    return steps.includes(undefined) ? undefined : `$${steps.join('')}`;
  } catch {
    return undefined;
  }
}

function stepOf(selector: Selector): string | undefined {
  switch (selector.kind) {
    case 'name':
      return stepTo(selector.name);
    case 'index':
    case 'wildcard':
      return '[*]';
    case 'slice':
    case 'filter':
      return undefined;
  }
}
