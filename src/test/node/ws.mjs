// Follows over WebSocket with the library that most of Node uses. Argument: the address.
// in: a message to send, a line. out: {"open"}, each message as it came, {"closed": code}, {"refused": status}.
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

const say = (what) => console.log(JSON.stringify(what));

const socket = new WebSocket(process.argv[2]);
socket.on("open", () => say({ open: true }));
socket.on("message", (message) => console.log(message.toString()));
socket.on("close", (code) => say({ closed: code }));
socket.on("unexpected-response", (request, response) => say({ refused: response.statusCode }));
socket.on("error", (error) => say({ error: error.message }));
createInterface({ input: process.stdin }).on("line", (line) => socket.send(line));
