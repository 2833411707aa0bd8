import { signInRules } from '../../auth/methods/registry';
import type { DefinitionRules } from '../../core/cluster/definition';
import { dialectRules } from '../../core/dialects/registry';

/** How the settings represent the clusters, with every way of signing in and every dialect. */
export const definitionRules: DefinitionRules = { signIn: signInRules, dialect: dialectRules };
