import type { ESLint } from 'eslint';

export const walls: Readonly<Record<string, readonly string[]>>;
export const wallsPlugin: ESLint.Plugin;
