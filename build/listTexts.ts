// Lists what the translations lack (+) and what they no longer need (-). Writes the English texts to
// `l10n/bundle.l10n.json`, which is not committed. With `--prune`, also sorts the translations and
// removes what they no longer need.
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

async function main(): Promise<void> {
  write('l10n/bundle.l10n.json', await codeTexts());
  for (const translation of await translations()) {
    const { file, english, translated } = translation;
    const { missing, stale } = compareKeys(translation);
    console.log(`${file}: ${missing.length} missing, ${stale.length} stale`);
    list('+', missing, english);
    list('-', stale, translated);
    if (process.argv.includes('--prune')) write(file, pruned(translation));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
