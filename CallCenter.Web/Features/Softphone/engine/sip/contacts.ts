/**
 * How many others the PBX rings for this extension, read from the bindings that its 200 to REGISTER lists (RFC 3261, 10.3). Ours are those
 * with the user part of our own Contact, and those of this browser's instance that an earlier page left behind.
 */
export function otherContacts(headers: readonly string[], user: string, instanceId: string): number {
  const contacts = headers.flatMap((header) => [...header.matchAll(/<sips?:([^>@]*)@[^>]*>([^,]*)/gi)]);
  return contacts.filter(([, contactUser, parameters]) => contactUser !== user && parameters?.includes(instanceId) !== true).length;
}
