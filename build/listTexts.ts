// Lists what the translations lack (+), what they no longer need (-), and the texts of the manifest
// whose English is newer than their translation (~). Writes the English texts of the code to
// `l10n/bundle.l10n.json`, which is not committed. With `--prune`, also sorts the translations and
// removes what they no longer need.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeTexts, compareKeys, pruned, root, type Texts, translations } from './texts';

function write(file: string, texts: Texts): void {
  writeFileSync(path.join(root, file), `${JSON.stringify(texts, undefined, 2)}\n`);
}

function list(sign: string, keys: readonly string[], texts: Texts): void {
  for (const key of keys) {
    console.log(`${sign} ${JSON.stringify(key)}: ${JSON.stringify(texts[key])}`);
  }
}

/** Returns when each line of a JSON file was written, in seconds since 1970, by the key in it. */
function timesOf(file: string): ReadonlyMap<string, number> {
  const args = ['blame', '-M', '-w', '-t', '--', file];
  const lines = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, time, key] = /^.*? (\d{9,}) [+-]\d{4} +\d+\) {3}"([^"]+)":/.exec(line) ?? [];
      return time === undefined || key === undefined ? [] : [[key, Number(time)] as const];
    }),
  );
}

/** Returns the keys of a translation of the manifest whose English text is newer. */
function outdatedKeys(file: string): string[] {
  const english = timesOf('package.nls.json');
  return [...timesOf(file)].flatMap(([key, time]) => ((english.get(key) ?? 0) > time ? [key] : []));
}

async function main(): Promise<void> {
  write('l10n/bundle.l10n.json', await codeTexts());
  for (const translation of await translations()) {
    const { file, english, translated } = translation;
    const { missing, stale } = compareKeys(translation);
    console.log(`${file}: ${missing.length} missing, ${stale.length} stale`);
    list('+', missing, english);
    list('-', stale, translated);
    if (file.startsWith('package.')) list('~', outdatedKeys(file), english);
    if (process.argv.includes('--prune')) write(file, pruned(translation));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
