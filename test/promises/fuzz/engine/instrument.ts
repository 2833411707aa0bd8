import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

/** A file of src, and the counters in it: `from` inclusive, `to` exclusive. */
export interface Counted {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** The most counters that a bundle may have. */
export const MAX_COUNTERS = 1 << 16;
/** The name of the global array of them. */
export const COUNTERS = 'fuzzCounters';

/**
 * Has esbuild put a counter into every branch of src: functions, loops, cases, both ways of a
 * condition. `counted` and the `words` in quotes are complete once the bundle is.
 */
export class Instrument {
  readonly counted: Counted[] = [];
  readonly words = new Set<string>();
  #next = 0;

  readonly plugin: Plugin = {
    name: 'instrument',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
        const from = this.#next;
        const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
          fileName: file,
          compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.ESNext,
            verbatimModuleSyntax: true,
          },
          transformers: { before: [this.#transformer] },
        });
        this.counted.push({ file: path.relative('', file), from, to: this.#next });
        return { contents: outputText, loader: 'js' };
      });
    },
  };

  readonly #transformer: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const { factory } = context;
    const count = () =>
      factory.createPostfixIncrement(
        factory.createElementAccessExpression(factory.createIdentifier(COUNTERS), this.#next++),
      );
    const before = (expression: ts.Expression) =>
      factory.createParenthesizedExpression(factory.createComma(count(), expression));
    const begun = (statements: readonly ts.Statement[]) => [
      factory.createExpressionStatement(count()),
      ...statements,
    ];
    const counting = (statement: ts.Statement) =>
      ts.isBlock(statement)
        ? factory.createBlock(begun(statement.statements), true)
        : factory.createBlock(begun([statement]), true);

    const visit = (node: ts.Node): ts.Node => {
      if (ts.isStringLiteral(node) && node.text.length > 1) this.words.add(node.text);
      if (ts.isTypeNode(node)) return node;
      const each = ts.visitEachChild(node, visit, context);
      if (ts.isIfStatement(each)) {
        return factory.updateIfStatement(
          each,
          each.expression,
          counting(each.thenStatement),
          each.elseStatement && counting(each.elseStatement),
        );
      }
      if (ts.isForStatement(each)) {
        const { initializer, condition, incrementor, statement } = each;
        return factory.createForStatement(initializer, condition, incrementor, counting(statement));
      }
      if (ts.isForOfStatement(each)) {
        const { awaitModifier, initializer, expression, statement } = each;
        return factory.createForOfStatement(
          awaitModifier,
          initializer,
          expression,
          counting(statement),
        );
      }
      if (ts.isWhileStatement(each)) {
        return factory.createWhileStatement(each.expression, counting(each.statement));
      }
      if (ts.isDoStatement(each)) {
        return factory.createDoStatement(counting(each.statement), each.expression);
      }
      if (ts.isCaseClause(each)) {
        return factory.createCaseClause(each.expression, begun(each.statements));
      }
      if (ts.isDefaultClause(each)) return factory.createDefaultClause(begun(each.statements));
      if (ts.isCatchClause(each)) {
        const block = factory.createBlock(begun(each.block.statements), true);
        return factory.createCatchClause(each.variableDeclaration, block);
      }
      if (ts.isConditionalExpression(each)) {
        return factory.createConditionalExpression(
          each.condition,
          undefined,
          before(each.whenTrue),
          undefined,
          before(each.whenFalse),
        );
      }
      if (ts.isBinaryExpression(each) && SHORTENING.has(each.operatorToken.kind)) {
        return factory.createBinaryExpression(each.left, each.operatorToken, before(each.right));
      }
      if (ts.isArrowFunction(each) && !ts.isBlock(each.body)) {
        const { modifiers, parameters, equalsGreaterThanToken, body } = each;
        return factory.createArrowFunction(
          modifiers,
          undefined,
          parameters,
          undefined,
          equalsGreaterThanToken,
          before(body),
        );
      }
      const isBody = ts.isBlock(each) && ts.isFunctionLike(node.parent);
      return isBody ? factory.createBlock(begun(each.statements), true) : each;
    };
    return (source) => ts.visitEachChild(source, visit, context);
  };
}

/** Operators whose right side is not always looked at. */
const SHORTENING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
