/** What policies and templates are made of. */
export type Tree = string | number | readonly Tree[] | { readonly [key: string]: Tree };

export function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}
