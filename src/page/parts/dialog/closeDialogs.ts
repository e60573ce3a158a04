/** Closes what stands over everything else when the place that asked is left. */

/**
 * Closes all dialogs below `root`, those in shadow roots too. A modal dialog that is hidden with its view stays modal: nothing is seen of it, and
 * nothing else can be clicked. Each tells `close`, as if a person had.
 */
export function closeDialogs(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLDialogElement && element.open) element.close();
    if (element.shadowRoot) closeDialogs(element.shadowRoot);
  }
}
