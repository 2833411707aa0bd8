import type { TakeOptions } from '../../../../src/core/message/members';
import { parseRecord } from '../../../../src/core/message/parse';

/** Returns the record with its headers as `name=text`, or the problem and the member it is about. */
export function parsed(json: string, options: TakeOptions = {}): unknown {
  const leftOut: string[] = [];
  const { record, problem } = parseRecord(json, {
    leftOut: (member) => leftOut.push(member),
    ...options,
  });
  if (problem) return [problem.kind, problem.member];
  const { headers, ...rest } = record;
  const texts = headers?.map(({ name, value }) => `${name}=${value ? String(value) : 'null'}`);
  return [{ ...rest, ...(texts && { headers: texts }) }, leftOut.join()];
}

/** Members that exported messages have. */
export const place = '"partition":1,"offset":7';
