import { testHostileTexts } from './hostile-texts.ts'

testHostileTexts(true)
