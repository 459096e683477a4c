import Documents
import Testing
import Traffic

private let cpu = Condition(feature: "x", test: .above(1))

private func complaints(
  _ shifts: [ShiftPlan], label: TrafficSchema.Label = .classes(names: ["a", "b"])
) -> [String] {
  do {
    _ = try ShiftedSource(
      source: TableSource(label: label), shifts: shifts, labellers: [SignLabeller()], seed: 1)
    return []
  } catch TrafficError.badData(let diagnostics) {
    return diagnostics.list.map { diagnostic in
      diagnostic.message + (diagnostic.help.map { " | " + $0 } ?? "")
    }
  } catch {
    return ["\(error)"]
  }
}

@Suite("What a shift complains about") struct ShiftDiagnosticTests {
  @Test(
    "every mistake has its words",
    arguments: [
      (
        .scale(feature: "z", factor: 2),
        "the traffic has no feature \"z\" | its features are x, y, sector"
      ),
      (
        .offset(feature: "sectro", amount: 1),
        "the traffic has no feature \"sectro\" | did you mean \"sector\"?"
      ),
      (
        .scale(feature: "sector", factor: 2),
        "\"sector\" is categorical, and scale needs a numeric feature | swap one of its categories for another"
      ),
      (
        .noise(feature: "sector", standardDeviation: 1),
        "\"sector\" is categorical, and noise needs a numeric feature | swap one of its categories for another"
      ),
      (.scale(feature: "x", factor: .infinity), "a factor of inf is not finite"),
      (.offset(feature: "x", amount: .nan), "an amount of nan is not finite"),
      (
        .noise(feature: "x", standardDeviation: -1),
        "a standard deviation of -1.0 is not a number from 0 up"
      ),
      (.missing(feature: "x", rate: 1.5), "a rate of 1.5 is not between 0 and 1"),
      (.flipLabel(rate: -0.1), "a rate of -0.1 is not between 0 and 1"),
      (
        .swapCategory(feature: "x", from: "a", to: "b", rate: 0.5),
        "\"x\" is numeric, and only categories can be swapped | scale it, offset it or add noise"
      ),
      (
        .swapCategory(feature: "sector", from: "retial", to: "b", rate: 0.5),
        "\"sector\" has no category \"retial\" | did you mean \"retail\"?"
      ),
      (
        .swapCategory(feature: "sector", from: "mining", to: "b", rate: 0.5),
        "\"sector\" has no category \"mining\" | its categories are retail, trade, public"
      ),
      (.resample(toward: [], share: 0.5), "it names no condition to resample toward"),
      (
        .resample(toward: [Condition(feature: "sector", test: .above(1))], share: 0.5),
        "\"sector > 1\" asks for a number, and \"sector\" is categorical | name one of its categories"
      ),
      (
        .resample(toward: [Condition(feature: "x", test: .category("a"))], share: 0.5),
        "\"x is a\" asks for a category, and \"x\" is numeric | compare it with a number, such as { above: 10 }"
      ),
      (.resample(toward: [cpu], share: 2), "a share of 2.0 is not between 0 and 1"),
    ] as [(ShiftPlan.Kind, String)])
  func words(_ kind: ShiftPlan.Kind, _ words: String) {
    #expect(complaints([ShiftPlan(kind).named("it")]) == ["shift \"it\": " + words])
  }

  @Test("labels must be there, and be classes to be flipped")
  func labels() {
    let flip = ShiftPlan(.flipLabel(rate: 0.5)).named("f")
    #expect(complaints([flip], label: .none) == ["shift \"f\": the traffic has no label to flip"])
    #expect(
      complaints([flip], label: .real) == [
        "shift \"f\": the labels are real numbers, and only classes can be flipped | let them follow another model"
      ])
    #expect(
      complaints([flip], label: .classes(names: ["spam"])) == [
        "shift \"f\": the label has only the class \"spam\""
      ])
    #expect(
      complaints([ShiftPlan(.concept(labeller: 0)).named("c")], label: .none) == [
        "shift \"c\": the traffic has no label that could follow another model"
      ])
  }

  @Test("schedules must make sense")
  func schedules() {
    let scale = ShiftPlan(.scale(feature: "x", factor: 2)).named("s")
    #expect(
      complaints([
        scale.scheduled(.init().recurring(every: .zero, activeFor: .seconds(-1))),
        scale.scheduled(.init().ramping(.seconds(-5), .linear)),
      ]) == [
        "shift \"s\": it recurs every 0.0 s, which is not above 0",
        "shift \"s\": it is active for -1.0 s, which is below 0",
        "shift \"s\": its ramp lasts -5.0 s, which is below 0",
      ])
  }

  @Test("all mistakes of all shifts are told at once, in order, segments included")
  func allAtOnce() {
    let segment = [
      Condition(feature: "sector", test: .isOneOfCategories(["retail", "pubic"])),
      Condition(feature: "q", test: .missing),
    ]
    #expect(
      complaints([
        ShiftPlan(.scale(feature: "X2", factor: 2), segment: segment).named("one"),
        ShiftPlan(.missing(feature: "sector", rate: 7)).named("two"),
      ]) == [
        "shift \"one\": the traffic has no feature \"X2\" | did you mean \"x\"?",
        "shift \"one\": \"sector\" has no category \"pubic\" | did you mean \"public\"?",
        "shift \"one\": the traffic has no feature \"q\" | its features are x, y, sector",
        "shift \"two\": a rate of 7.0 is not between 0 and 1",
      ])
  }

  @Test("no more shifts than the truth has bits")
  func tooMany() {
    let many = (0..<65).map { ShiftPlan(.offset(feature: "x", amount: 1)).named("s\($0)") }
    #expect(
      complaints(many) == [
        "there are 65 shifts, and one run can tell 64 apart | put shifts of one feature together, or make two scenarios"
      ])
    #expect(complaints(Array(many.dropLast())) == [])
  }
}
