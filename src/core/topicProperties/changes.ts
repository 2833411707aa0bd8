import type { TopicProperty, TopicPropertyChange } from '../administration';
import type { PropertyLine } from './text';

/**
 * Returns what a person changed in a text: the lines that differ from `before`, the lines that the
 * text began with, and `null` for each of those that is gone.
 */
export function editsOf(
  lines: readonly PropertyLine[],
  before: ReadonlyMap<string, string>,
): readonly TopicPropertyChange[] {
  const now = new Set(lines.map(({ name }) => name));
  return [
    ...lines
      .filter(({ name, value }) => before.get(name) !== value)
      .map(({ name, value }) => ({ name, value })),
    ...[...before.keys()].filter((name) => !now.has(name)).map((name) => ({ name, value: null })),
  ];
}

/** A change of a property, and what it is about to replace. */
export interface PlannedChange extends TopicPropertyChange {
  /** The property as it is on the cluster; missing: the cluster does not list it. */
  readonly current?: TopicProperty;
  /** Whether someone else has changed it since the text was opened. */
  readonly isContested: boolean;
}

/**
 * Returns the changes that are left to be made on the cluster, where some may be in force by now.
 * Each carries what it replaces. `before` is as for `editsOf`.
 */
export function planChanges(
  edits: readonly TopicPropertyChange[],
  before: ReadonlyMap<string, string>,
  properties: readonly TopicProperty[],
): readonly PlannedChange[] {
  const byName = new Map(properties.map((each) => [each.name, each]));
  return edits.flatMap((edit) => {
    const current = byName.get(edit.name);
    const own = current?.isDefault === true ? undefined : (current?.value ?? undefined);
    if (own === (edit.value ?? undefined)) return [];
    const isContested = own !== before.get(edit.name);
    return [{ ...edit, isContested, ...(current && { current }) }];
  });
}
