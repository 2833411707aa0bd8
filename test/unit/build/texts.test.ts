import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { codeTexts, root, sourceFiles } from '../../../build/texts';

/** Texts of these files are not literals; `build/texts.ts` exports all of them. */
const TABLES = [
  path.join('src', 'ui', 'viewer', 'translated.ts'),
  path.join('src', 'l10n', 'inWords.ts'),
];

/** Returns the nodes of a file that a function accepts. */
function nodesOf<T extends ts.Node>(file: string, accept: (node: ts.Node) => node is T): T[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found: T[] = [];
  const visit = (node: ts.Node) => {
    if (accept(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Returns whether a node is `vscode.l10n.t(...)`, `l10n.t(...)`, `t(...)` of an alias, or `phrase(...)`. */
function isTextCall(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    /^(?:(?:(?:vscode\.)?l10n\.)?t|phrase)$/.test(node.expression.getText())
  );
}

describe('the texts', () => {
  const calls = sourceFiles()
    .filter((file) => !TABLES.includes(file))
    .flatMap((file) => nodesOf(file, isTextCall));

  it('are literals', () => {
    const others = calls.filter(({ arguments: [text] }) => !text || !ts.isStringLiteral(text));
    assert.deepEqual(
      others.map((call) => `${call.getSourceFile().fileName}: ${call.getText()}`),
      [],
    );
  });

  it('leave no English sentence in the language server', () => {
    const inText = (node: ts.Node): boolean =>
      !ts.isSourceFile(node) && (isTextCall(node) || inText(node.parent));
    const isWords = (node: ts.Node): node is ts.LiteralLikeNode =>
      (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) &&
      /[A-Za-z]{2,}[,.:]? [A-Za-z]{2,}/.test(node.text) &&
      !inText(node);
    const found = sourceFiles()
      .filter((file) => file.startsWith(path.join('src', 'language')))
      .flatMap((file) => nodesOf(file, isWords))
      .map(({ text }) => text);
    assert.deepEqual(found, ['Kafka REST']);
  });

  it('are all exported', async function () {
    // This takes seconds, and more on a busy machine.
    this.timeout(60_000);
    const exported = await codeTexts();
    const literals = calls.flatMap(({ arguments: [text] }) =>
      text && ts.isStringLiteral(text) ? [text.text] : [],
    );
    assert.ok(literals.length > 1000);
    assert.deepEqual(
      literals.filter((text) => !(text in exported)),
      [],
    );
  });
});
