import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** What each folder may not import: the direction of the architecture, held by the linter. */
const walls = {
  core: [
    'vscode',
    '@azure/*',
    'vscode-*',
    '**/auth/*',
    '**/emulator/*',
    '**/language/*',
    '**/transfer/*',
    '**/ui/*',
    '**/viewer/*',
    '**/webview/*',
  ],
  auth: ['vscode', 'vscode-*', '**/emulator/*', '**/language/*', '**/ui/*'],
  emulator: [
    'vscode',
    'vscode-*',
    'lossless-json',
    'node-fetch',
    '@azure/*',
    '**/auth/*',
    '**/language/*',
    '**/transfer/*',
    '**/ui/*',
    '**/viewer/*',
    '**/webview/*',
  ],
  language: ['vscode', 'node-fetch', '@azure/*', '**/auth/*', '**/emulator/*', '**/ui/*'],
  transfer: [
    'vscode',
    'vscode-*',
    'node-fetch',
    '@azure/*',
    '**/auth/*',
    '**/emulator/*',
    '**/ui/*',
    '**/viewer/*',
    '**/webview/*',
  ],
  viewer: [
    'vscode',
    'vscode-*',
    'node-fetch',
    '@azure/*',
    '**/auth/*',
    '**/emulator/*',
    '**/language/*',
    '**/transfer/*',
    '**/ui/*',
    '**/webview/*',
  ],
  webview: [
    'vscode',
    'node:*',
    '**/auth/*',
    '**/core/*',
    '!**/core/jsonScanner',
    '**/emulator/*',
    '**/language/*',
    '**/transfer/*',
    '**/ui/*',
  ],
};

const wallRules = Object.entries(walls).map(([folder, group]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          { group, message: `src/${folder} must not know of this; see CONTRIBUTING.md.` },
          ...(folder === 'emulator'
            ? [
                {
                  regex: '/core/(?!kafka)',
                  message:
                    'The emulator shares no code with the client but the types of core/kafka.',
                },
                {
                  regex: '/core/kafka',
                  allowTypeImports: true,
                  message: 'Types only: a shared mistake would cancel out.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'out', 'coverage', '.vscode-test', 'node_modules'] },
  {
    files: ['**/*.ts'],
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
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
      ],
    },
  },
  { files: ['src/**/*.ts'], ignores: ['src/emulator/cli.ts'], rules: { 'no-console': 'error' } },
  {
    // What src reads may be made to keep a pattern busy: each takes time in proportion to the text.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  ...wallRules,
);
