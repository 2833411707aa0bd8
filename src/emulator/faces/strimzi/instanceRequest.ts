import type { Call } from '../../http';
import { HttpError } from '../../http';
import type { InstanceSettings, OffsetReset } from '../v2/consumerInstance';
import { type Format, formats } from './produce';

/** The settings of a new instance, and its name if the request gives one. */
export interface NewInstance {
  readonly name: string | undefined;
  readonly settings: InstanceSettings & { readonly format: Format };
}

/**
 * Returns what a request for an instance asks for. `members` are those of its body, as JSON. Throws
 * an `HttpError` for a format or a reset that the bridge does not know.
 */
export function parseInstance(members: ReadonlyMap<string, string>): NewInstance {
  const text = (name: string): string | undefined => {
    const json = members.get(name);
    return json === undefined ? undefined : String(JSON.parse(json));
  };
  const format = text('format') ?? 'binary';
  if (!isFormat(format)) throw new HttpError(422, 'Invalid format type.');
  const isCommitted = text('isolation.level') === 'read_committed';
  return {
    name: text('name'),
    settings: {
      format,
      reset: resetOf(text('auto.offset.reset') ?? 'latest'),
      isolation: isCommitted ? 'read_committed' : 'read_uncommitted',
    },
  };
}

export function isFormat(text: string): text is Format {
  return formats.some((each) => each === text);
}

function resetOf(text: string): OffsetReset {
  if (text === 'earliest' || text === 'latest' || text === 'none') return text;
  const byDurationMs = durationMs(/^by_duration:(.*)$/.exec(text)?.[1] ?? '');
  if (byDurationMs !== undefined) return { byDurationMs };
  throw new HttpError(
    422,
    `Invalid value ${text} for configuration auto.offset.reset: Invalid value \`${text}\` for ` +
      "configuration auto.offset.reset. The value must be either 'earliest', 'latest', 'none' or " +
      "of the format 'by_duration:<PnDTnHnMn.nS.>'.",
  );
}

/** Returns an ISO 8601 duration of days, hours, minutes and seconds in milliseconds. */
function durationMs(text: string): number | undefined {
  const parts =
    /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,9})?)S)?)?$/.exec(text);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** Returns the address of an instance, as the bridge derives it from the headers of the request. */
export function baseUri({ headers, isSecure }: Call, group: string, name: string): string {
  const forwarded = (name: string): string | undefined =>
    new RegExp(`\\b${name}=([^;,]+)`, 'i').exec(headers['forwarded'] ?? '')?.[1];
  const host = forwarded('host') ?? headers['x-forwarded-host'] ?? headers['host'] ?? '';
  const proto = forwarded('proto') ?? headers['x-forwarded-proto'] ?? (isSecure ? 'https' : 'http');
  const port = /:\d+$/.test(host) ? '' : `:${proto === 'https' ? 443 : 80}`;
  const path = headers['x-forwarded-path'] ?? `/consumers/${group}`;
  return `${proto}://${host}${port}${path}/instances/${name}`;
}
