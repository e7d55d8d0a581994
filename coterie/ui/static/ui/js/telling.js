// All keys, over the page on which somebody asked for them.

import { borrow, over } from "./over.js";

export async function tell() {
  const keys = await borrow("/account/keys/", "#keys");
  if (!keys) return location.assign("/account/keys/");
  over(keys, "keys-title");
}
