import Foundation

let status = Program(console: Console.standard).run(Array(CommandLine.arguments.dropFirst()))
exit(status.rawValue)
