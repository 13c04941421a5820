// Texts that come from and go to the reader's machine without passing through form fields.

/** The text of a field as bytes: sent as a stream, since a large one would not fit into a message of the circuit. */
export function readText(field) {
  return new TextEncoder().encode(field.value);
}

/** Offers a text as a file. The byte-order mark lets spreadsheets read Arabic. */
export function saveText(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
