// the example that the README shows runs like any other test
import '../examples/appointment.test.ts'
