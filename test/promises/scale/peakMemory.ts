const SAMPLE_MS = 500;

/** Returns the memory that is held now, without garbage, in megabytes: heap and buffers. */
function heldMegabytes(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc.');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

/** Does something, and returns how many megabytes it held at the most beyond those before. */
export async function peakMegabytes(run: () => Promise<void>): Promise<number> {
  const before = heldMegabytes();
  let peak = before;
  const sample = () => (peak = Math.max(peak, heldMegabytes()));
  const timer = setInterval(sample, SAMPLE_MS);
  try {
    await run();
  } finally {
    clearInterval(timer);
    sample();
  }
  return peak - before;
}
