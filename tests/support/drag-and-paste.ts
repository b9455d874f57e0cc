// Events of a hand that carries files, as a test can make them.

/** What a hand carries: files, and text beside them. */
export function carrying(files: readonly File[], text = ''): DataTransfer {
  const data = new DataTransfer();
  if (text) data.setData('text/plain', text);
  for (const file of files) data.items.add(file);
  return data;
}

const INIT = { bubbles: true, composed: true, cancelable: true };

export const dragEvent = (type: 'dragover' | 'drop', dataTransfer: DataTransfer): DragEvent =>
  new DragEvent(type, { ...INIT, dataTransfer });

/** Firefox takes no `clipboardData` for an event that a script makes. */
export function pasteEvent(clipboardData: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', INIT);
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  return event;
}
