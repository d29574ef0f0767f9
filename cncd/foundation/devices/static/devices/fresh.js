// Where somebody comes in anew: the PIN and the pages of whoever was here before are gone.

import { forget } from "./lock.js";

forget();
