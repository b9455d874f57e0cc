// Hears what is written to the console.

/** The warnings during `task`, each as one text. They are not shown. */
export async function warningsOf(task: () => unknown): Promise<readonly string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void said.push(words.map(String).join(' ').trim());
  try {
    await task();
  } finally {
    console.warn = warn;
  }
  return said;
}
