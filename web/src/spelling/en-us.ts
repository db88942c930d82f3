// The spelling checker with a dictionary of US English.
import aff from "../../node_modules/dictionary-en/index.aff"
import dic from "../../node_modules/dictionary-en/index.dic"
import { startSpeller } from "./speller"

startSpeller({ aff, dic })
