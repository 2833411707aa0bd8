import path from 'node:path';
import ts from 'typescript';

const LETTERS = 'nsbilodrc';

/** Returns the methods of faker's declared modules, each as in the list of `names.ts`. */
export function declaredMethods(): Map<string, string> {
  const file = path.resolve('node_modules/@faker-js/faker/dist/index.d.ts');
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const faker = module && checker.getExportsOfModule(module).find(({ name }) => name === 'Faker');
  if (!faker) throw new Error('faker declares no class Faker');

  const methods = new Map<string, string>();
  for (const member of checker.getDeclaredTypeOfSymbol(faker).getProperties()) {
    if (/^_|definitions$/i.test(member.name)) continue;
    for (const method of checker.getTypeOfSymbol(member).getProperties()) {
      // The last overload is the most general one.
      const signature = checker.getTypeOfSymbol(method).getCallSignatures().at(-1);
      if (!signature) continue;
      const parameters = signature.getParameters().map((parameter) => {
        const { valueDeclaration } = parameter;
        const isOptional =
          valueDeclaration &&
          ts.isParameter(valueDeclaration) &&
          checker.isOptionalParameter(valueDeclaration);
        return (isOptional ? '' : '!') + kindsOf(checker, checker.getTypeOfSymbol(parameter));
      });
      methods.set(`${member.name}.${method.name}`, parameters.join(','));
    }
  }
  return methods;
}

function kindsOf(checker: ts.TypeChecker, type: ts.Type): string {
  const letters = new Set<string>();
  const objects: ts.Type[] = [];
  const bare = checker.getNonNullableType(type);
  for (const part of bare.isUnion() ? bare.types : [bare]) {
    const letter = letterOf(checker, part);
    if (letter === undefined) objects.push(part);
    else if (letter !== '') letters.add(letter);
  }
  // These also take texts and numbers.
  for (const letter of ['d', 'i']) {
    if (!letters.has(letter)) continue;
    letters.clear();
    letters.add(letter);
  }
  const [only] = objects;
  if (letters.has('n') && objects.length === 1 && only && isRange(only)) {
    letters.delete('n');
    letters.add('c');
    objects.length = 0;
  }
  return sorted(letters) + (objects.length > 0 ? optionsOf(checker, objects) : '');
}

/** Returns the letter of a type, nothing for a function, and `undefined` for options. */
function letterOf(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const { TypeFlags } = ts;
  if (type.flags & TypeFlags.BigIntLike) return 'i';
  if (type.flags & TypeFlags.NumberLike) return 'n';
  if (type.flags & TypeFlags.StringLike || type.isIntersection()) return 's';
  if (type.flags & TypeFlags.BooleanLike) return 'b';
  if (type.flags & TypeFlags.TypeParameter) return 'o';
  if (checker.isArrayLikeType(type)) return 'l';
  if (type.symbol.name === 'Date') return 'd';
  if (type.symbol.name === 'RegExp') return 'r';
  if (type.getCallSignatures().length > 0) return '';
  const isOpen = checker.getIndexInfosOfType(type).length > 0;
  return isOpen && type.getProperties().length === 0 ? 'o' : undefined;
}

function isRange(type: ts.Type): boolean {
  const properties = type.getProperties();
  return (
    properties.map(({ name }) => name).join() === 'min,max' &&
    properties.every(({ flags }) => !(flags & ts.SymbolFlags.Optional))
  );
}

function optionsOf(checker: ts.TypeChecker, objects: readonly ts.Type[]): string {
  const options = new Map<string, { letters: Set<string>; required: number }>();
  for (const property of objects.flatMap((object) => object.getProperties())) {
    const letters = kindsOf(checker, checker.getTypeOfSymbol(property));
    if (letters === '') continue;
    const option = options.get(property.name) ?? { letters: new Set(), required: 0 };
    options.set(property.name, option);
    for (const letter of letters) option.letters.add(letter);
    if (!(property.flags & ts.SymbolFlags.Optional)) option.required += 1;
  }
  const texts = [...options].map(([name, { letters, required }]) => {
    return `${required === objects.length ? '!' : ''}${name}:${sorted(letters)}`;
  });
  return `{${texts.join(',')}}`;
}

function sorted(letters: ReadonlySet<string>): string {
  return Array.from(LETTERS)
    .filter((letter) => letters.has(letter))
    .join('');
}
