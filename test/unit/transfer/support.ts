/** A file in pieces of this many bytes. */
export function inPieces(file: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
    file.subarray(at * size, (at + 1) * size),
  );
}
