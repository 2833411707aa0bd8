import { form, type Form } from './form';
import type { TimeProblem } from './problem';

/** An offset from UTC, or what may be the end of a span instead. */
export interface Offset {
  /** Milliseconds, positive east of Greenwich; NaN if no zone has that offset. */
  readonly ahead: number;
  /** The time of day that follows a minus sign, as in "14:00-05:00", in milliseconds. */
  readonly end?: number;
}

const HOUR = 3_600_000;
/** The zones of the world: from Baker Island to the Line Islands. */
const [MIN_OFFSET, MAX_OFFSET] = [-12 * HOUR, 14 * HOUR];

/** Offsets that say that they are some. */
export const NAMED_OFFSETS: readonly Form<Offset>[] = [
  form('(?:utc|gmt) ?([+-])(\\d\\d?)(?::?([0-5]\\d))?(?![\\d:])', ([sign, hours, minutes]) =>
    offset(sign, hours, minutes),
  ),
  form('(?:utc|gmt|z)(?![a-z])', () => ({ ahead: 0 })),
];

/** Offsets that only the time of day before them makes recognisable. */
export const SIGNED_OFFSETS: readonly Form<Offset>[] = [
  form('([+-])(\\d\\d)([0-5]\\d)(?![\\d:])', ([sign, hours, minutes]) =>
    offset(sign, hours, minutes),
  ),
  form('(\\+)(\\d\\d)(?::([0-5]\\d))?(?![\\d:])', ([sign, hours, minutes]) =>
    offset(sign, hours, minutes),
  ),
  form('-(\\d\\d)(?::([0-5]\\d))?(?![\\d:])', ([hours, minutes]) => {
    const end = milliseconds(hours, minutes);
    return { ahead: end <= -MIN_OFFSET ? -end : NaN, end };
  }),
];

const NAME =
  '\\[?(?:[a-z]{2,}(?:/[a-z_]{2,})+|(?:[ecmpa]|ak|h|n|nz|a[cew])[sd]?t|(?:[cew]|m)es?t|bst|ist|jst|kst|hkt|sgt|msk|cat|eat|wat|sast)(?![a-z])';

/** What may follow an offset: the name of its zone. */
export const ZONE_REMARKS: readonly Form<object>[] = [
  form(`\\[[a-z0-9_/+-]+\\]|\\([^()]*\\)|(?:utc|gmt)(?![a-z])|${NAME}`, () => ({})),
];

/** Names of zones. Some stand for several offsets, and many change theirs in summer. */
export const ZONE_NAMES: readonly Form<never>[] = [form<never>(NAME, () => 'zone-name')];

function offset(sign?: string, hours?: string, minutes?: string): Offset | TimeProblem {
  const size = milliseconds(hours, minutes);
  const ahead = sign === '-' ? -size : size;
  return ahead >= MIN_OFFSET && ahead <= MAX_OFFSET ? { ahead } : 'no-such-offset';
}

function milliseconds(hours = '0', minutes = '0'): number {
  return (Number(hours) + Number(minutes) / 60) * HOUR;
}

/** Returns an offset in the form "+01:00". */
export function formatOffset(ahead: number): string {
  const minutes = Math.abs(ahead) / 60_000;
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${ahead < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
