import type { Server } from 'node:http';

/**
 * Starts a server on this machine only.
 * @param port any free one where it is 0
 * @returns its address, `http://127.0.0.1:<port>`
 */
export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`port ${port} is taken by another program; stop it or choose another port`, { cause: error }) : error);
    });
    // Keeping a connection open longer than any client does avoids resets in the middle of a request.
    server.keepAliveTimeout = 120_000;
    server.requestTimeout = 0;
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
