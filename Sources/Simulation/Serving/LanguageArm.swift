/// Arms of a service that share a language model's engines, one arm as a rule.
final class LanguageArms {
  var pool: LanguagePool

  init(members: [Int], plans: [ServicePlan], name: String, seed: UInt64, ties: TieOrder) {
    pool = LanguagePool(members: members, plans: plans, ownerName: name, seed: seed, ties: ties)
  }
}
