import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a VS Code server know a language, so that extensions get their texts in it. The texts of
 * VS Code itself stay English, because its language packs are not on npm.
 *
 * @param dataDir the folder of the server's data, in which `extensions` is that of its extensions
 */
export function writeLanguagePack(dataDir: string, languageId: string): void {
  const name = `language-pack-${languageId}`;
  const version = '1.0.0';
  const folder = path.join(dataDir, 'extensions', `test.${name}-${version}`);
  const translations = path.join(folder, 'main.i18n.json');
  const write = (file: string, content: object) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  };
  write(translations, { version, contents: {} });
  write(path.join(folder, 'package.json'), {
    name,
    publisher: 'test',
    version,
    engines: { vscode: '*' },
    contributes: {
      localizations: [
        {
          languageId,
          languageName: languageId,
          localizedLanguageName: languageId,
          translations: [{ id: 'vscode', path: './main.i18n.json' }],
        },
      ],
    },
  });
  // VS Code makes this file from the extensions that it has installed, but the first window may open
  // before that.
  write(path.join(dataDir, 'data/languagepacks.json'), {
    [languageId]: {
      hash: version,
      label: languageId,
      extensions: [{ extensionIdentifier: { id: `test.${name}` }, version }],
      translations: { vscode: translations },
    },
  });
}
