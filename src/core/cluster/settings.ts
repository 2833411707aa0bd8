import { map, object, string } from '../schema';
import {
  type ClusterDefinition,
  type DefinitionRules,
  membersOf,
  parseDefinition,
  parseProtection,
  type Protection,
  protections,
} from './definition';
import { type EndpointRules, isUnencrypted, parseEndpoint } from './endpoint';
import { registryEndpoint } from './registryEndpoint';
import type { FieldProblem } from './parsed';

/** Where a cluster is defined: the settings of the person, of the workspace or of a folder of it. */
export interface ClusterSource {
  readonly scope: 'user' | 'workspace' | 'folder';
  /** The URI of the folder; only for the scope `folder`. */
  readonly folder?: string;
}

/** The value of the setting in one place. */
export interface Layer {
  readonly source: ClusterSource;
  readonly value: unknown;
}

/** An entry of the setting, by its place. */
export interface EntryPlace {
  readonly source: ClusterSource;
  readonly index: number;
}

export interface DefinedCluster extends EntryPlace {
  readonly definition: ClusterDefinition;
  /** The definition as its author wrote it, whose protection may be weaker. */
  readonly asWritten: ClusterDefinition;
}

/** The clusters of all settings. */
export interface ReadClusters {
  readonly clusters: readonly DefinedCluster[];
  /** Those of a workspace that nobody has agreed to use. Nothing may be sent to them. */
  readonly offered: readonly DefinedCluster[];
  readonly invalid: readonly InvalidEntry[];
}

/** An entry of the setting that cannot be used, and why. */
export interface InvalidEntry extends EntryPlace {
  readonly name: string | undefined;
  /** The path of the member that is wrong, such as `signIn.tenantId`. */
  readonly field: string;
  readonly problem: FieldProblem | 'duplicate' | 'hidden-by-workspace' | 'http-not-yours';
}

/**
 * Reads the setting from all places where it may stand, from the person's own to the nearest. Of
 * two clusters with one name, the nearer one counts; the other is reported, unless it is the same.
 * A workspace cannot weaken anything: each of its clusters gets at least the protection that the
 * user's own settings give its endpoint, under any name, and plain http is allowed only if they
 * allow it for that endpoint. One that the person has not agreed to, and does not have in their own
 * settings too, is only offered and hides nothing.
 */
export function readClusters(
  layers: readonly Layer[],
  rules: DefinitionRules,
  isAgreed: (asWritten: ClusterDefinition) => boolean,
): ReadClusters {
  const own = layers.filter(isOwn).flatMap(({ value }) => entries(value));
  const marks = marksIn(own, rules);
  const read = layers.map((layer) => readLayer(layer, rules, isOwn(layer) ? undefined : marks));
  const defined = read.flatMap(({ clusters }) => clusters);
  const ownOnes = new Set(
    defined.filter(isOwn).map(({ definition }) => JSON.stringify(definition)),
  );
  const isUsed = (cluster: DefinedCluster) =>
    ownOnes.has(JSON.stringify(cluster.definition)) || isAgreed(cluster.asWritten);
  const all = defined.filter((cluster) => isOwn(cluster) || isUsed(cluster));
  const byName = new Map(all.map((cluster) => [cluster.definition.name, cluster]));
  const hidden = all.filter(({ definition }) => {
    const nearest = byName.get(definition.name)?.definition;
    return JSON.stringify(nearest) !== JSON.stringify(definition);
  });
  return {
    clusters: all.filter((cluster) => byName.get(cluster.definition.name) === cluster),
    offered: defined.filter((cluster) => !all.includes(cluster)),
    invalid: [
      ...read.flatMap(({ invalid }) => invalid),
      ...hidden.map(({ source, index, definition: { name } }): InvalidEntry => {
        return { source, index, name, field: 'name', problem: 'hidden-by-workspace' };
      }),
    ],
  };
}

/**
 * Reads entries that somebody else wrote and the person wants to have, such as those of a file, with
 * the rules for a workspace: none is weaker protected than `own`, the person's own setting, has it
 * for its endpoint, and none may allow plain http.
 */
export function readForeign(
  value: unknown,
  own: unknown,
  rules: DefinitionRules,
): Omit<ReadClusters, 'offered'> {
  const marks = marksIn(entries(own), rules);
  return readLayer({ source: { scope: 'user' }, value }, rules, marks);
}

function isOwn({ source }: Pick<Layer, 'source'>): boolean {
  return source.scope === 'user';
}

/** Reads the entries of one place. `marks` are given if its author is not the user. */
function readLayer(
  { source, value }: Layer,
  rules: DefinitionRules,
  marks: readonly Mark[] | undefined,
): Omit<ReadClusters, 'offered'> {
  const clusters = new Map<string, DefinedCluster>();
  const invalid: InvalidEntry[] = [];
  entries(value).forEach((entry, index) => {
    const parsed = parseDefinition(entry, rules);
    if ('problem' in parsed) {
      invalid.push({ source, index, name: parsed.name, ...parsed });
      return;
    }
    const { definition: asWritten } = parsed;
    const { name, schemaRegistry: registry } = asWritten;
    const isForbidden = ({ endpoint }: Guarded) =>
      marks !== undefined && isUnencrypted(endpoint) && !allowsHttp(marks, endpoint);
    const isIn = (field: string, problem: InvalidEntry['problem']) => {
      invalid.push({ source, index, name, field, problem });
    };
    if (clusters.has(name)) isIn('name', 'duplicate');
    else if (isForbidden(asWritten)) isIn('endpoint', 'http-not-yours');
    else if (registry && isForbidden(registry)) isIn('schemaRegistry.endpoint', 'http-not-yours');
    else {
      const definition = {
        ...guarded(asWritten, marks),
        ...(registry && { schemaRegistry: guarded(registry, marks) }),
      };
      clusters.set(name, { source, index, asWritten, definition });
    }
  });
  return { clusters: [...clusters.values()], invalid };
}

