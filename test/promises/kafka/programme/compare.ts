import type { SideResponse } from './side';

/** What may differ between two responses, each with the reason. */
interface Exception {
  readonly reason: string;
  /** Returns the body with that part made equal. */
  readonly mask: (body: string, context: Context) => string;
}

export interface Context {
  /** With what the names of the programme's topics begin. */
  readonly prefix: string;
  /** When the first run began, in epoch milliseconds. */
  readonly began: number;
}

const BROKER = /\{"hostName":"[^"]*","port":\d+,"id":-?\d+,"rack":(?:null|"[^"]*")\}/g;

export const exceptions: readonly Exception[] = [
  {
    reason: 'The clusters have different brokers, and not equally many.',
    mask: (body) =>
      body
        .replace(BROKER, '"broker"')
        .replace(/\["broker"(?:,"broker")*\]/g, '["brokers"]')
        .replace(/from 1 to \d+, the number of brokers/, 'up to the number of brokers')
        .replace(/only \d+ broker\(s\)/, 'so many broker(s)'),
  },
  {
    reason: 'Both clusters note the time at which a record arrives.',
    mask: (body, { began }) =>
      body.replace(/"timestamp":(\d+)/g, (whole, time: string) =>
        Number(time) >= began ? '"timestamp":"now"' : whole,
      ),
  },
  {
    reason: 'Kafka has topics of its own, and other programmes run at the same time.',
    mask: (body, { prefix }) =>
      body.replace(/^\{"topics":(\[.*\])\}$/, (_, list: string) => {
        const topics = JSON.parse(list) as string[];
        return JSON.stringify({ topics: topics.filter((topic) => topic.startsWith(prefix)) });
      }),
  },
];

/** Returns what two responses have in common as a text: equal texts are equal responses. */
export function comparable({ status, nextOffset, body }: SideResponse, context: Context): string {
  const masked = exceptions.reduce((text, { mask }) => mask(text, context), body);
  return `${status} NextOffset=${nextOffset ?? 'none'} ${shortened(masked)}`;
}

/** Keeps a report readable: long runs of the letter that huge values consist of become a number. */
function shortened(text: string): string {
  return text.replace(/x{40,}/g, ({ length }) => `#${length}#`);
}
