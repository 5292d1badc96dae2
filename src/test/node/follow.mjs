// Follows a stream as a browser would. Arguments: the client (eventsource, fetch-event-source) and the address.
// out: {"open": n} with each connection, {"id", "type", "data"} with each event.
import { fetchEventSource } from "@microsoft/fetch-event-source";
import { EventSource } from "eventsource";

const [client, address, type = "message"] = process.argv.slice(2);
const say = (what) => console.log(JSON.stringify(what));
let opened = 0;

if (client === "eventsource") {
  const source = new EventSource(address);
  source.onopen = () => say({ open: ++opened });
  source.addEventListener(type, (event) => say({ id: event.lastEventId, type: event.type, data: event.data }));
  source.onerror = (error) => error.code && say({ refused: error.code });
} else {
  // Made for browsers: it looks at the page to stop while nobody sees it.
  globalThis.window = globalThis;
  globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
  await fetchEventSource(address, {
    async onopen() {
      say({ open: ++opened });
    },
    onmessage: (event) => say({ id: event.id, type: event.event || "message", data: event.data }),
    onclose() {
      throw new Error("come back"); // as EventSource does by itself
    },
    onerror: () => 100, // milliseconds
  });
}
