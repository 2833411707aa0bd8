// The texts that people see, in English and in the languages that they are translated into.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { filterWords } from '../src/viewer/filter/filterWords';
import { strings } from '../src/viewer/strings';

export type Texts = Readonly<Record<string, string>>;

/** A file of English texts, and its translation into one language. */
export interface Translation {
  /** The path of the translation in the working copy. */
  readonly file: string;
  readonly english: Texts;
  readonly translated: Texts;
}

export const root = path.dirname(__dirname);
/** Phrases of `core` are in the language of the window once they are shown. */
const PHRASE = /(?<![\w.$]|function )phrase\((?=\s*['"])/g;
const ALIAS = 'const t = vscode.l10n.t;';

/** Returns the TypeScript files of `src`, as paths in the working copy. */
export function sourceFiles(): string[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join('src', file));
}

/** Returns all English texts of the code, sorted. Each is its own key, as VS Code expects it. */
export async function codeTexts(): Promise<Texts> {
  const files = sourceFiles().map((file) => spelledOut(readText(file)));
  const scripts = [...files, ...[strings, filterWords].map(callsOf)];
  // The exporter is slow at each file, so that it gets all of them as one.
  const contents = ["import * as vscode from 'vscode';", ...scripts].join('\n');
  const found = await getL10nJson([{ contents, extension: '.ts' }]);
  return sorted(Object.fromEntries(Object.keys(found).map((text) => [text, text])));
}

/**
 * Returns code without the imports that the exporter looks for, and without aliases, which it does
 * not follow.
 */
function spelledOut(contents: string): string {
  const code = contents
    .replace(/^import \* as \w+ from '(?:vscode|@vscode\/l10n)';$/gm, '')
    .replace(PHRASE, 'l10n.t(');
  return code.includes(ALIAS) ? code.replace(/(?<![\w.$])t\(/g, 'l10n.t(') : code;
}

/** Returns code that uses each text of a table. */
function callsOf(table: Texts): string {
  return Object.values(table)
    .map((text) => `l10n.t(${JSON.stringify(text)});`)
    .join('\n');
}

/** Returns the texts of the manifest and of the code in each language that there is. */
export async function translations(): Promise<Translation[]> {
  const manifest = readTexts('package.nls.json');
  const code = await codeTexts();
  const inRoot = readdirSync(root).filter((file) => /^package\.nls\..+\.json$/.test(file));
  const inFolder = readdirSync(path.join(root, 'l10n'))
    .filter((file) => /^bundle\.l10n\..+\.json$/.test(file) && file !== 'bundle.l10n.json')
    .map((file) => path.join('l10n', file));
  return [
    ...inRoot.map((file) => ({ file, english: manifest, translated: readTexts(file) })),
    ...inFolder.map((file) => ({ file, english: code, translated: readTexts(file) })),
  ];
}

/** Returns the keys that a translation lacks, and those that it has in vain. */
export function compareKeys({ english, translated }: Translation): {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
} {
  return {
    missing: Object.keys(english).filter((key) => !(key in translated)),
    stale: Object.keys(translated).filter((key) => !(key in english)),
  };
}

/** Returns the translations that are still needed, in the order of the English texts. */
export function pruned({ english, translated }: Translation): Texts {
  const keys = Object.keys(english).filter((key) => key in translated);
  return Object.fromEntries(keys.map((key) => [key, translated[key] ?? '']));
}

function sorted(texts: Texts): Texts {
  const byKey = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);
  return Object.fromEntries(Object.entries(texts).sort(byKey));
}

function readText(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function readTexts(file: string): Texts {
  return JSON.parse(readText(file)) as Texts;
}
