// Measures one benchmark in this process, which does nothing else, and prints its rows as JSON:
// `node out/bench/measured.js NAME [--quick]`, which a profiler can run as well.
import { measured } from './benchmarks';

async function main([name = '', size]: readonly string[]): Promise<void> {
  const benchmark = measured[name];
  if (!benchmark) throw new Error(`There is no benchmark ${name}.`);
  console.log(JSON.stringify(await benchmark({ quick: size === '--quick' })));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
