import { glob } from '../../core/text/glob';

/** So many topics show at the most: a window that draws more rows does not respond for a while. */
export const MAX_SHOWN = 10_000;

/** Which topics a person wants to see. */
export interface TopicWish {
  /** What was typed to filter the topics; empty for all. */
  readonly filter: string;
  readonly pinned: ReadonlySet<string>;
  /** Whether the settings hide a topic. Pinned ones show all the same. */
  readonly hides: (topic: string) => boolean;
  readonly showsHidden: boolean;
}

/** The topics of a cluster that show, and how many others there are. */
export interface TopicSelection {
  /**
   * Those that show: pinned ones first, otherwise in the order in which they were given, and no more
   * than `MAX_SHOWN`.
   */
  readonly shown: readonly {
    readonly name: string;
    /** Whether it stands before the others, or shows although the settings hide it. */
    readonly place: 'plain' | 'pinned' | 'hidden';
  }[];
  /** How many match the filter, whether they all show or not. */
  readonly matching: number;
  /** How many would match without a filter. */
  readonly visible: number;
  /** How many the settings hide, whether they show or not. */
  readonly hidden: number;
}

export function selectTopics(
  names: readonly string[],
  { filter, pinned, hides, showsHidden }: TopicWish,
): TopicSelection {
  const isPinned = (name: string) => pinned.has(name);
  const rest = names.filter((name) => !isPinned(name));
  const hidden = new Set(rest.filter(hides));
  const matches = filter ? topicFilter(filter) : () => true;
  const visible = [
    ...names.filter(isPinned),
    ...(showsHidden ? rest : rest.filter((name) => !hidden.has(name))),
  ];
  const matching = visible.filter(matches);
  return {
    shown: matching.slice(0, MAX_SHOWN).map((name) => {
      if (isPinned(name)) return { name, place: 'pinned' };
      return { name, place: hidden.has(name) ? 'hidden' : 'plain' };
    }),
    matching: matching.length,
    visible: visible.length,
    hidden: hidden.size,
  };
}

/**
 * Returns a test for what a person typed to filter topics. The text is a glob if it has glob
 * characters, otherwise a part of the name. Case does not matter.
 */
export function topicFilter(text: string): (topic: string) => boolean {
  const wanted = text.toLowerCase();
  const test = /[*?{[]/.test(wanted) ? glob(wanted) : (topic: string) => topic.includes(wanted);
  return (topic) => test(topic.toLowerCase());
}
