/** The custom elements manifest, as a test of a page reads it. */

interface Named {
  readonly name: string;
}

export interface ManifestElement {
  readonly tagName: string;
  readonly name: string;
  readonly attributes?: readonly (Named & { readonly fieldName: string })[];
  readonly members?: readonly (Named & { readonly kind: 'field' | 'method' })[];
  readonly events?: readonly (Named & { readonly type?: { readonly text: string } })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

type Declaration = Named & Partial<ManifestElement>;

/** Its elements by tag. */
export async function readManifest(): Promise<ReadonlyMap<string, ManifestElement>> {
  const declarations = await readDeclarations();
  const elements = declarations.filter((one): one is ManifestElement => one.tagName !== undefined);
  return new Map(elements.map((element) => [element.tagName, element]));
}

/** The fields of the classes of its events. */
export async function readEventFields(): Promise<ReadonlyMap<string, readonly string[]>> {
  const classes = (await readDeclarations()).filter(({ name }) => name.endsWith('Event'));
  return new Map(classes.map(({ name, members }) => [name, namesOf(members)]));
}

async function readDeclarations(): Promise<readonly Declaration[]> {
  const answer = await fetch('/packages/elements/custom-elements.json');
  const { modules } = (await answer.json()) as {
    readonly modules: readonly { readonly declarations: readonly Declaration[] }[];
  };
  return modules.flatMap(({ declarations }) => declarations);
}

export const namesOf = (items: readonly Named[] = []): readonly string[] =>
  items.map(({ name }) => name);
