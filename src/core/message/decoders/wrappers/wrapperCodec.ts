import { isUtf8 } from 'node:buffer';
import type { Payload, RecordHeader } from '../../../kafka';
import { phrase } from '../../../phrase';
import {
  canEncode,
  type Decode,
  type DecodedFacts,
  type DecodeOptions,
  type DecoderContext,
  type DecodingWorker,
  type FormatName,
  intactBytes,
  type Shown,
  type WorkerCodec,
} from '../decoder';
import { factsMemo } from '../factsMemo';
import { joinFormat, splitFormat } from '../formatName';
import { findDecoder } from '../registry';
import { MAX_TOGETHER, UnwrapError, type Wrapper } from './unwrap';

type Headers = readonly RecordHeader[] | undefined;

/**
 * The codec of a format around another one, which its argument names. Without an argument, what is
 * inside is guessed when it is read, and text when it is written.
 */
export function wrapperCodec(wrapper: Wrapper): WorkerCodec {
  const { name, wrap } = wrapper;
  return {
    openDecode(argument, context) {
      const inside = argument === '' ? 'auto' : argument;
      const decode = workerOf(context).openDecode(formatName(inside), context);
      const own: DecodedFacts =
        argument === ''
          ? { format: joinFormat(name, 'string'), isGuess: true }
          : { format: joinFormat(name, argument), isGuess: false };
      return decodeInside(wrapper, decode, own);
    },
    ...(wrap && {
      openEncode(argument, context) {
        const inside = formatName(argument === '' ? 'string' : argument);
        const decoder = findDecoder(inside.kind);
        if (!decoder || !canEncode(decoder)) {
          return (texts) => texts.map(() => ({ problem: 'not-in-format' }));
        }
        const encode = workerOf(context).openEncode(inside, context);
        return async (texts, options) => {
          const encoded = await encode(texts, options);
          return encoded.map((inner) =>
            inner.problem === undefined
              ? { ...inner, payload: wrap(Buffer.from(inner.payload)) }
              : inner,
          );
        };
      },
    }),
    describe: async (argument, context, options) =>
      argument === ''
        ? undefined
        : workerOf(context).describe(formatName(argument), context, options),
  };
}

function decodeInside(wrapper: Wrapper, decode: Decode, own: DecodedFacts): Decode {
  return async (payloads, { headers, ...call }: DecodeOptions = {}) => {
    const shown: (Shown | undefined)[] = [];
    const inner: { readonly at: number; readonly bytes: Buffer; readonly headers: Headers }[] = [];
    let room = MAX_TOGETHER;
    for (const [at, payload] of payloads.entries()) {
      const bytes = unwrapped(payload, wrapper);
      if (Buffer.isBuffer(bytes)) room -= bytes.length;
      if (room < 0) shown[at] = { problem: { kind: 'too-large' } };
      else if (Buffer.isBuffer(bytes)) inner.push({ at, bytes, headers: headers?.[at] });
      else shown[at] = bytes;
    }
    if (inner.length === 0) return shown;
    const results = await decode(
      inner.map(({ bytes }) => bytes),
      { ...call, ...(headers && { headers: inner.map((part) => part.headers) }) },
    );
    for (const [index, { at, bytes }] of inner.entries()) {
      shown[at] = around(wrapper.name, results[index] ?? textOf(bytes), own);
    }
    return shown;
  };
}

function unwrapped(payload: Payload, wrapper: Wrapper): Buffer | Shown {
  const bytes = intactBytes(payload);
  if (!bytes) return { problem: { kind: 'lossy' } };
  try {
    return wrapper.unwrap(bytes);
  } catch (error) {
    if (!(error instanceof UnwrapError)) throw error;
    const { detail } = error;
    return {
      problem: detail === undefined ? { kind: 'too-large' } : { kind: 'not-in-format', detail },
    };
  }
}

const aroundFacts = factsMemo((facts, name) => ({
  ...facts,
  format: joinFormat(name, facts.format),
}));

/** Returns what is shown of a whole by what is shown of its inside. */
function around(name: string, inner: Shown, own: DecodedFacts): Shown {
  if (!inner.facts) return { ...inner, facts: own };
  return { ...inner, facts: aroundFacts(inner.facts, name) };
}

function textOf(bytes: Buffer): Shown {
  if (isUtf8(bytes)) return { text: bytes.toString() };
  return { problem: { kind: 'not-in-format', detail: phrase('what is inside is no text') } };
}

function formatName(text: string): FormatName {
  const { name, argument } = splitFormat(text);
  return { kind: name, argument };
}

function workerOf({ worker }: DecoderContext): DecodingWorker {
  if (worker) return worker;
  throw new Error('There is nothing to run the inner format.');
}
