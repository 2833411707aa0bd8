import http from 'node:http';
import { readFileSync } from 'node:fs';

/** A request to a real REST proxy, and the response to it, as they were recorded. */
export interface WireExchange {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** 0: there was no response in time. */
  readonly status: number;
  readonly contentType: string | undefined;
  readonly response: string;
  /** Whether only the beginning of the response was recorded. */
  readonly isCut: boolean;
}

/** Returns the exchanges of a transcript. Throws if it has another form. */
export function readWireTranscript(file: string): readonly WireExchange[] {
  const blocks = readFileSync(file, 'utf8').split(/^### /m).slice(1);
  return blocks.map((block) => {
    const [name = '', ...lines] = block.split('\n');
    const asked = lines.find((line) => line.startsWith('> ')) ?? '';
    const [, method = '', path = ''] = /^> (\S+) (\S+)/.exec(asked) ?? [];
    const statusLine = lines.find((line) => /^(?:< )?\d{3} /.test(line)) ?? '';
    const members = (prefix: string): Map<string, string> =>
      new Map(
        lines
          .filter((line) => line.startsWith(prefix))
          .map((line) => {
            const text = line.slice(prefix.length);
            const colon = text.indexOf(': ');
            return [text.slice(0, colon).toLowerCase(), text.slice(colon + 2)] as const;
          }),
      );
    const sent = members('  > ');
    const body = sent.get('body');
    sent.delete('body');
    const got = members('  < ');
    const response = got.get('body') ?? '';
    const size = Number(/size=(\d+)/.exec(statusLine)?.[1] ?? 0);
    if (method === '') throw new Error(`${file}: '${name}' has no request`);
    return {
      name,
      method,
      path,
      headers: Object.fromEntries(sent),
      body,
      status: Number(/\d{3}/.exec(statusLine)?.[0] ?? 0),
      contentType: got.get('content-type'),
      response,
      isCut: size > Buffer.byteLength(response),
    };
  });
}

export interface WireResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Sends the request of an exchange; the status is 0 if no response begins within `limitMs`. */
export async function replay(
  origin: string,
  { method, path, headers, body }: Pick<WireExchange, 'method' | 'path' | 'headers' | 'body'>,
  limitMs = 5_000,
): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, origin), { method, headers }, (response) => {
      clearTimeout(timer);
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'],
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    const timer = setTimeout(() => {
      resolve({ status: 0, contentType: undefined, body: '' });
      request.destroy();
    }, limitMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(body);
  });
}
