/** SHA-256 in base64url, cut to 22 characters (132 bits): an id of the form that ids have on the wire. */
export async function digestId(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}
