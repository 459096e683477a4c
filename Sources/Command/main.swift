import Understudy

print("understudy \(Understudy.version)")
