/** Makes an element known to the page by its name. Parts do so themselves: importing one is all that a view does. */

/** Does nothing the second time: a module may be loaded again where a view is tried again. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
