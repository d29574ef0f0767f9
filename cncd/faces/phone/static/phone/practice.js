// What was made for practice is not kept once the practice is over.

import { within } from "./outbox.js";

export async function forgetPractice() {
  await within("readwrite", (store) => {
    const walk = store.openCursor();
    walk.onsuccess = () => {
      const here = walk.result;
      if (!here) return;
      if (here.value.training) here.delete();
      here.continue();
    };
  });
  localStorage.removeItem("practice");
}
