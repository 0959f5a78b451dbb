import { failed } from './problem.ts';

/** Puts a file to the address that the API gave for it; it holds its own permission. */
export const upload = async ({ url, contentType }: { readonly url: string; readonly contentType: string }, file: Blob): Promise<void> => {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': contentType }, body: file }).catch((error: unknown) => {
    throw failed({ code: 'offline', status: 0, detail: String(error) });
  });
  if (!response.ok) throw failed({ code: 'gateway', status: response.status, detail: '' });
};
