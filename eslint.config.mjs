import regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { wallsPlugin } from './walls.mjs';

const exportByName = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

/** Minifying changes the names of classes and functions, so nothing may depend on them. */
const runtimeNames = [
  {
    selector: "MemberExpression[property.name='name'][object.property.name='constructor']",
    message: 'The packed extension has other names of classes; use instanceof or a member.',
  },
  {
    selector:
      "MemberExpression[property.name='name'][object.name=/^(error|cause|reason)$/]:not(AssignmentExpression > .left)",
    message: 'The name of an error may be that of its class; use instanceof, `code` or `kind`.',
  },
];

const bareNames = {
  selector: 'ImportDeclaration[source.value=/^\\.{1,2}\\/.*\\.js$/]',
  message: 'A file of ours is imported by its name without an ending.',
};

const hashedMembers = {
  selector:
    "PropertyDefinition[accessibility='private'], MethodDefinition[accessibility='private'][kind!='constructor']",
  message:
    'Write #name: it is private at run time too. Parameters of a constructor may be private.',
};

/** Taken as a whole, all of VS Code's API would be listed in the bundle that VS Code starts with. */
const vscodeMembers = {
  selector: "VariableDeclarator > Identifier.init[name='vscode']",
  message: 'Name the members of vscode where they are used.',
};

const inSource = [...runtimeNames, bareNames, hashedMembers, vscodeMembers];

/**
 * The rule against syntax that no file may use, and against `more`.
 *
 * @param {readonly { selector: string, message: string }[]} more
 * @returns {['error', ...unknown[]]}
 */
const noSyntax = (more = []) => ['error', exportByName, ...more];

/**
 * VS Code makes links, icons or lines of some texts that it is given. For each of these places,
 * one file accepts text from others and makes sure that it stays plain text.
 */
const foreignText = [
  [
    'show(Information|Warning|Error)Message',
    'notify or confirm of ui/dialogs/notify',
    'dialogs/notify',
  ],
  [
    '(create|show)QuickPick|createInputBox',
    'the questions of ui/dialogs/questions',
    'dialogs/questions',
  ],
  ['withProgress', 'ui/dialogs/progress', 'dialogs/progress'],
  ['TreeItem', 'toTreeItem of ui/tree/treeItem', 'tree/treeItem'],
].map(([name, use, file]) => ({
  file: `src/ui/${file}.ts`,
  rule: {
    selector: `MemberExpression[object.property.name='window'][property.name=/^(${name})$/], NewExpression > MemberExpression[property.name=/^(${name})$/], ObjectPattern > Property[key.name=/^(${name})$/]`,
    message: `Names and messages may hold anything; use ${use}, which shows them safely.`,
  },
}));

export default defineConfig(
  { ignores: ['dist', 'out', 'coverage', '.vscode-test', '.kafka-test', 'node_modules'] },
  {
    files: ['**/*.{ts,js,cjs,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': noSyntax(),
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': noSyntax(inSource),
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          modifiers: ['const', 'global'],
          types: ['boolean', 'number', 'string'],
          format: ['UPPER_CASE'],
        },
        // It keeps the name that it has in its object.
        {
          selector: 'variable',
          modifiers: ['const', 'global', 'destructured'],
          types: ['boolean', 'number', 'string'],
          format: null,
        },
      ],
    },
  },
  // CommonJS is here because Node and its `--require` load it everywhere.
  { files: ['**/*.{js,cjs}'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // ESLint requires the default export.
  { files: ['eslint.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  ...foreignText.map(({ file }) => ({
    files: [file],
    rules: {
      'no-restricted-syntax': noSyntax([
        ...inSource,
        ...foreignText.filter((each) => each.file !== file).map(({ rule }) => rule),
      ]),
    },
  })),
  {
    files: ['src/ui/**/*.ts'],
    ignores: foreignText.map(({ file }) => file),
    rules: {
      'no-restricted-syntax': noSyntax([...inSource, ...foreignText.map(({ rule }) => rule)]),
    },
  },
  { files: ['src/**/*.ts'], ignores: ['src/emulator/cli.ts'], rules: { 'no-console': 'error' } },
  {
    // A text that src reads may be crafted to keep a pattern busy, so each pattern must take
    // linear time.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { walls: wallsPlugin },
    rules: { 'walls/allowed': 'error' },
  },
);
