// Takes webhooks and verifies each with the libraries that receivers use.
// in: a secret (whsec_…), a line. out: {"port"}, then {"id", "timestamp", "body", "standardwebhooks", "svix"} per request.
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

let tell;
const secret = new Promise((known) => (tell = known));
createInterface({ input: process.stdin }).on("line", (line) => tell(line));

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  response.writeHead(204).end();
  const key = await secret; // what was sent before it is known is verified then
  say({
    id: request.headers["webhook-id"],
    timestamp: request.headers["webhook-timestamp"],
    body,
    standardwebhooks: verdict(() => new Standard(key).verify(body, request.headers)),
    svix: verdict(() => new Svix(key).verify(body, request.headers)),
  });
});
server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
