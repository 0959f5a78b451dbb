/** An error of S3: its code and HTTP status, as SDKs expect them. */
export class BucketError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
