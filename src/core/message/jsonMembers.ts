import type { JsonScanner } from '../json/scanner';
import { meaningOf, type MemberMeaning } from './memberMeaning';
import { ProblemAt } from './payloadProblem';

/** A member as it is written, and the index of its value in the text. */
export interface Member {
  readonly name: string;
  readonly json: string;
  readonly at: number;
}

/** The members of a JSON object that is a record, by their meaning. */
export interface JsonMembers {
  readonly found: Readonly<Partial<Record<MemberMeaning, Member>>>;
  /** Whether a tool has read the message, because it has a partition and an offset. */
  readonly isExported: boolean;
  /** What a tool says beside that about an exported message. */
  readonly others: readonly Member[];
}

/** A member that only exported messages may have. */
interface Other extends Member {
  readonly nameAt: number;
  readonly meaning: 'incomplete' | 'exported-value' | undefined;
}

const none: readonly Other[] = [];

/**
 * Reads the JSON object at the scanner. Throws a `ProblemAt` if two members have the same meaning,
 * or if the tool says that the key or value is not complete. A member that is not known is refused
 * as well, as it may be a slip, but not in an exported message.
 */
export function takeMembers(scanner: JsonScanner): JsonMembers {
  const found: Partial<Record<MemberMeaning, Member>> = {};
  let others = none;
  scanner.members((name, nameAt) => {
    const meaning = meaningOf(name);
    const member = { name, at: scanner.at, json: scanner.value() };
    if (meaning === undefined || meaning === 'incomplete' || meaning === 'exported-value') {
      others = [...others, { ...member, nameAt, meaning }];
    } else {
      if (found[meaning]) throw twice(name, nameAt);
      found[meaning] = member;
    }
  });
  const isExported = isWholeNumber(found.partition?.json) && isWholeNumber(found.offset?.json);
  const [first] = others;
  if (!first) return { found, isExported, others };
  if (!isExported) {
    throw new ProblemAt({ kind: 'member-unknown', member: first.name }, first.nameAt);
  }
  for (const { meaning, name, json, nameAt } of others) {
    if (meaning === 'incomplete' && !SAYS_NOTHING.test(json)) {
      throw new ProblemAt({ kind: 'incomplete', member: name }, nameAt);
    }
  }
  const [value, second] = others.filter(({ meaning }) => meaning === 'exported-value');
  if (found.value || !value) return { found, isExported, others };
  if (second) throw twice(second.name, second.nameAt);
  return { found: { ...found, value }, isExported, others: others.filter((it) => it !== value) };
}

function twice(member: string, at: number): ProblemAt {
  return new ProblemAt({ kind: 'member-twice', member }, at);
}

/** Matches false, null, nothing and an object of members that are all false. */
const SAYS_NOTHING =
  /^(?:false|null|""|\[\s*\]|\{\s*\}|\{\s*"[^"]*"\s*:\s*false(?:\s*,\s*"[^"]*"\s*:\s*false)*\s*\})$/;

/** Whether JSON is a whole number of 0 or more, as offsets and partitions are; perhaps in quotes. */
export function isWholeNumber(json: string | undefined): boolean {
  return json !== undefined && /^(?:\d+|"\d+")$/.test(json);
}
