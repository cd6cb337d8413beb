// The book shop of docs/tutorial.md: a small API that needs nothing but Node. node examples/tutorial/server.mjs [PORT]
import { createServer } from 'node:http';

const KEY = 'books-EXAMPLE-KEY';

const authors = [
  { id: 1, name: 'Ada Grant', country: 'UK', born: '1961-03-08' },
  { id: 2, name: 'Bao Tran', country: 'VN', born: '1975-11-30' },
  { id: 3, name: 'Carla Ruiz', country: null, born: null },
];

const books = Array.from({ length: 12 }, (_, index) => ({
  id: index + 1,
  title: `Volume ${index + 1}`,
  author_id: authors[index % authors.length].id,
  price: 9.5 + index,
  in_print: index % 4 !== 3,
  updated_at: `2026-01-${String(index + 1).padStart(2, '0')}T08:00:00Z`,
}));

/** Every third book has two reviews, the others none. */
const reviewsOf = ({ id }) =>
  id % 3 === 0
    ? [5, 3].map((stars, index) => ({ id: id * 10 + index, book_id: id, stars, text: 'Worth its price.' }))
    : [];

/** Answers a GET; undefined when there is no such path. */
function answer({ pathname, searchParams }) {
  if (pathname === '/api/authors') return { data: authors, total: authors.length };
  if (pathname === '/api/books') {
    const size = Number(searchParams.get('per_page') ?? 5);
    const start = (Number(searchParams.get('page') ?? 1) - 1) * size;
    return { data: books.slice(start, start + size), total: books.length };
  }
  const [, id] = /^\/api\/books\/(\d+)\/reviews$/.exec(pathname) ?? [];
  const book = books.find((one) => one.id === Number(id));
  return book && reviewsOf(book);
}

const server = createServer((request, response) => {
  const send = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.headers['x-api-key'] !== KEY) return send(401, { error: 'Send the key of the shop in X-API-Key.' });
  const body = answer(new URL(request.url, 'http://shop'));
  return body ? send(200, body) : send(404, { error: `There is nothing at ${request.url}.` });
});

server.listen(Number(process.argv[2] ?? 4010), '127.0.0.1', () => {
  console.log(`The book shop is open: http://127.0.0.1:${server.address().port}/api/`);
});