/** An endpoint with its protection: that of a cluster or of its schema registry. */
type Guarded = Pick<ClusterDefinition, 'endpoint' | 'protection'>;

/** Returns the same with the protection that the user's own settings ask for at least. */
function guarded<T extends Guarded>(access: T, marks: readonly Mark[] | undefined): T {
  const { endpoint, protection } = access;
  return { ...access, protection: strictest([protection, ...protectionsOf(marks, endpoint)]) };
}

/** Returns the strictest of some protections; `none` if there are no protections. */
export function strictest(all: readonly Protection[]): Protection {
  return protections.findLast((protection) => all.includes(protection)) ?? 'none';
}

/** Whether two endpoints, which must be addresses, are the same, whatever their spelling. */
export function isSameEndpoint(a: string, b: string): boolean {
  return originOf(a) === originOf(b) && new URL(a).pathname === new URL(b).pathname;
}

/** The protection and the permission that the user's own settings give to an endpoint. */
interface Mark {
  readonly endpoint: string;
  readonly protection: Protection;
  readonly allowHttp: boolean;
}

/** Returns the marks of the entries of the user's own setting, and of their registries. */
function marksIn(own: readonly unknown[], rules: DefinitionRules): readonly Mark[] {
  const registries = own.map((entry) => membersOf(entry).get('schemaRegistry'));
  return [
    ...own.map((entry) => markOf(entry, endpointRulesIn(entry, rules))),
    ...registries.map((entry) => markOf(entry, registryEndpoint)),
  ].filter((mark) => mark !== undefined);
}

/**
 * Reads the mark of an entry or of its registry, even if other members of it are wrong. If its
 * protection is not valid, the endpoint counts as read-only.
 */
function markOf(entry: unknown, rules: EndpointRules | undefined): Mark | undefined {
  return object({
    endpoint: map(string, (text) => parseEndpoint(text, rules, true).value),
    protection: (value: unknown) => parseProtection(value) ?? 'readOnly',
    allowHttp: (value: unknown) => value === true,
  })(entry);
}

/** Returns how an entry reads endpoints; in an unknown dialect, as the default one does. */
function endpointRulesIn(entry: unknown, { dialect: dialects }: DefinitionRules) {
  const dialect = dialects.read(membersOf(entry));
  return dialects.endpointRulesOf('value' in dialect ? dialect.value : undefined);
}

/**
 * Returns the entries of the user's own setting, with the protection and the permission for http of
 * the definition, and of its registry, on those with the same endpoints.
 */
export function withMarks(
  entries: readonly unknown[],
  { endpoint, protection, schemaRegistry }: ClusterDefinition,
  rules: DefinitionRules,
): readonly unknown[] {
  const all = [{ endpoint, protection }, ...(schemaRegistry ? [schemaRegistry] : [])];
  const marked = (entry: unknown, endpointRules: EndpointRules | undefined): unknown => {
    const other = markOf(entry, endpointRules)?.endpoint;
    const same = all.find((each) => other !== undefined && isSameEndpoint(other, each.endpoint));
    if (!same) return entry;
    const fields = new Map(membersOf(withProtection(entry, same.protection)));
    if (isUnencrypted(same.endpoint)) fields.set('allowHttp', true);
    return Object.fromEntries(fields);
  };
  return entries.map((entry) => {
    const outer = marked(entry, endpointRulesIn(entry, rules));
    const before = membersOf(entry).get('schemaRegistry');
    const inner = marked(before, registryEndpoint);
    return inner === before
      ? outer
      : Object.fromEntries(new Map(membersOf(outer)).set('schemaRegistry', inner));
  });
}

/** Returns whether the user's own entries allow plain http wherever a definition needs it. */
export function allowsAll(
  own: readonly unknown[],
  { endpoint, schemaRegistry }: ClusterDefinition,
  rules: DefinitionRules,
): boolean {
  const marks = marksIn(own, rules);
  return [endpoint, ...(schemaRegistry ? [schemaRegistry.endpoint] : [])].every(
    (each) => !isUnencrypted(each) || allowsHttp(marks, each),
  );
}

/** Returns the entry with another protection and otherwise unchanged. */
export function withProtection(entry: unknown, protection: Protection): unknown {
  const fields = new Map(membersOf(entry));
  if (protection === 'none') fields.delete('protection');
  else fields.set('protection', protection);
  return Object.fromEntries(fields);
}

/**
 * Returns the protections that the user gives to exactly this endpoint, or otherwise to other
 * endpoints of its origin: a server may treat another spelling of the path as the same path.
 */
function protectionsOf(marks: readonly Mark[] = [], endpoint: string): readonly Protection[] {
  const same = marks.filter((mark) => isSameEndpoint(mark.endpoint, endpoint));
  const near = marks.filter((mark) => originOf(mark.endpoint) === originOf(endpoint));
  return (same.length > 0 ? same : near).map(({ protection }) => protection);
}

function allowsHttp(marks: readonly Mark[], endpoint: string): boolean {
  return marks.some((mark) => mark.allowHttp && isSameEndpoint(mark.endpoint, endpoint));
}

/** Returns the origin without a dot at the end of the host name, which denotes the same host. */
function originOf(endpoint: string): string {
  const url = new URL(endpoint);
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.origin;
}

function entries(setting: unknown): readonly unknown[] {
  return Array.isArray(setting) ? setting : [];
}
