// The spelling checker with a dictionary of British English.
import aff from "../../node_modules/dictionary-en-gb/index.aff"
import dic from "../../node_modules/dictionary-en-gb/index.dic"
import { startSpeller } from "./speller"

startSpeller({ aff, dic })
