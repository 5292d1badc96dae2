// Takes webhooks and verifies each with the libraries that receivers use.
// in: the secret (whsec_…) from now on, a line; then {"knows"} comes back.
// out: {"port"}, and {"id", "timestamp", "body", "standardwebhooks", "svix"} with each request.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Webhook as Standard } from "standardwebhooks";
import { Webhook as Svix } from "svix";

const say = (what) => console.log(JSON.stringify(what));

const verdict = (verify) => {
  try {
    verify();
    return "verified";
  } catch (error) {
    return error.message;
  }
};

let secret;
createInterface({ input: process.stdin }).on("line", (line) => {
  secret = line;
  say({ knows: line.slice(0, 6) });
});

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  response.writeHead(204).end();
  say({
    id: request.headers["webhook-id"],
    timestamp: request.headers["webhook-timestamp"],
    body,
    standardwebhooks: verdict(() => new Standard(secret).verify(body, request.headers)),
    svix: verdict(() => new Svix(secret).verify(body, request.headers)),
  });
});
server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
