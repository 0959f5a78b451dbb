/**
 * The function of CloudFront that runs before each request, in CloudFront's own JavaScript. The page has one document for all of its
 * addresses; a path with a dot is a file, and one that is missing stays missing.
 */
export const pagePaths = `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === '/' || uri === '/app')
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/app/' } } };
  if (uri.startsWith('/app/') && !uri.includes('.', uri.lastIndexOf('/'))) request.uri = '/app/index.html';
  return request;
}
`;
