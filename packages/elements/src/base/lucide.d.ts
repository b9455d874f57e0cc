// lucide ships each icon as a module of its own without a declaration. Importing them one by one
// keeps an unbundled page from fetching all of them.
declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: [tag: string, attributes: Record<string, string | number | undefined>][];
  export default node;
}
