import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { s3PageBucket } from '../adapters/s3-page-bucket.ts';
import { middleware } from '../function/middleware.ts';
import { answerDeployment } from '../page/answer-deployment.ts';
import { deployPage, type PageFile } from '../page/deploy-page.ts';
import { setting } from './live.ts';

const client = new S3Client();

/** The page as it was built, which lies in the function's own bundle. */
const filesIn = (folder: string): readonly PageFile[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), bytes: readFileSync(file) }));

const answer = async (url: string, body: string): Promise<void> => {
  const { ok, status } = await fetch(url, { method: 'PUT', body });
  if (!ok) throw new Error(`CloudFormation refused the answer: ${status}`);
};

/** Lays the page's files down during a deployment. */
export const handler = middleware(
  answerDeployment(
    ({ bucket, config }) => deployPage({ files: filesIn(join(setting('LAMBDA_TASK_ROOT'), 'page')), config }, s3PageBucket(bucket, client)),
    answer,
  ),
);
