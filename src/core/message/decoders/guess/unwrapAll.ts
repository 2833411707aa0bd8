import { isUtf8 } from 'node:buffer';
import { bytesOfText, type Mark, markOf } from '../likeness';
import { gzipWrapper } from '../wrappers/gzip';
import { lz4Wrapper } from '../wrappers/lz4';
import { snappyWrapper } from '../wrappers/snappy';
import { UnwrapError, type Wrapper } from '../wrappers/unwrap';
import { zstdWrapper } from '../wrappers/zstd';

/** A key or value without what is around it. */
export interface Core {
  /** The names of the formats that were around it, the outermost first. */
  readonly around: readonly string[];
  readonly bytes: Buffer;
  /** What the bytes begin with, if that is known. */
  readonly mark: Mark | undefined;
}

const compressions: Readonly<Record<Exclude<Mark, 'avro'>, Wrapper>> = {
  gzip: gzipWrapper,
  zstd: zstdWrapper,
  snappy: snappyWrapper,
  lz4: lz4Wrapper,
};

/** Compressed data may hold themselves, so that taking them out would never end. */
const MAX_DEPTH = 4;

/** Takes off each compression, Base64 and hexadecimal digits that can be known for what they are. */
export function unwrapAll(bytes: Buffer): Core {
  let core: Core = { around: [], bytes, mark: markOf(bytes) };
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next = inside(core);
    if (!next) break;
    core = {
      around: [...core.around, next.name],
      bytes: next.bytes,
      mark: markOf(next.bytes),
    };
  }
  return core;
}

function inside({
  bytes,
  mark,
}: Core): { readonly name: string; readonly bytes: Buffer } | undefined {
  if (mark === 'avro') return undefined;
  if (mark === undefined) return isUtf8(bytes) ? bytesOfText(bytes.toString().trim()) : undefined;
  try {
    return { name: mark, bytes: compressions[mark].unwrap(bytes) };
  } catch (error) {
    if (error instanceof UnwrapError) return undefined;
    throw error;
  }
}
